public import Datasets
import Learning
public import Metrics
public import Networks
public import Tensors

/// Classifies all images of some classes, a piece at a time.
public struct Evaluator: Sendable {
  private let data: DataSet
  private let split: DataSet.Split
  private let tasks: TaskSequence
  private var count = EvaluationCount()

  /// - Parameter tasks: Whose classes, in the order of the outputs.
  public init(_ data: DataSet, split: DataSet.Split, tasks: TaskSequence) {
    self.data = data
    self.split = split
    self.tasks = tasks
  }

  /// Images classified so far.
  public var done: Int { count.done }

  /// What was counted so far.
  public var result: Evaluation { count.results(tasks: tasks)[0] }

  /// Classifies the next images.
  ///
  /// - Parameter scores: Of transformed images, [N, outputs].
  /// - Returns: How many images there are.
  public mutating func advance(
    on device: Device, scores: (_ images: Tensor) -> Tensor
  ) -> Int {
    count.advance(data, split: split, tasks: tasks, on: device) { [scores($0)] }
  }
}
