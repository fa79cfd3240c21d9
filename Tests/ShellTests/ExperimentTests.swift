import CommandLanguage
import Datasets
import Foundation
import Learning
import Metrics
import Networks
import Sessions
import Shell
import Testing

/// Several seeds, searches for options, and sessions that are put together.
struct ExperimentTests {
  static let preparation = """
    load synthetic classes=4 per-class=60 test-per-class=6 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 as net

    """

  private func shell(_ text: String = "") throws -> TestShell {
    try TestShell(after: Self.preparation + text)
  }

  private func run(_ name: String, in shell: TestShell) throws -> Run {
    guard case .run(let run)? = shell.context.session[name] else {
      throw Missing(name: name)
    }
    return run.run
  }

  private struct Missing: Error { var name: String }

  // MARK: Seeds

  @Test func runsOfSeveralSeedsAreThoseOfEachSeed() throws {
    let shell = try shell(
      "run finetune net on=T epochs=1 seed=5 seeds=2 as ft\nrun finetune net on=T epochs=1 seed=6 as one"
    )
    #expect(shell.context.session.groups == ["ft"])
    #expect(shell.context.session.runs(of: "ft") == ["ft-5", "ft-6"])
    #expect(try run("ft-5", in: shell).setup.seed == 5)
    #expect(try run("ft-6", in: shell) == run("one", in: shell))
    #expect(try run("ft-5", in: shell) != run("one", in: shell))
  }

  @Test func seedDecidesWeightsAndClassesWhenAsked() throws {
    let shell = try shell(
      "begin finetune net on=T epochs=1 seeds=3 fresh=on shuffle=on as ft\nbegin finetune net on=T seeds=2 as plain"
    )
    let runs = try ["ft-0", "ft-1", "ft-2"].map { try run($0, in: shell) }
    #expect(Set(runs.map(\.network.weights)).count == 3)
    #expect(Set(runs.map(\.tasks)).count > 1)
    for run in runs {
      #expect(run.tasks.tasks.map(\.count) == [2, 2])
      #expect(run.tasks.tasks.flatMap(\.self).sorted() == [0, 1, 2, 3])
    }
    let plain = try ["plain-0", "plain-1"].map { try run($0, in: shell) }
    #expect(plain[0].network == plain[1].network && plain[0].tasks == plain[1].tasks)
  }

  @Test func compareShowsMeanAndDeviation() throws {
    var shell = try shell("run finetune net on=T epochs=1 seeds=3 as ft")
    let accuracies = try (0...2).map {
      try #require(try run("ft-\($0)", in: shell).history.evaluations[1].accuracy)
    }
    let mean = accuracies.reduce(0, +) / 3
    let squares = accuracies.map { ($0 - mean) * ($0 - mean) }
    let deviation = (squares.reduce(0, +) / 2).squareRoot()
    let text = try shell.output(of: "compare ft")
    #expect(text.contains(String(format: "%.2f ± %.2f", mean, deviation)), "\(text)")
    #expect(!text.contains("ft-2"), "\(text)")
    #expect(try shell.output(of: "compare each=on").contains("ft-2"))

    let folder = try TestFolder()
    try shell.run(
      "compare > \(folder("c.json"))\ncompare > \(folder("c.csv"))\nplot accuracy ft > \(folder("c.gp"))"
    )
    let record = try folder.json("c.json")
    #expect((record["runs"] as? [Any])?.count == 3)
    let group = try #require((record["groups"] as? [[String: Any]])?.first)
    #expect(group["name"] as? String == "ft")
    let final = try #require(group["final"] as? [String: Any])
    #expect(abs((final["mean"] as? Double ?? 0) - mean) < 1e-9)
    #expect(abs((final["deviation"] as? Double ?? 0) - deviation) < 1e-9)
    #expect(try folder.text("c.csv").split(separator: "\n").count == 1 + 3 * 2)
  }

