import CommandLanguage
import Experiments
import Foundation
import Sessions
import Shell
import Synchronization
import Testing

/// A replay is held against the journal of a session, of which one thing at a time is another.
struct VerificationTests {
  private let folder: TestFolder
  private let saved: Session
  private static let last = 4

  init() throws {
    folder = try TestFolder()
    let script = """
      load synthetic classes=4 per-class=8 test-per-class=4 size=16 as signs
      tasks signs size=2 as T
      define model layers=[conv(2,3), relu, pool] size=16 as net
      run finetune net on=T epochs=1 as ft
      compare ft > '\(folder("curves.csv"))'
      """
    try folder.write(script.utf8, to: "lesson.way")
    saved = try TestShell(after: script).context.session
    try #require(saved.journal.count == Self.last + 1)
  }

  /// What the replay says: its error, or else its verdict.
  private func verdict(
    tolerance: Double = 0.5, onOtherMachine: Bool = false,
    _ change: (inout [JournalEntry]) -> Void = { _ in }
  ) throws -> String {
    var session = saved
    session.machine = onOtherMachine ? "another" : ShellContext.machine
    change(&session.journal)
    _ = try SessionFile.save(session, to: folder("day.waymark"))
    var shell = TestShell()
    let line =
      "replay '\(folder("lesson.way"))' verify='\(folder("day.waymark"))' tolerance=\(tolerance)"
    if let error = shell.error(of: line) { return error.text() }
    return shell.printed()
  }

  @Test func sameIsTheSame() throws {
    #expect(try verdict().contains("5 commands gave what"))
    let other = try verdict(onOtherMachine: true)
    #expect(other.contains("within 0.5: it was saved on another"))
  }

  @Test func onTheSameMachineFiguresAreEqualToTheBit() throws {
    let text = try verdict(tolerance: 1) { journal in
      journal[Self.last].details.figures[0].value += 0.25
    }
    let figure = saved.journal[Self.last].details.figures[0]
    #expect(text.contains("command 5 differs from"))
    #expect(text.contains("\(figure.name) is \(figure.value), it was "))
  }

  @Test(arguments: [(0.25, true), (2, false), (-0.25, true), (-2, false)])
  func onAnotherMachineFiguresMayBeApartByTheTolerance(by: Double, agrees: Bool) throws {
    let text = try verdict(tolerance: 1, onOtherMachine: true) { journal in
      journal[Self.last].details.figures[0].value += by
    }
    #expect(text.contains("5 commands gave what") == agrees)
    #expect(text.contains("command 5 differs from") == !agrees)
  }

  @Test func figuresAreCounted() throws {
    let count = saved.journal[Self.last].details.figures.count
    let text = try verdict { $0[Self.last].details.figures.removeLast() }
    #expect(text.contains("its result has \(count) figures, it had \(count - 1)"))
  }

  @Test func figuresBeyondTheKeptOnesAreComparedByTheirDigest() throws {
    #expect(saved.journal[Self.last].details.figuresDigest.count == 64)
    let text = try verdict { $0[Self.last].details.figuresDigest = "0" }
    // It is of the values, not of their names alone.
    var shell = TestShell()
    try shell.run("set seed=3; source '\(folder("lesson.way"))'")
    let others = shell.context.session.journal.map(\.details).filter { !$0.figures.isEmpty }
    let names = saved.journal[Self.last].details.figures.map(\.name)
    let same = try #require(others.last { $0.figures.map(\.name) == names })
    #expect(same.figuresDigest != saved.journal[Self.last].details.figuresDigest)
    #expect(text.contains("its result has other figures"))
  }

  /// What reads the images afterwards reads others.
  @Test func anotherTransformMakesOtherData() throws {
    var shell = try TestShell(after: "load synthetic classes=2 per-class=3 size=16 as signs")
    let (digest, before) = (
      try shell.digest("signs"), try shell.context.session.fingerprint(of: "signs")
    )
    try shell.run("transform signs normalize=image")
    #expect(try shell.digest("signs") == digest)
    #expect(try shell.context.session.fingerprint(of: "signs") != before)
  }

