import Datasets
import Networks
import System
import Tensors

/// A linear classifier on features that never change, solved exactly from sums over all images so far
/// (Zhuang et al., "ACIL: Analytic Class-Incremental Learning", 2022; McDonnell et al., "RanPAC:
/// Random Projections and Pre-trained Models for Continual Learning", 2023).
struct Analytic: Strategy {
  static let description = StrategyDescription(
    name: "analytic", idea: "frozen features, ridge regression solved exactly from sums",
    keeps: "sums of products of features", source: "Zhuang 2022 (ACIL); McDonnell 2023 (RanPAC)",
    formula:
      "Σ w·‖y − W·f − b‖² / Σ w + λ·‖W‖² over all images so far, f standardized; solved exactly",
    explanation: """
      Nothing is trained: a classifier is computed. Of every image the features f (what comes out \
      of the given network's poolings, frozen, and histograms of its edges) go into two sums, Σ f fᵀ and \
      Σ f yᵀ, and ridge regression follows from the sums alone. Since a sum does not depend on the \
      order of its terms, the result equals the one that saw all classes at once: nothing is \
      forgotten, and no image is kept.

      It costs one pass over the images and memory that grows with the square of the number of \
      features. It is as good as its features: pretrain the network on the first task; for classes \
      that look like nothing seen there the histograms help. With copies=4 and random transforms \
      every image is summed up four times, each time shifted or turned differently.
      """)

  private let ridge: Double
  /// nil if every image weighs 1.
  private let balance: Double?
  private let copies: Int
  private let batch: Int
  private let views: Int
  private let features: ImageFeatures
  /// Until the last task is done.
  private var sums: RidgeSums?
  private var classifier: LinearMap?

  init(_ options: inout OptionReader) {
    ridge = options.real(
      "ridge", 0.03, in: 1e-9...1e6, "what is added to the diagonal of the features' correlations")
    let balance = options.real(
      "balance", 0, in: 0...1,
      "0 weighs every image alike, 1 every class: an image of a class of n weighs n^−balance")
    self.balance = balance > 0 ? balance : nil
    copies = options.integer(
      "copies", 1, in: 1...1000,
      "how often each image is summed up, each time with another random transform")
    batch = options.integer("batch", 256, in: 1...8192, "images at a time")
    let usesNetwork = options.flag(
      "network", true, "read the given network's features, as they are at the start")
    let usesGradients = options.flag("hog", true, "read histograms of oriented gradients")
    features = ImageFeatures(
      gradients: usesGradients ? OrientedGradients() : nil, usesNetwork: usesNetwork)
    views = options.integer(
      "views", 1, in: 1...9, "shifted views of a test image whose scores are averaged")
  }

  func objection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection? {
    let count = features.count(architecture)
    if count == 0 { return .noFeatures }
    return count <= RidgeSums.featureLimit
      ? nil : .tooManyFeatures(count, limit: RidgeSums.featureLimit)
  }

  /// The classifier is solved for the classes so far; the network's own head stands by.
  func outputs(_ tasks: TaskSequence, through task: Int) -> Int { tasks.outputs(through: task) }

  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> [Stage] {
    learner.growHeads(to: experience.outputs, experience)
    var sums = sums ?? RidgeSums(features: features.count(learner.network.architecture))
    sums.grow(classes: experience.outputs)
    self.sums = sums
    return [Stage(.survey, epochs: copies, batchSize: batch, evaluates: true)]
  }

  mutating func survey(_ batch: Minibatch, _ experience: Experience, _ learner: inout Learner) {
    let images = experience.batch(batch.images, random: batch.random)
    let weights = weights(of: batch.images, experience)
    sums?.add(
      features.values(images.images, learner.network, on: experience.device), labels: images.labels,
      weights: weights, on: experience.device.pool)
  }

  /// What images of the task weigh in the sums; nil if all weigh 1.
  private func weights(of images: [Int], _ experience: Experience) -> [Double]? {
    guard let balance else { return nil }
    let labels = experience.data.train.labels
    let weight = Dictionary(
      uniqueKeysWithValues: experience.newClasses.map {
        ($0, pow(Double(experience.data.train.indices(of: [$0]).count), -balance))
      })
    return images.map { weight[labels[$0]] ?? 1 }
  }

  /// There is nothing to train: every batch is surveyed.
  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    survey(batch, experience, &learner)
    return BatchResult(loss: 0, correct: 0, count: batch.images.count)
  }

  mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner) {
    guard let sums else { return }
    var ridge = ridge
    var solution = sums.solution(ridge: ridge, on: experience.device.pool)
    // A ridge below what rounding adds leaves no solution: the next power of ten that does.
    while solution == nil, ridge < 1 {
      ridge *= 10
      solution = sums.solution(ridge: ridge, on: experience.device.pool)
    }
    classifier = solution?.classifier
    if experience.task == experience.tasks.count - 1 { self.sums = nil }
  }

  var classifiers: [Classifier] { [.ridge] }

  func scores(_ images: Tensor, _ experience: Experience, _ learner: Learner) -> [Tensor] {
    guard let classifier, classifier.outputs == experience.outputs else {
      return [Tensor(zeros: [images.shape[0], experience.outputs])]
    }
    // The scores are linear in the features: their mean is the score of the mean.
    var mean = features.values(images, learner.network, on: experience.device)
    for shift in PixelShift.neighbours.prefix(views - 1) {
      let values = features.values(
        images.shifted(by: shift), learner.network, on: experience.device)
      for index in mean.elements.indices { mean.elements[index] += values.elements[index] }
    }
    for index in mean.elements.indices { mean.elements[index] /= Float(views) }
    return [classifier.outputs(mean, on: experience.device)]
  }

  /// The sums, which every further task needs.
  func keptBytes(_ learner: Learner) -> Int? {
    let count = features.count(learner.network.architecture)
    return 8 * (SymmetricMatrix.count(order: count) + count * learner.network.architecture.outputs)
  }

  var sumBytes: Int { 8 * SymmetricMatrix.count(order: sums?.features ?? 0) }

  func isPlausible(_ learner: Learner, _ tasks: TaskSequence) -> Bool {
    let architecture = learner.network.architecture
    let count = features.count(architecture)
    return count > 0
      && sums.map { $0.features == count && $0.classes <= architecture.outputs } != false
      && classifier.map { $0.inputs == count && $0.weights.count == count * $0.outputs } != false
  }
}