  @Test func severalRunsAreContinuedShownAndDropped() throws {
    var shell = try shell("begin finetune net on=T epochs=1 seeds=2 as ft\nstep ft-1")
    try shell.run("continue ft")
    for name in ["ft-0", "ft-1"] { #expect(try run(name, in: shell).isFinished) }
    #expect(try shell.output(of: "ft").contains("ft-1: finetune"))
    #expect(try shell.output(of: "digest ft").split(separator: "\n").count == 2)
    #expect(shell.error(of: "run finetune net on=T epochs=1 seeds=2 as ft") != nil)
    try shell.run("begin finetune net on=T epochs=1 seeds=3 replace=on as ft")
    #expect(shell.context.session.runs(of: "ft").count == 3)
    try shell.run("drop ft")
    #expect(shell.context.session.groups == [])
    #expect(shell.error(of: "compare ft") != nil)
  }

  // MARK: Search

  @Test func searchTriesEveryCombinationAndLeavesTheSessionAsItWas() throws {
    var shell = try shell()
    let before = shell.context.session.names
    let folder = try TestFolder()
    try shell.run(
      "search finetune net on=T epochs=1 lr=[0.001, 0.02, 1e-7] batch=[16, 32] > \(folder("s.json"))"
    )
    #expect(shell.context.session.names == before)
    let record = try folder.json("s.json")
    let trials = try #require(record["trials"] as? [[String: Any]])
    #expect(trials.count == 6)
    let finals = trials.compactMap { ($0["final"] as? [Double])?.first }
    #expect(finals.count == 6 && finals == finals.sorted(by: >))
    // A learning rate of next to nothing cannot be the best.
    let best = try #require(record["best"] as? String)
    #expect(best.hasPrefix("run finetune net on=T ") && !best.contains("lr=1e-07"), "\(best)")
    try shell.run(best)
  }

  /// What it prints is all that its runs were given: the run that it makes has the bits of one that is
  /// typed with every option.
  @Test func bestCommandIsTheWholeCommand() throws {
    var shell = try shell("run finetune net on=T epochs=1 as best")
    let folder = try TestFolder()
    try shell.run(
      "search replay net on=T epochs=1 batch=16 lr=[0.004, 0.02] memory=6 seed=3 > "
        + folder("s.json"))
    let best = try #require(try folder.json("s.json")["best"] as? String)
    let words = best.split(separator: " ").map(String.init)
    let rate = try #require(words.first { $0.hasPrefix("lr=") })
    #expect(
      Set(words) == [
        "run", "replay", "net", "on=T", "epochs=1", "batch=16", rate, "memory=6", "seed=3", "as",
        "best2",
      ], "\(best)")
    try shell.run(best)
    try shell.run("run replay net on=T epochs=1 batch=16 \(rate) memory=6 seed=3 as hand")
    #expect(try shell.digest("best2") == shell.digest("hand"))
    try shell.run("run replay net on=T \(rate) memory=6 seed=3 epochs=1 as other")
    #expect(try shell.digest("best2") != shell.digest("other"))
    let several = try shell.output(of: "search finetune net on=T epochs=1 seeds=2 lr=[1e-3, 2e-3]")
    #expect(several.contains(" epochs=1 ") && several.contains(" seeds=2 as "), "\(several)")
  }

  @Test func searchByTheAverageIsSortedByIt() throws {
    var shell = try shell()
    let folder = try TestFolder()
    let options = "epochs=1 lr=[0.001, 0.003, 0.01, 0.03] batch=[8, 16, 32]"
    try shell.run("search finetune net on=T \(options) by=average > \(folder("s.json"))")
    let trials = try #require(try folder.json("s.json")["trials"] as? [[String: Any]])
    let averages = trials.compactMap { ($0["average"] as? [Double])?.first }
    let finals = trials.compactMap { ($0["final"] as? [Double])?.first }
    #expect(averages.count == 12 && averages == averages.sorted(by: >))
    #expect(finals != finals.sorted(by: >))
  }

  /// The second of several seeds is the next number.
  @Test func searchWithSeveralSeedsHasTheRunsOfEach() throws {
    var shell = try shell()
    let folder = try TestFolder()
    func finals(_ words: String) throws -> [Double] {
      try shell.run(
        "search finetune net on=T epochs=1 lr=[0.004] \(words) > \(folder("s.json"))")
      let trials = try folder.json("s.json")["trials"] as? [[String: Any]]
      return try #require(trials?.first?["average"] as? [Double])
    }
    let (first, second) = (try finals("seed=3"), try finals("seed=4"))
    #expect(first.count == 1 && first != second)
    #expect(try finals("seed=3 seeds=2") == first + second)
  }

