import CommandLanguage
import Foundation
import Learning
import Metrics
import Sessions
import Shell
import Testing

/// The common name of runs of several seeds, where a run may stand.
struct RunGroupTests {
  static let preparation = """
    load synthetic classes=4 per-class=20 test-per-class=6 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 as net

    """

  private func typist(_ text: String) throws -> Typist {
    try Typist(after: Self.preparation + text)
  }

  private func run(_ name: String, _ typist: Typist) throws -> Run {
    guard case .run(let run)? = typist.session[name] else { throw Missing(name: name) }
    return run.run
  }

  private struct Missing: Error { var name: String }

  // MARK: Names

  /// The seed is a command's own, the session's, or that of an earlier statement of the script.
  @Test(arguments: [
    ("begin finetune net on=T seeds=2 as wa\nmatrix wa-7", "", "there is no object 'wa-7'"),
    ("set seed=7\nbegin finetune net on=T seeds=2 as wa\nstatus wa-8\nstatus wa-7", "", nil),
    ("begin finetune net on=T seed=7 seeds=2 as wa\nstatus wa-8", "", nil),
    ("begin finetune net on=T seeds=2 as wa\nstatus wa-8", "set seed=7", nil),
    ("begin finetune net on=T seeds=2 as wa\nstatus wa-1", "set seed=7", "no object 'wa-1'"),
    // Only the run knows what comes of it.
    (
      "for s in [3, 4] { set seed=$s }\nbegin finetune net on=T seeds=2 as wa\nstatus wa-4", "",
      nil
    ),
  ])
  func membersAreCalledByTheirSeeds(script: String, before: String, message: String?) throws {
    let typist = try typist(before)
    let errors = Registry.waymark.check(
      Script(script, name: "test"), in: typist.shell.context)
    #expect(
      errors.map(\.wording.message).joined().contains(message ?? "") && message != nil
        || errors.isEmpty)
    #expect(errors.isEmpty == (message == nil), "\(errors.map { $0.text() })")
    if message == nil { try typist.run(script) }
  }

  /// Who wrote for version 1 finds what was there, and the error says what there is now.
  @Test func scriptsOfVersion1CallThemByNumber() throws {
    let script = "begin finetune net on=T seed=5 seeds=2 as wa\nstatus wa-2"
    let old = try typist("")
    #expect(
      Registry.waymark.check(Script("version 1\n" + script, name: "a"), in: old.shell.context) == []
    )
    try old.run("version 1\n" + script)
    #expect(try run("wa-1", old).setup.seed == 5 && old.session.runs(of: "wa") == ["wa-1", "wa-2"])
    let new = try typist("")
    let text = try #require(
      Registry.waymark.check(Script(script, name: "a"), in: new.shell.context).first
    ).text()
    #expect(text.contains("there is no object 'wa-2'") && text.contains("wa-5"), "\(text)")
    // A script that is saved says in which version it is.
    let folder = try TestFolder()
    try new.run("begin finetune net on=T seeds=2 as wa\nsave script '\(folder("new.way"))'")
    try old.run("save script '\(folder("old.way"))'")
    #expect(try folder.text("new.way").hasPrefix("version 2\n"))
    #expect(try folder.text("old.way").hasPrefix("version 1\n"))
  }

  // MARK: Means

  @Test func figuresOfAGroupAreMeans() throws {
    let typist = try typist("run finetune net on=T epochs=1 seeds=3 as wa")
    let runs = try (0...2).map { try run("wa-\($0)", typist) }
    func mean(_ figure: (Run) -> Double?) throws -> Double {
      try #require(Spread(runs.compactMap(figure))).mean
    }
    let folder = try TestFolder()
    try typist.run(
      "matrix wa > '\(folder("m.json"))'\nmatrix wa > '\(folder("m.csv"))'\n"
        + "evaluate wa on=T > '\(folder("e.json"))'")
    let final = try mean { $0.history.evaluations.last?.accuracy }
    let forgotten = try mean { $0.metrics().matrix.rows[1][0] }
    let rows = try #require(try folder.json("m.json")["rows"] as? [[Double]])
    #expect(abs(rows[1][0] - forgotten) < 1e-9)
    let evaluated = try #require(try folder.json("e.json")["accuracy"] as? Double)
    #expect(abs(evaluated - final) < 1e-9)
    let text = try typist.output(of: "matrix wa")
    #expect(text.contains("wa (mean of 3 seeds)") && text.contains(" ± "), "\(text)")
    try typist.run("expect accuracy wa is=\(final) within=0.001")
    #expect(typist.problem("expect accuracy wa above=100")?.contains("(mean of 3 seeds)") == true)
    let least = runs.compactMap { $0.history.evaluations.last?.accuracy }.min() ?? 0
    #expect(typist.problem("expect accuracy wa above=\(least) each=on")?.contains("of wa-") == true)
    #expect(typist.problem("expect digest wa same=net")?.contains("take wa-0") == true)
  }

  /// One after the other, in one table and one picture.
  @Test func membersOfAGroupAreReportedOn() throws {
    let typist = try typist("run finetune net on=T epochs=1 seeds=2 as wa")
    let folder = try TestFolder()
    try typist.run("report wa > '\(folder("r.csv"))'\nreport wa > '\(folder("r.gp"))'")
    let runs = try folder.text("r.csv").split(separator: "\n").dropFirst().map { $0.prefix(4) }
    #expect(Set(runs) == ["wa-0", "wa-1"])
    let alone = try typist.output(of: "report wa-1").split(separator: "\n")
    #expect(try typist.output(of: "report wa").contains(alone[0]))
    let script = try folder.text("r.gp")
    #expect(script.contains("wa-0: right as often") && script.contains("wa-1: right as often"))
  }

  @Test func mistakesOfAGroupAreAddedUp() throws {
    let typist = try typist(
      "run finetune net on=T epochs=1 seeds=2 as wa\nrun finetune net on=T epochs=1 seeds=2 shuffle=on seed=3 as mixed"
    )
    func counts(_ name: String) throws -> [[Int]] {
      let text = try typist.output(of: "confusion \(name) format=csv")
      return text.split(separator: "\n").dropFirst().map { row in
        row.split(separator: ",").map { Int($0) ?? -1 }
      }
    }
    let (first, second, sum) = try (counts("wa-0"), counts("wa-1"), counts("wa"))
    for (row, label) in sum.enumerated() {
      #expect(label[0] == first[row][0])
      #expect(Array(label.dropFirst()) == zip(first[row], second[row]).dropFirst().map { $0 + $1 })
    }
    #expect(try typist.output(of: "confusion wa").contains("sum of 2 seeds"))
    #expect(try typist.output(of: "confusion mixed").contains("in other tasks"))
    #expect(typist.problem("confusion mixed task=1")?.contains("take mixed-3 or mixed-4") == true)
    #expect(
      typist.problem("plot classes-over-time mixed")?.contains("take mixed-3 or mixed-4") == true)
  }

  @Test func lossOfAGroupIsOneCurve() throws {
    let typist = try typist("run finetune net on=T epochs=2 batch=8 seeds=2 as wa")
    let folder = try TestFolder()
    try typist.run("plot loss wa smoothing=0 > '\(folder("loss.gp"))'")
    let script = try folder.text("loss.gp")
    #expect(script.contains("yerrorbars") && !script.contains("wa-0"), "\(script.prefix(3000))")
    try typist.run("plot loss [wa, wa-0] > '\(folder("two.gp"))'")
    let epochs = try typist.output(of: "plot epochs wa format=csv")
    #expect(epochs.contains("wa-0,") && epochs.contains("wa-1,"))
  }

  // MARK: One by one

  @Test func workOnAGroupGoesThroughItsRuns() throws {
    let typist = try typist("begin finetune net on=T epochs=1 batch=8 seeds=2 as wa")
    let text = try typist.output(of: "step wa 2 unit=batch")
    #expect(text.contains("wa-0") && text.contains("wa-1"), "\(text)")
    for name in ["wa-0", "wa-1"] { #expect(try run(name, typist).history.steps == 2) }
    try typist.run("continue wa until=1")
    for name in ["wa-0", "wa-1"] { #expect(try run(name, typist).tasksDone == 1) }
    #expect(typist.problem("continue wa until=1")?.contains("task 1 is done already") == true)
    #expect(try typist.output(of: "checkpoints wa").contains("wa-1@1"))
    try typist.run("branch wa as wb\ncontinue wb\nback wa")
    #expect(typist.session.runs(of: "wb") == ["wb-0", "wb-1"])
    #expect(try run("wb-1", typist).isFinished && run("wa-1", typist).history.steps == 2)
    #expect(try run("wb-1", typist).setup.seed == 1)
    try typist.run("branch wa at=@0 seed=8 as wc")
    #expect(typist.session.runs(of: "wc") == ["wc-8", "wc-9"])
    #expect(typist.session.groups == ["wa", "wb", "wc"])
    #expect(typist.problem("step wb")?.contains("all runs of 'wb' are finished") == true)
    try typist.run("watch wa\nwatch off wa\nprune wa\nstatus wa")
  }

  /// What was not stopped is told again by the journal, before what was.
  @Test func stoppedGroupIsRepeatedByItsScript() throws {
    let typist = try typist("begin finetune net on=T epochs=1 batch=8 seeds=2 as wa\nstep wa-0 1")
    typist.shell.context.stopAfter(14)
    try typist.run("continue wa")
    typist.shell.context.training.isInterrupted = { false }
    #expect(try run("wa-0", typist).isFinished && !run("wa-1", typist).isFinished)
    let again = try Typist(after: typist.session.journal.map(\.command).joined(separator: "\n"))
    for name in ["wa-0", "wa-1"] { #expect(try again.digest(name) == typist.digest(name)) }
  }

  /// Refused before anything trains, with the names that there are.
  @Test(arguments: [
    "show memory wa", "export wa > a.onnx", "show watch wa", "plot watch wa", "plot head wa",
    "predict wa signs 1", "plot features wa on=T", "run finetune wa on=T as x",
    "show mistakes wa", "export memory of wa > a.npz", "plot drift wa",
  ])
  func whatNeedsOneRunSaysSoBeforeAnythingTrains(command: String) throws {
    let typist = try typist("")
    let errors = Registry.waymark.check(
      Script("run finetune net on=T epochs=1 seeds=2 as wa\n\(command)", name: "test"),
      in: typist.shell.context)
    let text = errors.map { $0.text() }.joined()
    #expect(
      text.contains("'wa' is runs of several seeds") && text.contains("take wa-0 or wa-1"),
      "\(text)")
  }
}
