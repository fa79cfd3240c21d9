import CommandLanguage
import Foundation
import Shell
import Testing

/// A run that is looked at while it learns, from outside: what steps tell, and the pictures of it.
struct WatchingTests {
  private static let preparation = """
    set seed=4
    load synthetic classes=6 per-class=12 test-per-class=4 balanced=on size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 outputs=2 as net
    begin rehearsal-kd net on=T epochs=2 batch=8 memory=12 as kd
    """

  private let folder: TestFolder
  private var shell: TestShell

  init() throws {
    folder = try TestFolder()
    shell = try TestShell(after: Self.preparation)
  }

  private mutating func json(_ command: String) throws -> [String: Any] {
    try shell.run("\(command) > \(folder("out.json"))")
    return try folder.json("out.json")
  }

  private mutating func rows(_ command: String) throws -> [[String: Any]] {
    let record = try json(command)
    return try #require(record["rows"] as? [[String: Any]])
  }

  // MARK: Steps

  @Test mutating func stepsSayWhatTheyDid() throws {
    var text = try shell.output(of: "step kd unit=batch")
    #expect(text.contains("trained on 1 batch (8 images): mean loss"))
    #expect(text.contains("learning rate 0.001; gradient norm "))
    #expect(!text.contains("on average"))
    text = try shell.output(of: "step kd unit=epoch")
    #expect(text.contains("trained on 2 batches (16 images)") && text.contains("on average"))
    text = try shell.output(of: "step kd 2")
    #expect(text.contains("trained on"))
  }

