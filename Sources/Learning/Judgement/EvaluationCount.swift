public import Datasets
public import Metrics
public import Networks
import Randomness
public import Tensors

/// Test images classified so far, by each of a strategy's classifiers.
public struct EvaluationCount: Codable, Hashable, Sendable {
  /// Images a call classifies.
  public static let piece = 256

  /// What one classifier said.
  private struct Tally: Codable, Hashable, Sendable {
    /// [true class][predicted class], by position among the outputs.
    var confusion: [[Int]]
    /// Images of each class that are right when only the outputs of their own task compete.
    var rightInTask: [Int]

    /// A count that comes from a file may have fewer columns than there are outputs.
    mutating func makeRoom(for column: Int) {
      for row in confusion.indices where confusion[row].count <= column {
        confusion[row] += repeatElement(0, count: column + 1 - confusion[row].count)
      }
    }
  }

  private var tallies: [Tally] = []
  public private(set) var done = 0

  public init() {}

  /// Classifies the next images of the tasks' classes.
  ///
  /// - Parameters:
  ///   - tasks: In the order of the outputs.
  ///   - scores: Of transformed images, for every classifier [N, outputs].
  /// - Returns: The number of images there are.
  public mutating func advance(
    _ data: DataSet, split: DataSet.Split = .test, tasks: TaskSequence, on device: Device,
    scores: (_ images: Tensor) -> [Tensor]
  ) -> Int {
    let classes = tasks.classes(through: tasks.count - 1)
    let images = data[split].indices(of: classes)
    let piece = images[done..<min(done + Self.piece, images.count)]
    if piece.isEmpty { return images.count }
    let batch = data.batch(
      piece, of: split, random: RandomStream(seed: 0), on: device.pool)
    let order = OutputOrder(tasks)
    for (classifier, scores) in scores(batch.images).enumerated() {
      if classifier == tallies.count {
        let columns = max(classes.count, scores.shape[1])
        tallies.append(
          Tally(
            confusion: classes.map { _ in Array(repeating: 0, count: columns) },
            rightInTask: classes.map { _ in 0 }))
      }
      let width = scores.shape[1]
      for (image, label) in batch.labels.enumerated() {
        let row = scores.elements[image * width..<(image + 1) * width]
        let truth = order.position(of: label)
        let prediction = order.prediction(row, for: label)
        tallies[classifier].makeRoom(for: prediction)
        tallies[classifier].confusion[truth][prediction] += 1
        if order.isRightInTask(row, for: label) { tallies[classifier].rightInTask[truth] += 1 }
      }
    }
    done += piece.count
    return images.count
  }

  /// For every classifier what was counted; zeros where there was no image.
  public func results(tasks: TaskSequence, classifiers: Int = 1) -> [Evaluation] {
    let classes = tasks.classes(through: tasks.count - 1)
    let zeros = classes.map { _ in 0 }
    return (0..<classifiers).map { classifier in
      tallies.indices.contains(classifier)
        ? Evaluation(
          classes: classes, confusion: tallies[classifier].confusion,
          rightInTask: tallies[classifier].rightInTask)
        : Evaluation(classes: classes, confusion: classes.map { _ in zeros }, rightInTask: zeros)
    }
  }

  /// Whether a count that was decoded is one of so many images, classes and classifiers.
  func fits(images: Int, classes: Int, classifiers: Int) -> Bool {
    (0...images).contains(done) && tallies.count <= classifiers
      && tallies.allSatisfy { tally in
        tally.confusion.count == classes && tally.rightInTask.count == classes
          && tally.rightInTask.allSatisfy(Self.range.contains)
          && tally.confusion.allSatisfy {
            $0.count >= classes && $0.allSatisfy(Self.range.contains)
          }
      }
  }

  private static let range = 0..<1 << 32
}
