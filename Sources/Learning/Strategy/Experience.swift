public import Datasets
public import Networks
public import Randomness
import Tensors

/// What a strategy may see of the task under way (an "experience" in Avalanche).
public struct Experience: Sendable {
  public let data: DataSet
  public let tasks: TaskSequence
  /// From 0.
  public let task: Int
  /// The run's stream; strategies name streams of it by purpose and task.
  public let random: RandomStream
  public let device: Device

  /// The classes this task brings.
  public var newClasses: [Int] { tasks.tasks[task] }

  /// All classes so far, in the order in which they were met.
  public var classes: [Int] { tasks.classes(through: task) }

  public var oldClassCount: Int { classes.count - newClasses.count }

  /// This task and those before it.
  public var tasksSoFar: TaskSequence { tasks.through(task) }

  /// The task that follows, if it can be answered already: where tasks share their outputs.
  var nextTask: TaskSequence? {
    guard tasks.scenario == .domainIncremental, task + 1 < tasks.count else { return nil }
    return TaskSequence(tasks: [tasks.tasks[task + 1]], scenario: .domainIncremental)
  }

  /// The outputs of the classes so far.
  public var outputs: Int { tasks.outputs(through: task) }

  /// Those of the tasks before.
  var oldOutputs: Int { task == 0 ? 0 : tasks.outputs(through: task - 1) }

  /// The outputs that the network has now: more than those of the classes so far where the tasks say so.
  public var headOutputs: Int { tasks.headOutputs(during: task) }

  /// All training images of the new classes, by position in the training split.
  public var newImages: [Int] { data.train.indices(of: newClasses) }

  /// The same, class by class in the order of `newClasses`.
  public var newImagesByClass: [Int] { newClasses.flatMap { data.train.indices(of: [$0]) } }

  public var allImages: [Int] { data.train.indices(of: classes) }

  /// A stream of this task's for `purpose`.
  public func stream(_ purpose: String) -> RandomStream { random.stream(purpose).stream(task) }

  /// Images as training sees them, with the outputs of their classes for labels.
  public func batch(_ images: [Int], random: RandomStream) -> Batch {
    var batch = data.batch(
      images, of: .train, training: true, random: random, on: device.pool)
    batch.random = random.stream("network")
    batch.labels = OutputOrder(tasksSoFar).outputs(of: batch.labels)
    return batch
  }

  /// Training images without their random transforms, with the outputs of their classes for labels.
  public func plainBatch(_ images: [Int]) -> Batch {
    var batch = data.batch(images, of: .train, random: RandomStream(seed: 0), on: device.pool)
    batch.labels = OutputOrder(tasksSoFar).outputs(of: batch.labels)
    return batch
  }
}

extension Experience {
  /// The outputs that an image of output `label` is classified among: all so far, or in the
  /// task-incremental scenario those of its own task.
  func rivals(of label: Int) -> Range<Int> {
    let all = 0..<outputs
    guard tasks.scenario == .taskIncremental else { return all }
    return (0...task).lazy.map { tasks.outputs(of: $0) }.first { $0.contains(label) } ?? all
  }

  /// The scores of the classes so far, among which images are classified; [N, outputs].
  ///
  /// - Parameter logits: [N, outputs], or more where a network has outputs for classes to come.
  func scoresSoFar(_ logits: Tensor) -> Tensor {
    logits.shape[1] <= outputs ? logits : logits.columns(0..<outputs)
  }

  /// How many images are classified rightly, judged as the scenario judges test images.
  ///
  /// - Parameters:
  ///   - logits: [N, outputs], or more where a network has outputs for classes to come.
  ///   - labels: N outputs.
  func countRight(_ logits: Tensor, _ labels: [Int]) -> Int {
    let width = logits.shape[1]
    return labels.indices.count { image in
      let row = logits.elements[image * width..<(image + 1) * width]
      return winner(row, among: rivals(of: labels[image])) == labels[image]
    }
  }
}

/// The images of one training step, and the stream that its random parts draw from.
public struct Minibatch: Sendable {
  public let stage: Stage
  /// Positions in the training split.
  public let images: [Int]
  /// Within the stage, from 0.
  public let epoch: Int
  /// Within the epoch, from 0.
  public let number: Int
  /// Batches of a whole epoch.
  public let count: Int
  public let random: RandomStream

  /// What the learning rate depends on.
  public var moment: Moment {
    Moment(
      epoch: epoch, of: stage.epochs(of: count), step: number, of: count, inAll: stage.steps)
  }
}

/// What came of one training step.
public struct BatchResult: Hashable, Sendable {
  public var loss: Float
  /// Images classified rightly before the step.
  public var correct: Int
  public var count: Int
  /// Nil where nothing went down a gradient.
  public var descent: Descent?

  /// The step down the gradient.
  public struct Descent: Hashable, Sendable {
    /// Of the optimizer.
    public var rate: Float
    /// Σ g² over all parameters that learn, as the optimizer is handed the gradient g: with what a
    /// strategy adds to it or takes from it, without weight decay.
    public var squares: Double

    /// ‖g‖₂; nil if it is not a finite number.
    public var norm: Double? {
      let norm = squares.squareRoot()
      return norm.isFinite ? norm : nil
    }
  }
}
