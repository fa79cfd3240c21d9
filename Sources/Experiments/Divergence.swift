public import Learning
import Networks
import Tensors

/// The end of a training whose numbers grew beyond all bounds.
public struct Divergence: Hashable, Sendable {
  public enum Finding: Hashable, Sendable {
    /// The loss of a batch, which is not a number or infinite.
    case loss(Position, Stage.Purpose, isNaN: Bool)
    /// Some of the weights, after an epoch of so many batches: layers such as ReLU may hide from the
    /// loss what became of the weights before them.
    case weights(EpochRecord)
  }

  public var finding: Finding
  /// The run's learning rate, if it has one.
  public var rate: Double?

  /// - Parameter run: As it is after the event.
  /// - Returns: nil if the event has only finite numbers.
  init?(of run: Run, at event: Event) {
    switch event {
    case .batchTrained(let batch):
      guard !batch.loss.isFinite else { return nil }
      finding = .loss(batch.position, batch.purpose, isNaN: batch.loss.isNaN)
    case .epochEnded(let record):
      let network = run.network
      guard
        !network.weights.elements.allSatisfy(\.isFinite)
          || !network.statistics.elements.allSatisfy(\.isFinite)
      else { return nil }
      finding = .weights(record)
    default: return nil
    }
    rate =
      switch run.setup.options.values["lr"] {
      case .real(let value)?: value
      case .integer(let value)?: Double(value)
      default: nil
      }
  }
}
