import CommandLanguage
import Foundation
import Shell
import Testing

/// However a run is cut into steps, it ends with the same bits.
struct SteppingTests {
  static let preparation = """
    set seed=5
    load synthetic classes=4 per-class=12 test-per-class=4 size=16 as signs
    transform signs crop=random hflip=on
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool, flatten, dense(8), relu] size=16 as net
    define model dercnn size=16 as two
    """

  static let strategies = [
    "finetune net on=T epochs=3 batch=8", "joint net on=T epochs=2 batch=16",
    "joint net on=T epochs=2 once=on", "rehearsal-kd net on=T epochs=2 memory=6 batch=8",
    "rehearsal-kd net on=T epochs=2 memory=6 weighted=on", "der-cnn two on=T epochs=1 batch=16",
  ]

  @Test(arguments: strategies)
  func stepsOfAnyKindEndAsTheWholeRun(words: String) throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run("run \(words) as whole")
    let digest = try shell.digest("whole")
    for stepping in [
      "repeat 1000 { step unit=batch }", "step unit=task; continue",
      "step 3 unit=batch; step unit=epoch; step 2 unit=batch; continue",
      "step 2 unit=epoch; step 1 unit=batch; continue until=2", "step 1; step 1",
    ] {
      try shell.run("begin \(words) replace=on as stepped")
      // Runs that are finished before the last step say so.
      let error = shell.error(of: stepping)
      if let error { #expect(error.text().contains("finished"), "\(error.text())") }
      #expect(try shell.digest("stepped") == digest, "\(stepping)")
    }
  }

  @Test func threadsDoNotMatter() throws {
    let digests = try [1, 2, 3].map { threads in
      var shell = TestShell { $0.threads = threads }
      try shell.run(Self.preparation)
      try shell.run("pretrain net on=T.1 epochs=2 batch=8")
      try shell.run("run rehearsal-kd net on=T epochs=1 memory=6 as kd")
      return try [shell.digest("signs"), shell.digest("net"), shell.digest("kd")]
    }
    #expect(digests[1] == digests[0])
    #expect(digests[2] == digests[0])
  }

  @Test func stepMeansTheRunThatWasSteppedLast() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run("begin finetune net on=T epochs=1 as a; begin finetune net on=T epochs=1 as b")
    let before = try shell.digest("b")
    try shell.run("step a unit=batch; step unit=epoch; continue")
    #expect(try shell.digest("b") == before)
    #expect(try shell.output(of: "status a").contains("2/2 tasks"))
    let problem = shell.error(of: "step")
    #expect(problem?.text().contains("'a' is finished") == true)
  }

  @Test func otherSeedIsAnotherRun() throws {
    let digests = try [1, 2].map { seed in
      var shell = try TestShell(after: Self.preparation)
      try shell.run("run finetune net on=T epochs=1 seed=\(seed) as ft")
      return try shell.digest("ft")
    }
    #expect(digests[0] != digests[1])
  }

  @Test(arguments: strategies)
  func sessionThatIsSavedAndRestoredGoesOn(words: String) throws {
    let folder = try TestFolder()
    let file = folder("half.waymark")
    var first = try TestShell(after: Self.preparation)
    try first.run("begin \(words) as half; step unit=epoch; step 1 unit=batch")
    try first.run("save session \(file)")
    let names = try folder.names()
    #expect(names == ["half.waymark"])
    let saved = try first.state
    var second = TestShell()
    try second.run("restore session \(file)")
    #expect(try second.state.digests == saved.digests)
    #expect(try second.state.settings == saved.settings)
    // What is finished cannot go on, in either.
    let errors = [first.error(of: "continue half"), second.error(of: "continue half")]
    #expect(errors[0]?.text() == errors[1]?.text())
    #expect(try first.digest("half") == second.digest("half"))
  }

  @Test func savedScriptDoesTheSameAgain() throws {
    let folder = try TestFolder()
    var first = try TestShell(after: Self.preparation)
    try first.run("for i in 1..2 { run finetune net on=T epochs=$i as ft$i }")
    try first.run("pretrain net on=T.1 epochs=1; drop T; save script \(folder("all.way"))")
    var second = TestShell()
    try second.run("source \(folder("all.way"))")
    #expect(try second.state.digests == first.state.digests)
  }

  @Test func cachedWeightsAreTheTrainedOnes() throws {
    let folder = try TestFolder()
    let pretrain = "pretrain net on=T.1 epochs=1 cache=\(folder("net.safetensors"))"
    let digests = try (0..<2).map { _ in
      var shell = try TestShell(after: Self.preparation)
      try shell.run(pretrain)
      return try shell.digest("net")
    }
    #expect(digests[0] == digests[1])
    var other = try TestShell(after: Self.preparation)
    try other.run("define model layers=[conv(4,3), relu, pool] size=16 replace=on as net")
    let problem = other.error(of: pretrain)
    let text = try #require(problem).text()
    #expect(text.contains("net.safetensors"))
  }

  @Test func stoppedRunIsKeptAndGoesOn() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run("run finetune net on=T epochs=2 batch=8 as whole")
    shell.context.training.isInterrupted = { true }
    let text = try shell.output(of: "run finetune net on=T epochs=2 batch=8 as ft")
    #expect(text.contains("task 1, after 0 batches, in epoch 1"))
    #expect(
      text.contains("stopped at the beginning of task 1 (ft@0): 'continue ft' resumes it"))
    #expect(try shell.digest("ft") != shell.digest("whole"))
    shell.context.training.isInterrupted = { false }
    try shell.run("continue ft")
    #expect(try shell.digest("ft") == shell.digest("whole"))
  }

  /// A place such as ft@0.3 is also said in words: it would be read as a share.
  @Test func placeWhereARunStoppedIsSaidInWords() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run("begin finetune net on=T epochs=2 batch=8 as ft")
    shell.context.stopAfter(4)
    let text = try shell.output(of: "continue ft")
    let place = try #require(text.split(separator: "stopped in task 1, after ").last)
    let count = place.prefix { $0.isWholeNumber }
    let name = "ft@0.\(count)"
    let said = "\(count) batches (\(name)): 'continue ft' resumes it"
    #expect(place.hasPrefix(said), "\(text)")
    shell.context.training.isInterrupted = { false }
    try shell.run("continue ft until=1; step ft unit=batch")
    let within = try shell.output(of: "goto \(name)")
    #expect(within.contains("resumes from \(name), in task 1, after \(count) batches"), "\(within)")
    let between = try shell.output(of: "goto ft@1")
    #expect(between.contains("'continue ft' resumes from ft@1\n"), "\(between)")
  }

  @Test(arguments: ["pretrain net on=T.1", "load synthetic classes=43 per-class=200 as more"])
  func stoppedWorkOfOnePieceChangesNothing(line: String) throws {
    var shell = try TestShell(after: Self.preparation)
    let before = try shell.state
    shell.context.training.isInterrupted = { true }
    shell.context.training.isUrgent = { true }
    let problem = shell.error(of: line)
    let text = try #require(problem).text()
    #expect(text.contains("stopped"))
    #expect(try shell.state == before)
  }
}
