import Datasets
import Foundation
import Learning
import Networks
import System
import Testing
import Tracking

/// Which runs are written where, and which logs are open.
struct TargetTests {
  private let folder: ScratchFolder
  private let data: DataSet

  init() throws {
    folder = try ScratchFolder()
    data = try SmallRun.data()
  }

  private func target(
    _ file: String = "runs.jsonl", runs: [String] = []
  ) -> Tracking.Target { .init(.jsonl, path: folder(file), runs: runs) }

  private func begin(_ tracking: inout Tracking, _ run: Run, name: String = "kd") -> [LogError] {
    tracking.begin(name, run, data: "signs")
  }

  /// How the lines of a log begin: `config` where it begins, `finished` where it ends.
  private func kinds(_ file: String = "runs.jsonl") throws -> [String] {
    try folder.lines(file).map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      if let isFinished = object["finished"] as? Bool { return isFinished ? "finished" : "stopped" }
      return object["config"] == nil ? "row" : "config"
    }
  }

  @Test func onlyTheRunsThatAreMeantAreWritten() throws {
    let run = try SmallRun.run("finetune", on: data)
    var tracking = Tracking(program: "waymark test")
    try tracking.add(target(runs: ["a", "b"]))
    #expect(begin(&tracking, run).isEmpty)
    #expect(try kinds() == [])
    #expect(begin(&tracking, run, name: "b").isEmpty)
    #expect(try kinds() == ["config"])
  }

  @Test func stopEndsTheLogs() throws {
    let run = try SmallRun.run("finetune", on: data)
    var tracking = Tracking(program: "waymark test")
    #expect(!tracking.isOn)
    try tracking.add(target())
    #expect(tracking.isOn)
    _ = begin(&tracking, run)
    tracking.stop()
    #expect(try kinds() == ["config", "stopped"])
    #expect(!tracking.isOn && tracking.targets.isEmpty)
    #expect(begin(&tracking, run).isEmpty)
    #expect(try kinds() == ["config", "stopped"])
  }

  /// A place is a target once; a new target ends what is open.
  @Test func targetsAreAddedOrReplaced() throws {
    let run = try SmallRun.run("finetune", on: data)
    var tracking = Tracking(program: "waymark test")
    try tracking.add(target(runs: ["kd"]))
    _ = begin(&tracking, run)
    try tracking.add(target("others.jsonl"))
    #expect(tracking.targets.map(\.path) == [folder("runs.jsonl"), folder("others.jsonl")])
    #expect(try kinds() == ["config", "stopped"])
    try tracking.add(target())
    #expect(tracking.targets.map(\.runs) == [[], []])
    try tracking.add(.init(.csv, path: folder("runs.csv")))
    #expect(tracking.targets.count == 3)
    _ = begin(&tracking, run)
    #expect(try kinds() == ["config", "stopped", "config"])
    #expect(try kinds("others.jsonl") == ["config"])
  }

  /// What cannot be opened is told once and left out, until it is added again.
  @Test func aTargetThatFailsIsLeftOut() throws {
    let run = try SmallRun.run("finetune", on: data)
    let files = FileManager.default
    var tracking = Tracking(program: "waymark test")
    let tensorboard = Tracking.Target(.tensorboard, path: folder("tb"))
    try tracking.add(tensorboard)
    try files.removeItem(atPath: folder("tb"))
    #expect(files.createFile(atPath: folder("tb"), contents: nil))
    #expect(begin(&tracking, run) == [.system(FileGate.failure(folder("tb/kd"), ENOTDIR))])
    #expect(!tracking.isOn && tracking.failures.count == 1)
    try files.removeItem(atPath: folder("tb"))
    try files.createDirectory(atPath: folder("tb"), withIntermediateDirectories: true)
    try tracking.add(target())
    #expect(begin(&tracking, run).isEmpty)
    #expect(try files.contentsOfDirectory(atPath: folder("tb")) == [])
    #expect(try kinds() == ["config"])
    try tracking.add(tensorboard)
    #expect(tracking.failures.isEmpty)
    #expect(begin(&tracking, run).isEmpty)
    #expect(try files.contentsOfDirectory(atPath: folder("tb")) == ["kd"])
  }

  @Test func anExportThatFailsSaysSo() throws {
    let run = try SmallRun.run("finetune", on: data)
    let name = String(repeating: "x", count: 300)
    #expect(throws: LogError.system(FileGate.failure(folder("tb/\(name)"), ENAMETOOLONG))) {
      try Tracking.export(
        run, name: name, data: "signs", program: "waymark test",
        to: .init(.tensorboard, path: folder("tb")))
    }
  }

  /// A log goes on with the run that it followed, wherever that stopped, and with no other state.
  @Test func aLogFollowsOneRun() throws {
    var run = try SmallRun.run("finetune", on: data)
    let device = Device(threads: 1)
    var tracking = Tracking(program: "waymark test")
    try tracking.add(target())
    var logs = 1
    _ = begin(&tracking, run)
    repeat {
      let before = run
      let event = run.step(data, on: device)
      #expect(tracking.take(event, "kd", run).isEmpty)
      #expect(begin(&tracking, run).isEmpty)
      #expect(try kinds().count { $0 == "config" } == logs)
      let isOther =
        switch event {
        case .batchTrained, .epochEnded, .taskEvaluated: true
        default: false
        }
      if isOther {
        _ = begin(&tracking, before)
        _ = begin(&tracking, run)
        logs += 2
        #expect(try kinds().count { $0 == "config" } == logs, "\(event)")
        #expect(try kinds().count { $0 == "stopped" } == logs - 1)
      }
    } while run.history.evaluations.isEmpty
    #expect(logs == 1 + 2 * (6 + 2 + 1))  // six batches, two epochs, an evaluation
    while !run.isFinished { _ = tracking.take(run.step(data, on: device), "kd", run) }
    #expect(try kinds().last == "finished")
  }

  /// Rows are collected, but not more of them than 64 KiB.
  @Test func aPauseWritesWhatWasCollected() throws {
    var tracking = Tracking(program: "waymark test")
    try tracking.add(target())
    for (name, rows) in [("kd", 0), (String(repeating: "x", count: 66_000), 1)] {
      var run = try SmallRun.run("finetune", on: data)
      _ = begin(&tracking, run, name: name)
      var isTrained = false
      while !isTrained {
        let event = run.step(data, on: Device(threads: 1))
        if case .batchTrained = event { isTrained = true }
        #expect(tracking.take(event, name, run).isEmpty)
      }
      // Nothing is written for the first two seconds.
      if rows > 0 { #expect(try kinds().last == "row") }
      #expect(tracking.pause(name).isEmpty)
      #expect(try kinds().suffix(2) == ["config", "row"])
    }
  }

  @Test func onlyARegularFileIsALog() throws {
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    var tracking = Tracking(program: "waymark test")
    #expect(throws: LogError.notRegular(path: folder("pipe"))) { try tracking.add(target("pipe")) }
  }

  /// A crash can leave half a line; the next log begins on a line of its own.
  @Test func halfALineIsCutOff() throws {
    let path = folder("runs.jsonl")
    let whole = "{\"log\":\"a\"}\n"
    for text in [whole, whole + "{\"log\":\"b\",\"ru"] {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      var tracking = Tracking(program: "waymark test")
      try tracking.add(target())
      #expect(try String(contentsOfFile: path, encoding: .utf8) == whole)
    }
  }

  private static let sentences: [(LogError, String)] = [
    (.removed(path: "a"), "a: the file was removed"),
    (.system(FileGate.failure("a", ENOSPC)), "a: the disk is full"),
    (.system(FileGate.failure("a", EACCES)), "a: no permission"),
    (.system(FileGate.failure("a", EPERM)), "a: no permission"),
    (
      .system(FileGate.failure("/no/such/a", ENOENT)),
      "there is no folder '/no/such'; make it, or name another"
    ),
    (
      .system(FileGate.failure("/dev/null/a", ENOTDIR)),
      "there is no folder '/dev/null'; make it, or name another"
    ),
    (.system(FileGate.failure("a", EIO)), "a: Input/output error"),
    (.notRegular(path: "a"), "a: it is not a regular file; give another name"),
    (.notAFolder(path: "a"), "a: it is not a folder; give another name"),
    (
      .notALog(path: "a"),
      "a: there is a file already, and it is not a Waymark log; give another name"
    ),
  ]

  @Test(arguments: sentences)
  func errorsAreSentences(_ error: LogError, _ expected: String) {
    #expect(error.message == expected && "\(error)" == expected)
  }
}
