import CommandLanguage
import Foundation
import Sessions
import Shell
import Testing

/// What is kept of the commands that were carried out.
struct JournalTests {
  static let lesson = """
    version 1

    # Lesson 1
    # Drawn signs, and few of them.
    let n = 4

    load synthetic classes=$n per-class=12 test-per-class=4 size=16 as signs   # small
    print "# no comment"

    # Tasks
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 as net
    # Twice
    for i in 1..2 {
      # A run
      run finetune net on=T epochs=$i as ft$i # so many epochs

      # never
      if $i == 5 {
        # not this
        print no
      }
    }
    # The end.
    """

  @Test func scriptKeepsItsComments() throws {
    let folder = try TestFolder()
    var shell = try TestShell(after: Self.lesson)
    try shell.run("history; save script \(folder("all.way"))")
    #expect(
      try folder.text("all.way") == """
        version 1

        # Lesson 1
        # Drawn signs, and few of them.

        load synthetic classes=4 per-class=12 test-per-class=4 size=16 as signs  # small
        print "# no comment"

        # Tasks
        tasks signs size=2 as T
        define model layers=[conv(4, 3), relu, pool] size=16 as net
        # Twice
        # A run
        run finetune net on=T epochs=1 as ft1  # so many epochs
        run finetune net on=T epochs=2 as ft2
        # The end.

        """)
    var again = TestShell()
    try again.run("source \(folder("all.way"))")
    #expect(try again.state.digests == shell.state.digests)
    #expect(again.context.session.journal.map(\.command) == shell.scripted)
  }

  @Test func entriesHoldWhatCommandsMadeAndMeasured() throws {
    var shell = try TestShell(after: Self.lesson)
    try shell.run("compare [ft1, ft2]; drop ft2; evaluate net on=T.1")
    let journal = shell.context.session.journal
    let run = try #require(journal.first { $0.command.hasPrefix("run ") })
    #expect(run.details.made.map(\.name) == ["ft1"])
    #expect(run.details.made[0].digest.count == 64)
    #expect(run.details.figures.contains { $0.name == "by_task[1]" })
    #expect(!run.details.figures.contains { $0.name.contains("seconds") })
    #expect(run.details.output.contains("2/2 tasks"))
    let compare = try #require(journal.first { $0.command.hasPrefix("compare") })
    #expect(compare.details.made.isEmpty)
    #expect(compare.details.figures.contains { $0.name == "runs[1].by_task[0]" })
    #expect(journal.last?.details.figures.contains { $0.name == "accuracy" } == true)
  }

  @Test func sourcedCommandsAreKeptOnce() throws {
    let folder = try TestFolder()
    try folder.write("load synthetic classes=2 per-class=3 size=16 as few".utf8, to: "a.way")
    var shell = TestShell()
    try shell.run("source \(folder("a.way")); save script \(folder("b.way"))")
    #expect(
      try folder.text("b.way")
        == "version 1\nload synthetic classes=2 per-class=3 size=16 as few\n")
  }

  /// Ctrl-C in the middle of a command: a script that does the same stops there too.
  @Test func stoppedCommandsAreKeptAsFarAsTheyCame() throws {
    let folder = try TestFolder()
    var shell = try TestShell(after: SteppingTests.preparation)
    shell.context.stopAfter(5)
    try shell.run("run rehearsal-kd net on=T epochs=2 memory=6 batch=8 as kd")
    shell.context.stopAfter(4)
    try shell.run("continue kd")
    shell.context.training.isInterrupted = { false }
    try shell.run("step kd 2 unit=batch; save script \(folder("stopped.way"))")
    let text = try folder.text("stopped.way")
    #expect(text.contains("begin rehearsal-kd net on=T epochs=2 memory=6 batch=8 as kd\nstep kd "))
    var again = TestShell()
    try again.run("source \(folder("stopped.way"))")
    #expect(try again.state.digests == shell.state.digests)
  }

  /// At the end of a task exemplars are chosen: images are looked at that no step trains on.
  @Test(arguments: 4...40)
  func whatWasStoppedInALaterTaskIsToo(asked: Int) throws {
    let folder = try TestFolder()
    var shell = try TestShell(after: SteppingTests.preparation)
    shell.context.stopAfter(asked)
    try? shell.run("run rehearsal-kd net on=T epochs=1 memory=6 batch=8 as kd")
    shell.context.training.isInterrupted = { false }
    try shell.run("save script \(folder("stopped.way"))")
    var again = TestShell()
    try again.run("source \(folder("stopped.way"))")
    // The script may stand a moment earlier, before an epoch was closed: no later batch differs.
    let problems = [shell.error(of: "continue kd"), again.error(of: "continue kd")]
    #expect((problems[0] == nil) == (problems[1] == nil))
    #expect(try again.state.digests == shell.state.digests)
  }
}

extension TestShell {
  fileprivate var scripted: [String] {
    context.session.journal.filter(\.details.isScripted).map(\.command)
  }
}