  @Test func wholeConfusionNamesItsRowsByClass() throws {
    var shell = try TestShell(
      after: """
        load synthetic classes=4 per-class=8 test-per-class=4 size=16 as signs
        tasks signs order=[3, 1, 0, 2] size=2 as T
        define model layers=[conv(2,3), relu, pool] size=16 as net
        run finetune net on=T epochs=1 as ft
        """)
    let lines = try shell.output(of: "confusion ft format=csv").split(separator: "\n")
    #expect(lines.first == "class,3,1,0,2")
    #expect(lines.dropFirst().map { $0.prefix { $0 != "," } } == ["3", "1", "0", "2"])
    #expect(lines.dropFirst().allSatisfy { $0.split(separator: ",").count == 5 })
    // A mistake has two classes.
    let mistakes = try shell.output(of: "confusion ft").split(separator: "\n").dropFirst(2)
    #expect(mistakes.count > 1)
    let most = try shell.output(of: "confusion ft top=1").split(separator: "\n").dropFirst(2)
    #expect(most.prefix(1) == mistakes.prefix(1))
    #expect(
      most.dropFirst() == [
        "\(mistakes.count - 1) more rows left out: top=\(mistakes.count) shows all"
      ])
    for mistake in mistakes {
      let fields = mistake.split(separator: #/ {2,}/#)
      #expect(fields.count == 5 && fields[1] != fields[2], "\(mistake)")
    }
  }

