import Datasets
import Foundation
import Learning
import Networks
import System
import Testing
import Tracking

struct LogTests {
  private let folder: ScratchFolder
  private let data: DataSet

  init() throws {
    folder = try ScratchFolder()
    data = try SmallRun.data()
  }

  private var targets: [Tracking.Target] {
    [
      .init(.csv, path: folder("runs.csv")), .init(.jsonl, path: folder("runs.jsonl")),
      .init(.tensorboard, path: folder("tb")),
      .init(.wandb(project: "p", name: nil), path: folder("wandb")),
    ]
  }

  /// Follows a run until `stop` holds; gives what failed.
  private func follow(
    _ run: inout Run, _ tracking: inout Tracking, until stop: (Event) -> Bool = { _ in false }
  ) -> [LogError] {
    var failures = tracking.begin("kd", run, data: "signs")
    let device = Device(threads: 1)
    while !run.isFinished {
      let event = run.step(data, on: device)
      failures += tracking.take(event, "kd", run)
      if stop(event) { break }
    }
    return failures + tracking.pause("kd")
  }

  private func numbers(_ file: String) throws -> [String] {
    try folder.lines(file).dropFirst().map { String($0.split(separator: ",", maxSplits: 1)[1]) }
  }

  /// The kinds of the records (field numbers) in a W&B file; checks every checksum.
  private func records() throws -> [Int] {
    let run = try folder.only("offline-run-", in: "wandb")
    return try RecordReader.fields(folder.bytes(try folder.only("run-", in: run)))
  }

  @Test func whatIsTrackedIsWhatIsExportedAfterwards() throws {
    var run = try SmallRun.run("rehearsal-kd", on: data)
    var tracking = Tracking(program: "waymark test")
    for target in targets { try tracking.add(target) }
    #expect(follow(&run, &tracking).isEmpty)
    _ = try Tracking.export(
      run, name: "kd", data: "signs", program: "waymark test",
      to: .init(.csv, path: folder("after.csv")))
    #expect(try numbers("after.csv") == numbers("runs.csv"))
    let rows = RunFeed.replay(run).rows
    #expect(try numbers("runs.csv").count == rows.reduce(0) { $0 + $1.scalars.count })
    let lines = try folder.lines("runs.jsonl")
    #expect(lines.count == rows.count + 2)
    let kinds = try records()
    #expect(kinds.count { $0 == 2 } == rows.count)
    // A header, then the run; an exit at the end.
    #expect(kinds.prefix(2) == [21, 17])
    #expect(kinds.last == 18)
    let events = try EventReader.steps(
      folder.bytes(folder.only("events", in: folder.only("kd", in: "tb"))))
    #expect(events.count == rows.count + 2)
  }

  /// What is on disk while the program is still at work, and so after a crash.
  @Test func logIsCompleteUpToTheLastTask() throws {
    var run = try SmallRun.run("finetune", on: data)
    var tracking = Tracking(program: "waymark test")
    for target in targets { try tracking.add(target) }
    let failures = follow(&run, &tracking) { event in
      if case .taskEnded(1) = event { true } else { false }
    }
    #expect(failures.isEmpty)
    let rows = RunFeed.replay(run).rows
    #expect(try numbers("runs.csv").count == rows.reduce(0) { $0 + $1.scalars.count })
    #expect(try records().count { $0 == 2 } == rows.count)
    #expect(try !records().contains(18))
  }

  /// Whoever looks on sees every task when it has ended.
  @Test func taskIsOnDiskWhenItHasEnded() throws {
    var run = try SmallRun.run("finetune", on: data)
    var tracking = Tracking(program: "waymark test")
    try tracking.add(targets[0])
    #expect(tracking.begin("kd", run, data: "signs").isEmpty)
    var tasks = 0
    while !run.isFinished {
      let event = run.step(data, on: Device(threads: 1))
      #expect(tracking.take(event, "kd", run).isEmpty)
      guard case .taskEnded = event else { continue }
      tasks += 1
      let rows = RunFeed.replay(run).rows
      #expect(try numbers("runs.csv").count == rows.reduce(0) { $0 + $1.scalars.count })
    }
    #expect(tasks == 3)
  }