  @Test mutating func stepsSayItToOtherProgramsToo() throws {
    let record = try json("step kd 2 unit=batch")
    let parts = try #require(record["trained"] as? [[String: Any]])
    let part = try #require(parts.first)
    #expect(
      part.keys.sorted() == [
        "batches", "first_learning_rate", "images", "last_gradient_norm", "last_learning_rate",
        "mean_gradient_norm", "mean_loss", "stage", "train_accuracy",
      ])
    #expect(part["batches"] as? Int == 2 && part["images"] as? Int == 16)
    #expect(part["stage"] as? String == "learn")
  }

  /// What looks at a run, and what it says of its steps, changes no bit of it.
  @Test(arguments: [
    "plot epochs kd", "plot classes-over-time kd", "plot classes-over-time kd now=on",
    "plot watch kd", "plot watch kd logits=all", "show watch kd",
  ])
  mutating func lookingChangesNoBit(command: String) throws {
    try shell.run("branch kd as alone; continue alone")
    try shell.run("watch kd image=1; step kd 2; step kd 3 unit=batch")
    let before = try shell.digest("kd")
    for form in ["", " > \(folder("out.json"))", " > \(folder("out.csv"))"] {
      try shell.run(command + form)
    }
    #expect(try shell.digest("kd") == before)
    try shell.run("continue kd")
    #expect(try shell.digest("kd") == shell.digest("alone"))
  }

  // MARK: Epochs

  @Test mutating func epochsHaveTheirFigures() throws {
    try shell.run(
      "watch kd every=epoch images=100; step kd 2; begin finetune net on=T epochs=1 as ft")
    try shell.run("step ft")
    let rows = try rows("plot epochs [kd, ft]")
    #expect(rows.map { $0["run"] as? String } == ["kd", "kd", "kd", "kd", "ft"])
    #expect(rows.map { $0["epoch"] as? Int } == [1, 2, 1, 2, 1])
    for key in ["loss", "train_accuracy", "learning_rate", "last_learning_rate", "gradient_norm"] {
      #expect(rows.allSatisfy { ($0[key] as? Double ?? -1) >= 0 }, "\(key)")
    }
    // All test images at the ends of tasks; the watched ones, here all as well, after each epoch.
    let tested = rows.map { $0["test_accuracy"] as? Double }
    let watched = rows.map { $0["watched_accuracy"] as? Double }
    #expect(tested.map { $0 == nil } == [true, false, true, false, false])
    #expect(watched.map { $0 == nil } == [false, false, false, false, true])
    #expect(watched[1] == tested[1] && watched[3] == tested[3])
  }

  /// Watched images of some classes only are no test of all.
  @Test mutating func watchedTasksAloneAreNoTestAccuracy() throws {
    try shell.run("watch kd on=T.1 every=epoch; step kd 2")
    let watched = try rows("plot epochs kd").map { $0["watched_accuracy"] as? Double }
    #expect(watched.map { $0 == nil } == [false, false, true, true])
  }

  @Test mutating func epochsOfARunThatHasNone() throws {
    try shell.run("step kd unit=batch")
    let error = shell.error(of: "plot epochs kd")
    #expect(error?.text().contains("'kd' has not finished an epoch yet") == true)
  }

  // MARK: Classes

  @Test mutating func classesAreInTheOrderOfTheirTasks() throws {
    try shell.run("step kd 2")
    let rows = try rows("plot classes-over-time kd")
    #expect(rows.map { $0["class"] as? Int } == [0, 1, 2, 3])
    #expect(rows.map { $0["task"] as? Int } == [1, 1, 2, 2])
    #expect(rows[0]["name"] as? String == "Speed limit (20km/h)")
    #expect(rows[0]["after_1"] is Double && rows[2]["after_1"] is NSNull)
    let record = try json("matrix kd")
    let matrix = try #require(record["rows"] as? [[Double]])
    let mean = ((rows[0]["after_2"] as? Double ?? 0) + (rows[1]["after_2"] as? Double ?? 0)) / 2
    #expect(abs(mean - matrix[1][0]) < 1e-9)
  }

  @Test mutating func theMiddleOfATaskIsSaid() throws {
    let error = shell.error(of: "plot classes-over-time kd")
    #expect(error?.text().contains("has not finished a task yet") == true)
    try shell.run("step kd unit=batch")
    var rows = try rows("plot classes-over-time kd now=on")
    #expect(rows.map { $0["class"] as? Int } == [0, 1] && rows[0]["now"] is Double)
    try shell.run("continue kd until=1; step kd unit=batch")
    let text = try shell.output(of: "plot classes-over-time kd")
    #expect(text.contains("the test after task 1") && text.contains("now=on"))
    rows = try self.rows("plot classes-over-time kd now=on")
    #expect(rows.map { $0["class"] as? Int } == [0, 1, 2, 3])
    #expect(rows[3]["after_1"] is NSNull && rows[3]["now"] is Double)
  }

  // MARK: What was measured

  @Test mutating func worstMomentsAreCounted() throws {
    try shell.run("watch kd images=100; continue kd")
    let text = try shell.output(of: "show watch kd n=1")
    for word in ["forgetting", "min-ACC", "WC-ACC", "stability gap", "explain stability-gap"] {
      #expect(text.contains(word), "\(word)")
    }
    let record = try json("show watch kd")
    let summary = try #require(record["summary"] as? [String: Any])
    let rows = try #require(record["rows"] as? [[String: Any]])
    let gaps = try #require(summary["gaps"] as? [[String: Any]])
    // Task 1 while 2 and 3 are learned, task 2 while 3 is.
    #expect(gaps.map { $0["on"] as? String } == ["task 1", "task 1", "task 2"])
    #expect(gaps.map { $0["task"] as? Int } == [2, 3, 3])
    // At the end they are what the run's tests came to.
    let run = try json("status kd")
    let last = try #require(rows.last)
    #expect(last["min_acc"] as? Double == summary["min_acc"] as? Double)
    let final = [1, 2, 3].map { last["accuracy_task \($0)"] as? Double ?? -1 }
    #expect(abs(final.reduce(0, +) / 3 - (run["acc"] as? Double ?? 0)) < 1e-9)
    let drawn = try json("plot watch kd")
    #expect((drawn["summary"] as? [String: Any])?.count == summary.count)
  }

  @Test mutating func logitsThatAreLeftOutAreCounted() throws {
    try shell.run("watch kd image=0; continue kd")
    let some = try shell.output(of: "plot watch kd")
    let all = try shell.output(of: "plot watch kd logits=all")
    #expect(!all.contains("left out"))
    // Six outputs, of which only those that were the largest at some time are drawn.
    if some.contains("left out") { #expect(some.contains("logits=all draws them too")) }
  }

  // MARK: Branches and sessions

  @Test mutating func aBranchIsWatchedAsItsRunIs() throws {
    try shell.run("watch kd every=2; step kd 2")
    let text = try shell.output(of: "branch kd at=@1 lr=0.01 as kd2")
    #expect(text.contains("it is watched as kd is: 'watch off kd2' ends that"))
    let steps = try rows("show watch kd2").map { $0["batches"] as? Int }
    #expect(steps == [2, 4, 6])
    try shell.run("step kd2")
    let more = try rows("show watch kd2")
    #expect(more.count > steps.count)
    let unwatched = try shell.output(of: "watch off kd2; branch kd2 as kd3")
    #expect(!unwatched.contains("it is watched"))
  }

  @Test mutating func aRestoredSessionNamesItsRuns() throws {
    try shell.run("watch kd; continue kd; save session \(folder("a.waymark"))")
    var other = TestShell()
    var error = other.error(of: "plot watch")
    #expect(error?.text().contains("there is no run yet") == true)
    try other.run("restore session \(folder("a.waymark"))")
    error = other.error(of: "plot watch")
    #expect(error?.text().contains("no run was used in this session yet") == true)
    #expect(error?.text().contains("one of these: kd") == true)
    try other.run("plot watch kd; plot epochs kd")
  }
}
