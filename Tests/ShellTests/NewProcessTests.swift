import CommandLanguage
import Datasets
import Foundation
import Learning
import Randomness
import Sessions
import Shell
import TestSupport
import Testing

/// Runs that are stopped, saved, and finished by another process of the built program.
@Suite(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
struct NewProcessTests {
  static let preparation = """
    set seed=5
    load synthetic classes=4 per-class=12 test-per-class=4 size=16 as signs
    transform signs crop=random hflip=on
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool, flatten, dense(8), relu] size=16 as net
    define model dercnn size=16 as two

    """

  /// Options that make a run small, for every strategy that has them.
  private static let small = ["epochs": "2", "batch": "8", "memory": "8"]

  /// `begin`'s words for a strategy, with the network that it can teach.
  private func words(_ strategy: String) throws -> String {
    let options = try #require(Strategies.named(strategy)).options
    var small = Self.small
    // Of strategies that have no other memory.
    if !options.contains(where: { $0.name == "memory" }) { small["per-class"] = "3" }
    let given = small.filter { name, _ in options.contains { $0.name == name } }
      .map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
    for network in ["net", "two"] {
      let words = "\(strategy) \(network) on=T \(given)"
      var shell = try TestShell(after: Self.preparation)
      if shell.error(of: "begin \(words) as try") == nil { return words }
    }
    throw Failure("no network for \(strategy)")
  }

  private func run(_ name: String, in path: String) throws -> RunOnData {
    let (session, report) = try SessionFile.restore(from: path) { try DataSet.load($0, cache: nil) }
    #expect(report.isComplete, "\(report.notes.map(\.message))")
    guard case .run(let run)? = session[name] else { throw Failure("no run \(name)") }
    return run
  }

  /// Between two edits those that keep most: exemplars with logits, several backbones, sums.
  private static let tried =
    LongTests.areWanted ? Strategies.all.map { $0.description.name } : ["dark", "der", "analytic"]

  @Test(arguments: tried)
  func runGoesOnInAnotherProcess(strategy: String) throws {
    let words = try words(strategy)
    // By the program too, which may choose other BLAS kernels than the process of the tests.
    let past = try TestFolder()
    let never = try Waymark.run(
      ["--quiet", "-c", Self.preparation + "run \(words) as whole; save session whole.waymark"],
      in: past)
    try #require(never.exit == 0, "\(never.messages)")
    let whole = try run("whole", in: past("whole.waymark"))
    let steps = whole.run.history.steps
    var random = RandomStream(seed: 11).stream(strategy)
    for _ in 0..<Campaign.count(1, full: 30) {
      let stop = 1 + random.index(below: max(1, steps - 1))
      let folder = try TestFolder()
      let first = try Waymark.run(
        [
          "--quiet", "-c",
          Self.preparation
            + "begin \(words) as kd; step kd \(stop) unit=batch; save session half.waymark",
        ], in: folder)
      try #require(first.exit == 0, "\(first.messages)")
      let second = try Waymark.run(
        [
          "--quiet", "--session", "half.waymark", "-c",
          """
          branch kd as other; continue kd; continue other; goto kd@0; branch kd as anew
          continue anew; goto kd@1; continue kd; back kd 2; continue kd
          save session done.waymark
          """,
        ], in: folder)
      try #require(second.exit == 0, "\(second.messages)")
      let kd = try run("kd", in: folder("done.waymark"))
      for name in ["kd", "other", "anew"] {
        let found = try run(name, in: folder("done.waymark")).run
        #expect(
          difference(found, whole.run) == nil, "\(name), stopped after \(stop) of \(steps)")
      }
      let ends = kd.checkpoints.states.filter(\.isBetweenTasks)
      #expect(
        difference(ends, whole.checkpoints.states) == nil, "stopped after \(stop) of \(steps)")
    }
  }

  @Test func verifiedReplayNamesTheCommandThatDiffers() throws {
    let folder = try TestFolder()
    let lesson = """
      let lr = 0.001
      load synthetic classes=4 per-class=12 test-per-class=4 size=16 as signs
      transform signs hflip=on
      tasks signs size=2 as T
      define model layers=[conv(4,3), relu, pool] size=16 as net
      show batch signs n=4 > batch.png
      pretrain net on=T.1 epochs=1 cache=net.safetensors
      run rehearsal-kd net on=T epochs=1 memory=6 lr=$lr as kd
      compare > curves.csv
      save session day1.waymark
      print done
      """
    try folder.write(lesson.utf8, to: "lesson.way")
    let first = try Waymark.run(["--quiet", "--seed", "7", "lesson.way"], in: folder)
    try #require(first.exit == 0, "\(first.messages)")
    let before = try folder.names()
    let stamp = FileStamp(folder("day1.waymark"))
    func replay(_ script: String, _ more: String = "") throws -> Waymark.Result {
      try Waymark.run(
        ["--quiet", "-c", "replay \(script) verify=day1.waymark \(more)"], in: folder)
    }
    // Verifying writes nothing, not even what is the same.
    try folder.write("mine".utf8, to: "curves.csv")
    let same = try replay("lesson.way")
    #expect(same.exit == 0, "\(same.messages)")
    #expect(try folder.text("curves.csv") == "mine")
    #expect(same.output.contains("8 commands gave what day1.waymark has, bit for bit"))
    #expect(try folder.names() == before && FileStamp(folder("day1.waymark")) == stamp)
    for (old, new, command) in [
      ("hflip=on", "hflip=off", "transform signs"), ("n=4", "n=5", "show batch"),
      ("size=16 as signs", "size=16 seed=1 as signs", "load synthetic"),
      ("epochs=1 cache", "epochs=2 cache", "pretrain"),
      ("memory=6", "memory=8", "run rehearsal-kd"),
      ("conv(4,3)", "conv(5,3)", "define model"),
      ("compare >", "compare metric=macro >", "compare"),
    ] {
      let changed = lesson.replacing(old, with: new)
      #expect(changed != lesson)
      try folder.write(changed.utf8, to: "changed.way")
      let result = try replay("changed.way")
      #expect(result.exit == 1 && result.messages.contains("differs from day1.waymark"), "\(old)")
      let line = 1 + (changed.split(separator: "\n").firstIndex { $0.hasPrefix(command) } ?? -1)
      #expect(result.messages.contains("changed.way:\(line):"), "\(result.messages)")
    }
    let given = try replay("lesson.way", "lr=0.002")
    #expect(given.exit == 1 && given.messages.contains("lr=0.001"), "\(given.messages)")
  }
}