  @Test func objectsAreComparedByNameAndNumbers() throws {
    let named = try verdict { $0[3].details.made[0].name = "other" }
    #expect(named.contains("command 4 differs from") && named.contains("it had made other"))
    let digest = saved.journal[0].details.made[0].digest
    let text = try verdict { $0[0].details.made[0].digest = "0123456789abcdef" }
    #expect(
      text.contains(
        "'signs' has other numbers: fingerprint \(digest.prefix(12)), it was 0123456789ab"))
    #expect(!text.contains("0123456789abc"))
  }

  /// The mean and the deviation of the seconds of several seeds are as unsteady as those of one.
  @Test func timesOfSeveralSeedsAreNotCompared() throws {
    let script = """
      load synthetic classes=4 per-class=8 test-per-class=4 size=16 as signs
      tasks signs size=2 as T
      define model layers=[conv(2,3), relu, pool] size=16 as net
      run finetune net on=T epochs=1 seeds=2 as ft
      compare ft
      """
    try folder.write(script.utf8, to: "seeds.way")
    var shell = try TestShell(after: script)
    let figures = try #require(shell.context.session.journal.last).details.figures.map(\.name)
    #expect(figures.contains("groups[0].average.mean"))
    #expect(!figures.contains { $0.contains("seconds") })
    try shell.run("save session '\(folder("seeds.waymark"))'")
    var other = TestShell()
    let line = "replay '\(folder("seeds.way"))' verify='\(folder("seeds.waymark"))'"
    #expect(other.error(of: line)?.text() == nil)
    #expect(other.printed().contains("5 commands gave what"))
  }

  /// Where a file lies changes nothing of what is computed.
  @Test func pathsMayDiffer() throws {
    let text = try verdict {
      $0[Self.last].command = $0[Self.last].command.replacing("curves.csv", with: "old.csv")
    }
    #expect(text.contains("5 commands gave what"))
    let other = try verdict {
      $0[3].command = $0[3].command.replacing("epochs=1", with: "epochs=2")
      $0[3].details.essence = $0[3].details.essence.replacing("epochs=1", with: "epochs=2")
    }
    #expect(other.contains("command 4 differs from"))
    #expect(other.contains("it was 'run finetune net on=T epochs=2 as ft'"))
  }

  @Test func restOfTheJournalIsNamed() throws {
    let text = try verdict { journal in
      journal.append(journal[Self.last])
      journal[Self.last + 1].command = "matrix ft"
      journal.append(journal[Self.last])
    }
    #expect(text.contains("has 2 more commands that the script does not have"))
    #expect(text.contains("'matrix ft' is the first"))
  }

  /// A run that was interrupted stands in the journal as the commands that do the same; only the last
  /// of them has its figures.
  @Test func runThatWasInterruptedIsVerified() throws {
    let script = """
      load synthetic classes=4 per-class=8 test-per-class=4 size=16 as signs
      tasks signs size=2 as T
      define model layers=[conv(2,3), relu, pool] size=16 as net
      """
    var shell = try TestShell(after: script)
    let asked = Mutex(0)
    shell.context.training.isInterrupted = {
      asked.withLock {
        $0 += 1; return $0 > 4
      }
    }
    try shell.run("run finetune net on=T epochs=2 batch=4 as ft")
    shell.context.training.isInterrupted = { false }
    try shell.run("continue ft\nsave session '\(folder("day.waymark"))'")
    try shell.run("save script '\(folder("day.way"))'")
    let commands = shell.context.session.journal.map(\.command)
    #expect(commands.contains { $0.hasPrefix("begin finetune") })
    #expect(commands.contains { $0.hasPrefix("step ft ") })
    func replayed() throws -> String {
      var other = TestShell()
      let line = "replay '\(folder("day.way"))' verify='\(folder("day.waymark"))'"
      return other.error(of: line)?.text() ?? other.printed()
    }
    #expect(try replayed().contains("gave what"))
    let saved = try folder.text("day.way")
    try folder.write(saved.replacing("epochs=2", with: "epochs=3").utf8, to: "day.way")
    #expect(try replayed().contains("it was 'begin finetune net on=T "))
  }
}
