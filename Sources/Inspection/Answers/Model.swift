public import Datasets
public import Learning
public import Networks
public import Tensors

/// What classifies images: a network by its first head, or a run or one of its checkpoints as its
/// strategy does.
public struct Model: Sendable {
  private enum Source {
    case network(Network)
    case run(Run, classifier: Int)
  }

  private let source: Source
  /// The classes that it can answer with, task by task: those of the task under way too.
  public let tasks: TaskSequence

  /// - Parameter tasks: The classes that the network's outputs stand for, in order.
  public init(_ network: Network, tasks: TaskSequence) {
    source = .network(network)
    self.tasks = tasks
  }

  /// - Parameter classifier: By which of the strategy's ways of classifying.
  /// - Returns: nil if the run has not begun its first task.
  public init?(_ run: Run, classifier: Int = 0) {
    let begun = run.isBetweenTasks ? run.tasksDone : run.tasksDone + 1
    guard begun > 0 else { return nil }
    source = .run(run, classifier: classifier)
    tasks = run.tasks.through(begun - 1)
  }

  public var network: Network {
    switch source {
    case .network(let network): network
    case .run(let run, _): run.network
    }
  }

  /// Whether a softmax over its scores gives probabilities: scores are logits, or logarithms of
  /// likelihoods. Cosines and a regression's outputs are neither.
  public var givesProbabilities: Bool {
    switch source {
    case .network: true
    case .run(let run, let classifier): [.linear, .gaussian].contains(run.classifiers[classifier])
    }
  }

  /// Why a score is no logit of the network alone, whose gradient could be taken.
  public enum GradientObstacle: Hashable, Sendable {
    /// The head reads several networks together.
    case severalNetworks(Int)
    /// The scores are not those of the network's last layer.
    case classifier(Classifier, others: [Classifier])
  }

  public var gradientObstacle: GradientObstacle? {
    guard case .run(let run, let classifier) = source else { return nil }
    guard run.backbones.count == 1 else { return .severalNetworks(run.backbones.count) }
    let chosen = run.classifiers[classifier]
    return chosen == .linear ? nil : .classifier(chosen, others: run.classifiers)
  }

  /// Whether scores are the network's after a correction of the strategy's own.
  public var correctsScores: Bool {
    if case .run(let run, _) = source { run.correctsScores } else { false }
  }

  /// The output that stands for a class; nil if the model has none yet.
  public func output(of label: Int) -> Int? {
    tasks.tasks.joined().contains(label) ? OutputOrder(tasks).outputs(of: [label])[0] : nil
  }

  /// Outputs of what is written to files: of a run with those of classes to come, which stand for none
  /// yet.
  var writtenOutputs: Int {
    let known = tasks.outputs(through: tasks.count - 1)
    guard case .run(let run, _) = source else { return known }
    return max(known, run.network.architecture.outputs)
  }

  /// The data set with the transform that the model was trained with.
  public func prepared(_ data: DataSet) -> DataSet {
    guard case .run(let run, _) = source else { return data }
    var data = data
    data.transform = run.setup.transform
    return data
  }

  /// The largest wins; [N, outputs so far]. Where the strategy has no score for a class of the task
  /// under way yet, as nearest means have none, it is −∞.
  ///
  /// - Parameters:
  ///   - images: [N, height, width, channels], after the transform.
  ///   - data: The one that the images are of.
  public func scores(_ images: Tensor, _ data: DataSet, on device: Device) -> Tensor {
    switch source {
    case .network(let network): network.logits(images, on: device)[0]
    case .run(let run, let classifier):
      run.scores(images, data, on: device)[classifier]
        .fitted(to: tasks.outputs(through: tasks.count - 1))
    }
  }
}

extension Tensor {
  /// Rows of so many numbers: −∞ where there was none, without those of classes to come; [N, width].
  fileprivate func fitted(to width: Int) -> Tensor {
    let old = shape[1]
    guard old != width else { return self }
    var rows = [Float](repeating: -.infinity, count: shape[0] * width)
    for row in 0..<shape[0] {
      for column in 0..<min(old, width) {
        rows[row * width + column] = elements[row * old + column]
      }
    }
    return Tensor([shape[0], width], rows)
  }
}
