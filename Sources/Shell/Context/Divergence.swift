import CommandLanguage
import Learning
import Networks
import Tensors

/// The end of a training whose numbers grew beyond all bounds.
struct Divergence: Error {
  /// What diverged, where, and what to try.
  var failure: Failure

  /// - Parameter run: As it is after the event.
  /// - Returns: nil if the event has only finite numbers.
  init?(of run: Run, _ label: String, at event: Event) {
    let found: String
    switch event {
    case .batchTrained(let batch):
      guard !batch.loss.isFinite else { return nil }
      let epoch = batch.purpose == .balance ? "balancing epoch" : "epoch"
      found =
        "its loss in task \(batch.position.task + 1), \(epoch) \(batch.position.epoch + 1), "
        + "batch \(batch.position.batch + 1) is no longer a finite number (\(batch.loss.isNaN ? "NaN" : "infinite"))"
    case .epochEnded(let record):
      // Layers such as ReLU may hide from the loss what became of the weights before them.
      let network = run.network
      guard
        !network.weights.elements.allSatisfy(\.isFinite)
          || !network.statistics.elements.allSatisfy(\.isFinite)
      else { return nil }
      found =
        "after task \(record.task + 1), epoch \(record.epoch + 1), batch \(record.batches) some of "
        + "its weights are no longer finite numbers"
    default: return nil
    }
    failure = Failure("'\(label)' diverged: \(found)", help: Self.advice(for: run), parameter: "")
  }

  /// A tenth of the learning rate, in words.
  private static func advice(for run: Run) -> String {
    let rate: Double? =
      switch run.setup.options.values["lr"] {
      case .real(let value)?: value
      case .integer(let value)?: Double(value)
      default: nil
      }
    guard let rate else { return "try a smaller learning rate" }
    return "try a smaller learning rate: lr=\(shortest(rate / 10)) instead of lr=\(shortest(rate))"
  }

  /// `1` rather than `1.0`.
  private static func shortest(_ number: Double) -> String {
    let text = "\(Float(number))"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
