import CommandLanguage
import Foundation
import Learning
import Sessions
import Shell
import Testing

/// Checkpoints, back, goto, branch, drop, prune: as one types them.
struct GoingBackTests {
  private func begun() throws -> Typist {
    try Typist(
      after: SteppingTests.preparation
        + "\nbegin rehearsal-kd net on=T epochs=2 memory=6 batch=8 as kd")
  }

  private func run(_ name: String, _ shell: Typist) throws -> RunOnData {
    guard case .run(let run)? = shell.session[name] else {
      throw Failure("no run \(name)")
    }
    return run
  }

  @Test func checkpointsAreEndsOfTasksAndStops() throws {
    let shell = try begun()
    try shell.run("step kd 3 unit=batch; step kd; continue kd")
    let places = try run("kd", shell).checkpoints.places.map(\.description)
    #expect(places == ["@0", "@0.3", "@1", "@2"])
    let table = try shell.output(of: "checkpoints kd")
    for place in places { #expect(table.contains("kd\(place) ")) }
    #expect(table.contains("after 3 batches") && table.contains("here"))
    let json = try shell.output(of: "checkpoints kd format=json")
    #expect(json.contains("\"checkpoint\":\"kd@0.3\"") && json.contains("\"present\":true"))
  }

  @Test func backAndGotoLoseNothing() throws {
    let shell = try begun()
    try shell.run("step kd 3 unit=batch; continue kd")
    let end = try shell.digest("kd")
    let whole = try run("kd", shell)
    #expect(try shell.output(of: "back").contains("before task 2"))
    #expect(try run("kd", shell).run.place == .init(task: 1))
    try shell.run("back kd 2")
    #expect(try run("kd", shell).run.place == .init(task: 0))
    #expect(shell.problem("back kd")?.contains("no checkpoint before kd@0") == true)
    // Ahead lies what was, at once or once more step by step.
    try shell.run("goto kd@2")
    #expect(try shell.digest("kd") == end)
    try shell.run("goto kd@0.3; step kd 2 unit=batch; continue kd")
    #expect(try shell.digest("kd") == end)
    #expect(try run("kd", shell).run == whole.run)
    #expect(
      try run("kd", shell).checkpoints.places.map(\.description)
        == ["@0", "@0.3", "@0.5", "@1", "@2"])
    #expect(try shell.digest("kd@2") == end)
    let problem = try #require(shell.problem("goto kd@7"))
    #expect(problem.contains("kd@2"))
  }

  @Test func branchGoesOnWithOtherOptions() throws {
    let shell = try begun()
    try shell.run("continue kd; branch kd at=@1 temperature=4 as kd2; branch kd@1 as same")
    #expect(try shell.digest("kd2") == shell.digest("kd@1"))
    try shell.run("continue kd2; continue same")
    #expect(try shell.digest("same") == shell.digest("kd"))
    #expect(try shell.digest("kd2") != shell.digest("kd"))
    let branch = try run("kd2", shell)
    #expect(branch.run.setup.options.values["temperature"] == .real(4))
    #expect(
      branch.branching
        == Branching(of: "kd", at: .init(task: 1), options: ["temperature": .real(4)], seed: nil))
    #expect(
      try branch.run.history.evaluations[0] == run("kd", shell).run.history.evaluations[0])
    #expect(branch.checkpoints.places.first == .init(task: 1))
  }

  @Test(arguments: [
    ("branch kd at=@1 temprature=4 as x", "did you mean 'temperature'"),
    ("branch kd at=@1 temperature=-4 as x", "temperature"),
    ("branch kd at=@9 as x", "there is no checkpoint kd@9; there are kd@0, kd@0.3, kd@1 and kd@2"),
    ("branch kd at=x as x", "such as @4"),
    ("branch kd at=@0.3 lr=0.1 as x", "'branch kd at=@0 …' begins it again"),
    ("branch kd at=@2 lr=0.1 as x", "nothing comes after kd@2"),
    ("branch kd@1 at=@1 as x", "once"),
  ])
  func whatCannotBranchIsExplained(line: String, reason: String) throws {
    let shell = try begun()
    try shell.run("step kd 3 unit=batch; continue kd")
    let before = try shell.state
    let text = try #require(shell.problem(line))
    #expect(text.contains(reason), "\(text)")
    #expect(try shell.state == before)
  }

  @Test func dropAndPruneSayWhatTheyFree() throws {
    let shell = try begun()
    try shell.run("step kd 3 unit=batch; step kd 2 unit=batch; continue kd")
    let before = shell.session.footprint
    let dropped = try shell.output(of: "drop kd@0.3")
    #expect(dropped.contains("dropped kd@0.3: ") && dropped.contains(" freed"))
    #expect(shell.session.footprint < before)
    #expect(try shell.output(of: "prune kd").contains("dropped kd@0.5: "))
    #expect(try run("kd", shell).checkpoints.places.map(\.description) == ["@0", "@1", "@2"])
    #expect(try shell.output(of: "prune").contains("nothing to drop"))
    let json = try shell.output(of: "prune kd keep=1")
    #expect(json.contains("kd@0 and kd@1"))
    #expect(try run("kd", shell).checkpoints.places.map(\.description) == ["@2"])
    // The start's weights are the network's own: dropping them frees nothing but the teacher's.
    try shell.run("begin finetune net on=T as ft")
    #expect(try shell.output(of: "drop ft").contains("0 bytes freed"))
  }

  @Test func everyStopIsBounded() throws {
    let shell = try begun()
    _ = shell.problem("repeat 1000 { step kd unit=batch }")
    let states = try run("kd", shell).checkpoints.states
    #expect(states.count(where: { !$0.isBetweenTasks }) <= Checkpoints.stopLimit)
    #expect(states.count(where: \.isBetweenTasks) == 3)
  }

  @Test func runsWhoseInputsChangedAreMarked() throws {
    let shell = try begun()
    try shell.run(
      "continue kd; tasks signs size=2 as same; define model simplecnn size=16 as other")
    #expect(try !shell.output(of: "status kd; objects; compare").contains("stale"))
    // Made again just as it was: nothing is stale.
    try shell.run("tasks signs size=2 replace=on as T")
    #expect(try !shell.output(of: "objects").contains("stale"))
    for (line, cause) in [
      ("transform signs hflip=off", "'signs' now has another transform"),
      ("tasks signs size=1 replace=on as T", "'T' was replaced by other tasks"),
      ("pretrain net on=same.1 epochs=1", "'net' now has other weights"),
      (
        "load synthetic classes=4 per-class=12 test-per-class=4 size=16 seed=9 replace=on as signs",
        "'signs' now has other images"
      ),
    ] {
      try shell.run(line)
      let digest = try shell.digest("kd")
      let text = try shell.output(of: "status kd; compare; matrix kd; confusion kd; plot accuracy")
      #expect(text.components(separatedBy: cause).count == 6, "\(text)")
      #expect(try shell.output(of: "objects; kd").contains(", stale"))
      #expect(try shell.digest("kd") == digest)
    }
    try shell.run("drop net; drop T")
    #expect(try !shell.output(of: "status kd").contains("'net'"))
  }
}