  @Test func searchNeverSeesTheTestImages() throws {
    // As many test images as there are of the smallest kind: their number is not the held-out one.
    var shell = try shell()
    let text = try shell.output(of: "search finetune net on=T epochs=1 validation=0.5")
    guard case .data(let data)? = shell.context.session["signs"] else { return }
    let parts = data.holdingOut(HoldOut(share: 0.5, seed: 0))
    #expect(
      text.contains("\(parts.train.count) training images, \(parts.test.count) held out"), "\(text)"
    )
  }

  @Test func searchesThatCannotBeAreRefused() throws {
    var shell = try shell()
    let many = "[" + (1...100).map { "\($0)" }.joined(separator: ", ") + "]"
    #expect(
      shell.error(of: "search finetune net on=T epochs=\(many) batch=\(many)")?.text()
        .contains("combinations") == true)
    #expect(shell.error(of: "search finetune net on=T lr=[0.1, 99]") != nil)
    #expect(shell.error(of: "search finetune net on=T validation=1") != nil)
  }

  // MARK: Merge

  @Test func jobsOfSeveralSeedsComeTogether() throws {
    let folder = try TestFolder()
    for seed in 1...3 {
      var shell = try shell("run finetune net on=T epochs=1 seed=\(seed) as ft")
      try shell.run("save session \(folder("job\(seed).waymark"))")
    }
    var all = TestShell()
    try all.run("merge \(folder.path)")
    #expect(all.context.session.groups == ["ft"])
    #expect(all.context.session.runs(of: "ft").count == 3)
    #expect(
      try all.context.session.runs(of: "ft").map { try run($0, in: all).setup.seed } == [1, 2, 3])
    // Data, tasks and network are alike in all three.
    #expect(all.context.session.names.count == 3 + 3)
    // Once more changes nothing.
    let before = try all.state
    try all.run("merge \(folder("job2.waymark"))")
    #expect(try all.state.digests == before.digests)
    // A saved group comes back as one.
    try all.run("save session \(folder("all.waymark"))")
    var again = TestShell()
    try again.run("restore session \(folder("all.waymark"))")
    #expect(again.context.session.runs(of: "ft").count == 3)
  }

  @Test func unlikeObjectsOfOneNameGetNumbers() throws {
    let folder = try TestFolder()
    for (file, change) in [("a", "lr=0.001"), ("b", "lr=0.002")] {
      var shell = try shell("run finetune net on=T epochs=1 \(change) as ft")
      try shell.run("save session \(folder("\(file).waymark"))")
    }
    var other = TestShell()
    try other.run(
      "load synthetic classes=4 per-class=30 test-per-class=6 size=16 seed=9 as signs\ntasks signs size=2 as T\nsave session \(folder("c.waymark"))"
    )
    var all = TestShell()
    let text = try all.output(of: "merge \(folder.path)")
    #expect(
      all.context.session.names == ["signs", "T", "net", "ft", "ft-lr0_002", "signs-1", "T-1"],
      "\(text)")
    guard case .tasks(let tasks)? = all.context.session["T-1"] else {
      Issue.record("no tasks")
      return
    }
    #expect(tasks.data == "signs-1")
    #expect(text.contains("is signs-1"))
  }

  /// A sweep over an option and the seed: a group for each value of the option, whatever the order of
  /// the files, and every run still belongs to the network that it came from.
  @Test(arguments: ["seed", "lr"])
  func sweepComesTogetherByItsOptions(first: String) throws {
    let folder = try TestFolder()
    for (rate, word) in [("0.001", "low"), ("0.004", "high")] {
      for seed in 1...2 {
        var shell = TestShell()
        try shell.run("set seed=\(seed)")
        try shell.run(Self.preparation)
        try shell.run("run replay net on=T epochs=1 memory=4 lr=\(rate) seed=\(seed) as rp")
        let name = first == "seed" ? "\(seed)\(word)" : "\(word)\(seed)"
        try shell.run("save session \(folder("\(name).waymark"))")
      }
    }
    var all = TestShell()
    try all.run("merge \(folder.path)")
    let session = all.context.session
    // The file that comes first decides which rate keeps the name: "1high", "high1".
    #expect(session.groups == ["rp", "rp-lr0_001"])
    for (group, rate) in [("rp", 0.004), ("rp-lr0_001", 0.001)] {
      let runs = try session.runs(of: group).map { try run($0, in: all) }
      #expect(runs.map(\.setup.seed).sorted() == [1, 2])
      #expect(runs.allSatisfy { $0.setup.options.values["lr"] == .real(rate) }, "\(group)")
    }
    for name in session.names { #expect(session.staleness(of: name) == []) }
    let text = try all.output(of: "compare")
    #expect(!text.contains("stale"), "\(text)")
    let lines = text.split(separator: "\n")
    #expect(lines[0].contains("lr="))
    #expect(lines.contains { $0.hasPrefix("rp ") && $0.contains(" 0.004 ") && $0.contains(" ± ") })
    #expect(lines.contains { $0.hasPrefix("rp-lr0_001 ") && $0.contains(" 0.001 ") })
    try all.run("compare > \(folder("c.csv"))\ncompare > \(folder("c.json"))")
    let rows = try folder.text("c.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows[0].last == "lr" && !rows[0].contains("memory"))
    #expect(rows.count == 1 + 4 * 2)
    for row in rows.dropFirst() {
      #expect(row.last == (row[0].hasPrefix("rp-lr0_001") ? "0.001" : "0.004"))
    }
    let groups = try #require(try folder.json("c.json")["groups"] as? [[String: Any]])
    let rates = groups.map { ($0["options"] as? [String: Any])?["lr"] as? Double }
    #expect(rates == [0.004, 0.001])
  }

  /// What was really redefined is stale, also when names were changed by merging.
  @Test func mergedRunIsStaleWhenItsNetworkChanges() throws {
    let folder = try TestFolder()
    for seed in 1...2 {
      var shell = TestShell()
      try shell.run("set seed=\(seed)\n\(Self.preparation)")
      try shell.run("run finetune net on=T epochs=1 seed=\(seed) as ft")
      try shell.run("save session \(folder("\(seed).waymark"))")
    }
    var all = TestShell()
    try all.run("merge \(folder.path)")
    try all.run("define model layers=[flatten] size=16 replace=on as net-1")
    #expect(all.context.session.staleness(of: "ft-1") == [])
    #expect(all.context.session.staleness(of: "ft-2") == [.network("net-1")])
  }

  /// A run whose weights were drawn again does not depend on those that the network has.
  @Test func runWithFreshWeightsIsNotStaleWhenItsNetworkLearns() throws {
    let shell = try shell(
      """
      run finetune net on=T epochs=1 fresh=on as anew
      run finetune net on=T epochs=1 as plain
      pretrain net on=T.1 epochs=1
      """)
    #expect(shell.context.session.staleness(of: "anew") == [])
    #expect(shell.context.session.staleness(of: "plain") == [.network("net")])
  }

  /// Two experiments on the same images, transformed unlike, of two seeds each: two groups, and every
  /// data set once.
  @Test func seedsComeTogetherOnDataThatGotANumber() throws {
    let folder = try TestFolder()
    for (name, change) in [("plain", "normalize=off"), ("varied", "jitter=on")] {
      for seed in 1...2 {
        var shell = try shell(
          "transform signs \(change)\nrun finetune net on=T epochs=1 seed=\(seed) as \(name)")
        try shell.run("save session \(folder("\(name)\(seed).waymark"))")
      }
    }
    var all = TestShell()
    try all.run("merge \(folder.path)")
    #expect(all.context.session.groups == ["plain", "varied"])
    #expect(all.context.session.names.filter { $0.hasPrefix("signs") } == ["signs", "signs-1"])
  }

  @Test func filesThatAreNotThereLeaveTheSessionAsItWas() throws {
    let folder = try TestFolder()
    var shell = try shell()
    try shell.run("save session \(folder("a.waymark"))")
    let before = try shell.state
    #expect(shell.error(of: "merge \(folder("a.waymark")) \(folder("b.waymark"))") != nil)
    #expect(shell.error(of: "merge \(try TestFolder().path)") != nil)
    #expect(try shell.state == before)
  }
}
