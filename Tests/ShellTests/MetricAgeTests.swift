import CommandLanguage
import Foundation
import Learning
import Sessions
import Shell
import Testing

/// After a step within a task every place that shows a figure says of when it is.
struct MetricAgeTests {
  private var shell: TestShell
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    shell = try TestShell(
      after: """
        load synthetic classes=4 per-class=20 test-per-class=4 size=16 as signs
        tasks signs size=2 as T
        define model layers=[conv(4,3), relu, pool] size=16 as net
        begin finetune net on=T epochs=2 batch=8 as slow
        step slow
        step slow 3 unit=batch
        """)
  }

  private static let note =
    "slow: these figures are from the test after task 1. The run has trained further since: task 2, "
    + "after 3 batches, in epoch 1"

  @Test(arguments: [
    "status slow", "slow", "compare slow", "compare", "confusion slow", "matrix slow",
    "step slow unit=batch",
  ])
  mutating func tableSaysOfWhenItsFiguresAre(command: String) throws {
    let text = try shell.output(of: command)
    let now = command.hasPrefix("step") ? "after 4 batches" : "after 3 batches"
    #expect(text.contains(Self.note.replacing("after 3 batches", with: now)), "\(text)")
  }

  @Test(arguments: ["plot accuracy slow", "plot matrix slow", "plot confusion slow"])
  mutating func plotSaysSoToo(command: String) throws {
    try shell.run("\(command) > \(folder("a.gp"))")
    #expect(shell.printed().contains(Self.note))
    #expect(try folder.text("a.gp").contains("now in task 2"))
    #expect(try shell.output(of: command).contains(Self.note))
  }

  /// One hides the other.
  @Test(arguments: ["plot accuracy", "plot loss [slow, same]"])
  mutating func runsWithTheSameCurveAreNamed(command: String) throws {
    try shell.run(
      "begin finetune net on=T epochs=2 batch=8 as same; step same; step same 3 unit=batch")
    try shell.run("begin finetune net on=T epochs=2 batch=4 as other; step other")
    _ = shell.printed()
    try shell.run("\(command) > \(folder("a.gp"))")
    #expect(
      shell.printed().contains("slow and same have the same curve, so only one of them is seen\n"))
  }

  @Test mutating func pictureOfConfusionNamesItsTask() throws {
    try shell.run("plot confusion slow task=1 > \(folder("a.gp"))")
    #expect(try folder.text("a.gp").contains("Confusion of slow after task 1, % of each class"))
    #expect(!(try folder.text("a.gp").contains("now in")))
  }

  @Test mutating func descriptionsSaySo() throws {
    let line = try shell.output(of: "slow")
    #expect(line.contains("on 2 classes after task 1, now task 2, after 3 batches, in epoch 1"))
    let checkpoints = try shell.output(
      of: "checkpoints slow > \(folder("c.csv"))\ncheckpoints slow")
    #expect(checkpoints.contains("slow@1.3"))
    let lines = try folder.text("c.csv").split(separator: "\n")
    #expect(lines[0] == "checkpoint,where,steps,accuracy,accuracy_of,present")
    #expect(lines[2].hasPrefix("slow@1,") && lines[2].hasSuffix(",slow@1,"))
    #expect(lines[3].hasPrefix("slow@1.3,") && lines[3].hasSuffix(",slow@1,here"))
  }

  @Test mutating func expectSaysSo() throws {
    let text = try shell.output(of: "expect accuracy slow above=-1")
    #expect(
      text.contains(
        " after task 1 (the run has trained further since: task 2, after 3 batches, in epoch 1)"))
    let error = shell.error(of: "expect accuracy slow above=100")?.text() ?? ""
    #expect(error.contains("after task 1 (the run has trained further since: task 2"), "\(error)")
    // Who asks for a task, and what is known at any time, needs no word.
    #expect(!(try shell.output(of: "expect accuracy slow above=-1 after=1").contains("since")))
    #expect(!(try shell.output(of: "expect tasks slow is=1").contains("since")))
  }

  @Test(arguments: ["status slow", "matrix slow", "confusion slow"])
  mutating func otherProgramsAreTold(command: String) throws {
    try shell.run("\(command) > \(folder("a.json"))\n\(command) > \(folder("a.csv"))")
    let figures = try #require(try folder.json("a.json")["figures"] as? [String: Any])
    #expect(figures["after_task"] as? Int == 1)
    #expect(figures["stands_at"] as? String == "slow@1.3")
    #expect(figures["current"] as? Bool == false)
    let rows = try folder.text("a.csv").split(separator: "\n").map { $0.split(separator: ",") }
    #expect(rows[0].last == "stands_at" && rows[1].last == "slow@1.3")
    try shell.run("\(command) > \(folder("a.md"))\n\(command) > \(folder("a.html"))")
    #expect(try folder.text("a.md").contains("test after task 1"))
    #expect(try folder.text("a.html").contains("test after task 1"))
  }

  @Test mutating func comparisonsTellOtherPrograms() throws {
    try shell.run("compare > \(folder("a.json"))\ncompare > \(folder("a.csv"))")
    let runs = try #require(try folder.json("a.json")["runs"] as? [[String: Any]])
    #expect((runs.first?["figures"] as? [String: Any])?["stands_at"] as? String == "slow@1.3")
    let rows = try folder.text("a.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let place = try #require(rows[0].firstIndex(of: "stands_at"))
    #expect(rows.dropFirst().map { "\($0[3]) \($0[place])" } == ["1 slow@1.3"])
  }

  /// At the end of a task, and before the first batch, there is nothing to be said.
  @Test mutating func figuresOfNowHaveNoMark() throws {
    try shell.run("continue slow")
    for command in ["status slow", "compare", "confusion slow", "matrix slow"] {
      let text = try shell.output(of: command)
      #expect(!text.contains("since") && !text.contains("stands at"), "\(text)")
    }
    try shell.run("status slow > \(folder("a.json"))\nmatrix slow > \(folder("a.csv"))")
    let figures = try #require(try folder.json("a.json")["figures"] as? [String: Any])
    #expect(figures["current"] as? Bool == true && figures["after_task"] as? Int == 2)
    #expect(try folder.text("a.csv").hasPrefix("after_task,task_1,task_2\n"))
    try shell.run("goto slow@1")
    #expect(!(try shell.output(of: "status slow").contains("since")))
  }

  /// A strategy without training steps looks at images batch by batch too.
  @Test mutating func runsWithoutStepsSaySoToo() throws {
    try shell.run("begin slda net on=T batch=8 as quick\nstep quick\nstep quick unit=batch")
    #expect(try shell.output(of: "status quick").contains("quick: these figures are from the test"))
  }
}
