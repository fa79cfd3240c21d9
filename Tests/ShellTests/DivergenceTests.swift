import CommandLanguage
import Learning
import Networks
import Sessions
import Shell
import Tensors
import Testing

/// Trainings whose loss is no longer a finite number.
struct DivergenceTests {
  private static let preparation = """
    load synthetic classes=4 per-class=60 test-per-class=6 size=16 as signs
    tasks signs size=2 as T
    define model simplecnn size=16 as net

    """

  /// Diverges within a few batches.
  private static let tooFast = "epochs=8 batch=8 optimizer=sgd lr=10 momentum=0.99"

  @Test func errorSaysWhereAndWhatToTryAndNothingIsChanged() throws {
    var shell = try TestShell(after: Self.preparation)
    let before = try shell.state
    let text = try #require(
      shell.error(of: "run finetune net on=T \(Self.tooFast) as r")?.text())
    for part in ["'r' diverged", "task 1, epoch ", "batch ", "finite", "lr=1 instead of lr=10"] {
      #expect(text.contains(part), "\(text)")
    }
    #expect(try shell.state == before)
  }

  @Test func pretrainingThatDivergesLeavesTheNetworkAsItWas() throws {
    var shell = try TestShell(after: Self.preparation)
    let before = try shell.state
    let words = Self.tooFast.replacing(" momentum=0.99", with: "")
    let text = shell.error(of: "pretrain net on=T.1 \(words)")?.text()
    #expect(text?.contains("'pretraining net' diverged") == true, "\(String(describing: text))")
    #expect(try shell.state == before)
  }

  /// The images of both tasks are too much for a rate at which those of one are not.
  @Test func tasksThatWereLearnedBeforeAreKept() throws {
    var shell = try TestShell(
      after: """
        load synthetic classes=4 per-class=12 size=16 as signs
        tasks signs size=2 as T
        define model simplecnn size=16 as net
        """)
    let text = try #require(
      shell.error(of: "run joint net on=T epochs=2 batch=8 optimizer=sgd lr=2 as r")?.text())
    #expect(text.contains("task 2"), "\(text)")
    #expect(text.contains("kept as it was after task 1 (r@1)"), "\(text)")
    guard case .run(let object)? = shell.context.session["r"] else {
      Issue.record("the run is gone")
      return
    }
    #expect(object.run.tasksDone == 1)
    #expect(object.run.network.weights.elements.allSatisfy { $0.isFinite })
    #expect(object.run.history.losses.elements.allSatisfy { $0.isFinite })
    let commands = shell.context.session.journal.map(\.command).suffix(2)
    #expect(commands.first?.hasPrefix("begin joint net ") == true)
    #expect(commands.last == "continue r until=1")
    // It diverges again, and stays as it is.
    let before = try shell.state
    #expect(shell.error(of: "continue r")?.text().contains("diverged") == true)
    #expect(try shell.state == before)
  }

  @Test func searchLeavesOutWhatDiverges() throws {
    var shell = try TestShell(after: Self.preparation)
    let words = Self.tooFast.replacing("lr=10", with: "lr=[0.01, 10]")
    let output = try shell.output(of: "search finetune net on=T \(words)")
    #expect(output.contains("left out: lr=10: "), "\(output)")
    #expect(output.contains("best: ") && !output.contains("best: run finetune net on=T lr=10"))
    let text = shell.error(of: "search finetune net on=T \(Self.tooFast)")?.text()
    #expect(text?.contains("diverged") == true)
  }
}