  @Test func runThatIsTakenUpAgainIsWrittenFromItsBeginning() throws {
    var run = try SmallRun.run("finetune", on: data)
    run.advance(data, on: Device(threads: 1), to: .more(1, .task))
    var tracking = Tracking(program: "waymark test")
    try tracking.add(targets[0])
    _ = follow(&run, &tracking) { if case .batchTrained = $0 { true } else { false } }
    // The same log goes on while the run does.
    _ = follow(&run, &tracking)
    #expect(
      try numbers("runs.csv").count
        == RunFeed.replay(run).rows.reduce(0) { $0 + $1.scalars.count })
    #expect(Set(try folder.lines("runs.csv").dropFirst().map { $0.prefix(8) }).count == 1)
  }

  @Test func logThatIsRemovedSaysSoOnceAndTheRunGoesOn() throws {
    var run = try SmallRun.run("finetune", on: data)
    var tracking = Tracking(program: "waymark test")
    for target in targets { try tracking.add(target) }
    var isFirst = true
    let path = folder("tb")
    let failures = follow(&run, &tracking) { event in
      if isFirst, case .taskEnded = event {
        isFirst = false
        try? FileManager.default.removeItem(atPath: path)
      }
      return false
    }
    #expect(run.isFinished)
    #expect(failures.count == 1)
    guard case .removed? = failures.first else {
      Issue.record("\(failures)")
      return
    }
    let rows = RunFeed.replay(run).rows
    #expect(try numbers("runs.csv").count == rows.reduce(0) { $0 + $1.scalars.count })
  }

  /// What failed once is not tried again, although it would work: rows would be missing in between.
  @Test func logThatFailedIsNotTakenUpAgain() throws {
    var run = try SmallRun.run("finetune", on: data)
    var tracking = Tracking(program: "waymark test")
    try tracking.add(targets[3])
    var (tasks, kinds) = (0, [Int]())
    let failures = follow(&run, &tracking) { event in
      guard case .taskEnded = event else { return false }
      tasks += 1
      guard let log = try? folder.only("offline-run-", in: "wandb") else { return false }
      let files = folder(log + "/files")
      if tasks == 1 {
        try? FileManager.default.moveItem(atPath: files, toPath: files + "-away")
      } else if tasks == 2 {
        kinds = (try? records()) ?? []
        try? FileManager.default.moveItem(atPath: files + "-away", toPath: files)
      }
      return false
    }
    #expect(tasks == 3 && failures.count == 1)
    // Six batches, two epochs and an evaluation each task: those of the first are there.
    #expect((9...18).contains(kinds.count { $0 == 2 }))
    #expect(try records() == kinds)
  }

  @Test func otherFilesAreNotWrittenTo() throws {
    let path = folder("notes.csv")
    try "name,age\nAda,36\n".write(toFile: path, atomically: true, encoding: .utf8)
    var tracking = Tracking(program: "waymark test")
    for form in [Tracking.Target.Form.csv, .jsonl] {
      #expect(throws: LogError.notALog(path: path)) {
        try tracking.add(.init(form, path: path))
      }
    }
    #expect(throws: LogError.notAFolder(path: path)) {
      try tracking.add(.init(.tensorboard, path: path))
    }
    #expect(try folder.lines("notes.csv") == ["name,age", "Ada,36"])
    #expect(!tracking.isOn)
  }

  /// A crash can leave half a line; the next log begins on a line of its own.
  @Test func halfALineIsCutOff() throws {
    let path = folder("runs.csv")
    let header = "log,run,step,task,epoch,metric,value\n"
    try (header + "abcdefgh,kd,1,1,1,train/tr").write(
      toFile: path, atomically: true, encoding: .utf8)
    var tracking = Tracking(program: "waymark test")
    try tracking.add(.init(.csv, path: path))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == header)
  }
}

#if os(Linux)
  /// A write that fills the disk leaves part of a line, which is cut off again. A limit on the size
  /// of files stands for the end of the disk, in a process of its own.
  struct FullDiskTests {
    @Test func lineThatIsWrittenInPartIsCutOff() async {
      await #expect(processExitsWith: .success) {
        let folder = try ScratchFolder()
        let data = try SmallRun.data()
        var run = try SmallRun.run("finetune", on: data)
        var tracking = Tracking(program: "waymark test")
        try tracking.add(.init(.csv, path: folder("runs.csv")))
        var failures = tracking.begin("kd", run, data: "signs")
        func learnATask() {
          var isEnded = false
          while !isEnded {
            let event = run.step(data, on: Device(threads: 1))
            failures += tracking.take(event, "kd", run)
            if case .taskEnded = event { isEnded = true }
          }
        }
        learnATask()
        let whole = try folder.bytes("runs.csv")
        try #require(failures.isEmpty && whole.last == UInt8(ascii: "\n"))
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit()
        let size = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        getrlimit(size, &limit)
        let old = limit.rlim_cur
        limit.rlim_cur = rlim_t(whole.count + 10)
        setrlimit(size, &limit)
        learnATask()
        limit.rlim_cur = old
        setrlimit(size, &limit)
        #expect(failures == [.system(FileGate.failure(folder("runs.csv"), EFBIG))])
        #expect(try folder.bytes("runs.csv") == whole)
      }
    }
  }
#endif

/// Reads TensorFlow's records.
enum EventReader {
  /// The lengths of all records; checks every checksum.
  static func steps(_ bytes: [UInt8]) throws -> [Int] {
    var (place, lengths) = (0, [Int]())
    while place < bytes.count {
      let length = (0..<8).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
      let end = place + 12 + length
      guard end + 4 <= bytes.count, masked(bytes[place..<place + 8]) == number(bytes, place + 8),
        masked(bytes[place + 12..<end]) == number(bytes, end)
      else { throw RecordReader.Fault(place: place) }
      lengths.append(length)
      place = end + 4
    }
    return lengths
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
    (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * $1) }
  }

  private static func masked(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    let checksum = CRC32.castagnoli.of(bytes)
    return (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
  }
}
