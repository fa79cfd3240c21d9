import CommandLanguage
import Datasets
import Foundation
import Learning
import Randomness
import Sessions
import Shell
import TestSupport
import Testing

/// What is left of a session whose process is killed, told to end, or not alone.
@Suite(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
struct NeverLostTests {
  /// Rounds of training and saving that say how far they are.
  static let work =
    NewProcessTests.preparation + """
      for round in 1..1000 {
        print "round $round"
        run finetune net on=T epochs=6 batch=4 replace=on as ft
        save session day1.waymark
        print "saved $round"
      }
      """

  private func copies(_ folder: TestFolder) -> [String] {
    let autosave = folder("waymark/autosave")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: autosave)) ?? []
    return names.filter { $0.hasSuffix(".waymark") }.map { autosave + "/" + $0 }
  }

  private func restored(_ path: String) throws -> Session {
    let (session, report) = try SessionFile.restore(from: path) { try DataSet.load($0, cache: nil) }
    #expect(report.isComplete, "\(report.notes.map(\.message))")
    return session
  }

  private func rounds(_ session: Session) -> Int {
    session.journal.count { $0.command.contains("round ") }
  }

  @Test func killedProcessLosesNothingThatWasSaved() throws {
    var random = RandomStream(seed: 3)
    for trial in 0..<Campaign.count(4, full: 200) {
      let folder = try TestFolder()
      let start = ContinuousClock.now
      let result = try Waymark.run(["-c", Self.work], in: folder) { process, messages in
        while process.isRunning, !messages().contains("task 1/2") { usleep(2000) }
        usleep(UInt32(random.index(below: 700_000)))
        kill(process.processIdentifier, SIGKILL)
      }
      #expect(result.wasKilled)
      let saved = result.output.split(separator: "\n").count {
        $0.hasPrefix("saved ") && !$0.contains("objects")
      }
      if FileManager.default.fileExists(atPath: folder("day1.waymark")) {
        let session = try restored(folder("day1.waymark"))
        #expect(rounds(session) >= saved && rounds(session) <= saved + 1, "trial \(trial)")
        guard case .run(let run)? = session["ft"] else { throw Failure("no run") }
        #expect(run.run.isFinished)
      } else {
        #expect(saved == 0)
      }
      // The copy is one task old at most, or 30 s.
      let ended = result.messages.components(separatedBy: ": test ").count - 1
      let isYoung = ContinuousClock.now - start < .seconds(30)
      let files = copies(folder)
      #expect(files.count == 1 || files.isEmpty && (ended <= 1 || isYoung), "\(ended) tasks")
      for file in files {
        let session = try restored(file)
        guard case .run(let run)? = session["ft"] else { continue }
        let known = 2 * (rounds(session) - 1) + run.run.tasksDone
        #expect(known <= ended && (known >= ended - 2 || isYoung), "\(known) of \(ended) tasks")
      }
      // The next save clears what the killed one left.
      try folder.write(
        "load synthetic classes=2 per-class=3 size=16 as x; save session day1.waymark replace=on"
          .utf8, to: "next.way")
      let next = try Waymark.run(["next.way"], in: folder)
      #expect(next.exit == 0, "\(next.messages)")
      #expect(try folder.names().filter { $0.hasPrefix(".waymark-") }.isEmpty)
      if !files.isEmpty {
        #expect(next.messages.contains("'restore autosave' recovers it"))
        let again = try Waymark.run(["--quiet", "-c", "restore autosave; continue ft"], in: folder)
        let isDone = again.messages.contains("'ft' is finished")
        #expect(again.exit == 0 || isDone, "\(again.messages)")
      }
    }
  }

  @Test(arguments: [(SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func signalsThatEndItKeepTheSession(signal: Int32, exit: Int32) throws {
    // Where nohup has started the tests, it is ignored, and so by the program.
    Foundation.signal(signal, SIG_DFL)
    let folder = try TestFolder()
    let script = NewProcessTests.preparation + "run finetune net on=T epochs=10000 as ft"
    let result = try Waymark.run(["-c", script], in: folder) { process, messages in
      while process.isRunning, !messages().contains("task 1/2") { usleep(2000) }
      usleep(50_000)
      kill(process.processIdentifier, signal)
    }
    #expect(result.exit == exit && !result.wasKilled, "\(result.messages)")
    #expect(result.messages.contains("'restore autosave' recovers it"), "\(result.messages)")
    let found = Autosave.found(in: folder("waymark/autosave"))
    try #require(found.count == 1)
    let session = try restored(found[0].path)
    guard case .run(let run)? = session["ft"] else { throw Failure("no run") }
    #expect(run.run.history.steps > 0 && !run.run.isFinished)
    // A script of it begins the run and stops where it was stopped.
    let scripted = session.journal.map(\.command).suffix(2)
    #expect(scripted.first?.hasPrefix("begin finetune") == true)
    #expect(scripted.last == "step ft \(run.run.history.steps) unit=batch")
    try folder.write("print hello".utf8, to: "next.way")
    let next = try Waymark.run(["next.way"], in: folder)
    #expect(next.output == "hello\n" && next.messages.contains("unfinished session"))
    let quick = try Waymark.run(["-c", "print hello"], in: folder)
    #expect(quick.output == "hello\n" && quick.messages.isEmpty)
    let restore = try Waymark.run(["--quiet", "-c", "restore autosave; digest ft"], in: folder)
    #expect(restore.exit == 0 && restore.output.contains("ft: finetune, 0/2 tasks"))
    // Unsaved, it is still there; saved, it is not.
    #expect(Autosave.found(in: folder("waymark/autosave")).count == 1)
    let save = try Waymark.run(
      ["--quiet", "-c", "restore autosave; save session day2.waymark"], in: folder)
    #expect(save.exit == 0 && Autosave.found(in: folder("waymark/autosave")).isEmpty)
    #expect(try restored(folder("day2.waymark")).names == session.names)
  }

  @Test func goodEndLeavesNothing() throws {
    let folder = try TestFolder()
    let result = try Waymark.run(
      ["-c", NewProcessTests.preparation + "run finetune net on=T epochs=1 as ft"], in: folder)
    #expect(result.exit == 0 && copies(folder).isEmpty)
  }

  @Test func failedScriptKeepsItsWork() throws {
    let folder = try TestFolder()
    let result = try Waymark.run(
      [
        "-c",
        NewProcessTests.preparation
          + "run finetune net on=T epochs=1 as ft; save session /nowhere/x.waymark",
      ], in: folder)
    #expect(result.exit == 1 && result.messages.contains("'restore autosave'"))
    let forgotten = try Waymark.run(["--quiet", "-c", "drop autosave"], in: folder)
    #expect(forgotten.exit == 0 && copies(folder).isEmpty)
  }

  /// Of a script that fails again and again, the copy that came furthest is kept; other work stays.
  @Test func scriptThatFailsAgainReplacesItsCopy() throws {
    let folder = try TestFolder()
    let work = NewProcessTests.preparation + "run finetune net on=T epochs=1 as ft; "
    for further in ["", "", "set seed=5; ", "set seed=6; "] {
      let result = try Waymark.run(
        ["-c", work + further + "save session /nowhere/x.waymark"], in: folder)
      #expect(result.exit == 1)
    }
    let found = Autosave.found(in: folder("waymark/autosave"))
    #expect(
      try found.map { try restored($0.path).journal.last?.command } == ["set seed=6", "set seed=5"])
    let forgotten = try Waymark.run(["--quiet", "-c", "drop autosave all=on"], in: folder)
    #expect(forgotten.exit == 0 && copies(folder).isEmpty)
  }

  /// The same commands in another folder made other things.
  @Test func copyOfOtherWorkIsKept() throws {
    let folder = try TestFolder()
    for (number, value) in [UInt8(10), 200].enumerated() {
      for name in ["a/1.ppm", "a/2.ppm", "b/1.ppm", "b/2.ppm"] {
        try folder.write(
          Array("P6 1 1 255\n".utf8) + [value, name.utf8.first ?? 0, 3], to: "data/\(name)")
      }
      let result = try Waymark.run(
        [
          "-c",
          """
          load folder data size=16 as d
          tasks d size=1 as T
          define model layers=[flatten] size=16 as net
          run finetune net on=T epochs=1 as ft
          save session /nowhere/x.waymark
          """,
        ], in: folder)
      #expect(result.exit == 1, "\(result.messages)")
      #expect(copies(folder).count == number + 1)
    }
  }

  @Test func secondProcessIsToldAndNothingIsOverwritten() throws {
    let folder = try TestFolder()
    let script =
      NewProcessTests.preparation
      + "save session day1.waymark; run finetune net on=T epochs=10000 as ft"
    let result = try Waymark.run(["-c", script], in: folder) { process, messages in
      while process.isRunning, !messages().contains("task 1/2") { usleep(2000) }
      let before = FileStamp(folder("day1.waymark"))
      let other = "load synthetic classes=2 per-class=3 size=16 as x"
      let second = try? Waymark.run(
        ["-c", "\(other); save session day1.waymark"], in: folder)
      #expect(second?.exit == 1)
      #expect(second?.messages.contains("is in use by another Waymark") == true)
      #expect(FileStamp(folder("day1.waymark")) == before)
      let reader = try? Waymark.run(
        ["-c", "restore session day1.waymark; save session day2.waymark"], in: folder)
      #expect(reader?.exit == 0, "\(reader?.messages ?? "")")
      #expect(reader?.output.contains("save under another name") == true)
      let elsewhere = try? Waymark.run(
        ["-c", "\(other); save session elsewhere.waymark"], in: folder)
      #expect(elsewhere?.exit == 0)
      process.interrupt()
    }
    #expect(result.exit == 130)
    // When the first has ended, the file is free.
    let third = try Waymark.run(
      ["--quiet", "-c", "restore session day1.waymark; save session"], in: folder)
    #expect(third.exit == 0, "\(third.messages)")
  }

  @Test func oneInterruptLetsALoadFinishAndTwoStopIt() throws {
    let load = "load synthetic classes=43 per-class=400 as signs"
    for presses in 1...2 {
      let result = try Waymark.run(["-c", "print before; \(load); print after"]) { process, shown in
        while process.isRunning, !shown().contains("before") { usleep(2000) }
        usleep(50_000)
        for _ in 0..<presses {
          process.interrupt()
          usleep(30_000)
        }
      }
      #expect(result.exit == 130 && !result.output.contains("after"))
      #expect(result.output.contains("43 classes") == (presses == 1), "\(result.output)")
    }
  }
}
