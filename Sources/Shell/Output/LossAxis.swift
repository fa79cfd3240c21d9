import Learning
import Tensors

/// `x=` of `plot loss`: what training is measured in.
enum LossAxis: String, CaseIterable, Sendable {
  case batch
  case epoch
  case task

  var summary: String {
    switch self {
    case .batch: "a batch is as wide as any other"
    case .epoch: "an epoch is as wide as any other, counted through all tasks"
    case .task: "a task is as wide as any other, however many batches it took"
    }
  }

  var label: String {
    switch self {
    case .batch: "Batch"
    case .epoch: "Epochs trained, through all tasks"
    case .task: "Tasks learned (each as wide as any other)"
    }
  }

  /// Batches, but where one run takes more than three times as many as another: it would press the
  /// other's curve together.
  static func suiting(_ histories: [History]) -> LossAxis {
    let counts = histories.map(\.steps).filter { $0 > 0 }
    guard let least = counts.min(), let most = counts.max() else { return .batch }
    return most > 3 * least ? .task : .batch
  }
}
