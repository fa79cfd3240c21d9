import Datasets
import Networks
import Tensors

/// A strategy that learns with springs on weights, and asks images of a task how strong they have to
/// be when the task is over: what elastic weight consolidation and memory-aware synapses share. They
/// differ in what is asked.
protocol ImportanceStrategy: Strategy {
  /// Ω and θ* of the tasks so far, with their strength.
  var consolidation: Consolidation { get set }

  /// Those of the task that has just been learned.
  var importances: ImportanceSurvey { get set }

  /// Images that are asked at a time.
  static var surveyBatch: Int { get }

  /// Every weight's importance, summed over images.
  ///
  /// - Parameters:
  ///   - images: [N, height, width, channels]
  ///   - rivals: The outputs that compete in the task.
  func importance(
    _ images: Tensor, among rivals: Range<Int>, _ network: Network, on device: Device
  ) -> Block

  /// Whether a weight is held where each task left it, rather than all of it where the last one did.
  var holdsEach: Bool { get }

  /// What the task's importances count in the new ones, and what those of the tasks before it do.
  func shares(_ experience: Experience) -> (new: Float, old: Float)
}

extension ImportanceStrategy {
  var holdsEach: Bool { false }

  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> [Stage] {
    let learning = consolidation.begin(experience, &learner)
    importances.begin(learner)
    // Layers that are products take many images at once.
    let batch = learner.network.architecture.isPerceptron ? 256 : Self.surveyBatch
    return [learning, .survey(batchSize: batch, evaluates: false)]
  }

  func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int] {
    stage.purpose == .survey ? importances.images(experience) : experience.newImages
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    consolidation.train(batch, experience, &learner)
  }

  mutating func survey(_ batch: Minibatch, _ experience: Experience, _ learner: inout Learner) {
    importances.add(
      importance(
        experience.plainBatch(batch.images).images, among: consolidation.rivals.outputs(experience),
        learner.network, on: experience.device))
  }

  mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner) {
    guard stage.purpose == .survey else { return }
    let (new, old) = shares(experience)
    var importance = importances.finish(experience, weight: new)
    if holdsEach { return consolidation.add(importance, besides: old, learner) }
    for i in importance.elements.indices {
      importance.elements[i] += old * consolidation.importance(i)
    }
    consolidation.hold(importance, learner)
  }

  func keptBytes(_ learner: Learner) -> Int? { consolidation.bytes }

  func isPlausible(_ learner: Learner, _ tasks: TaskSequence) -> Bool {
    importances.isPlausible(learner) && consolidation.isPlausible(learner)
  }
}
