import Datasets
import Networks
import Tensors

/// Deep SLDA (Hayes and Kanan 2020: Lifelong machine learning with deep streaming linear discriminant
/// analysis): the features are frozen after task 1; class means and one covariance are summed up.
struct StreamingLDA: LossStrategy {
  static let description = StrategyDescription(
    name: "slda", idea: "freeze the features after task 1; Gaussian classes of one covariance",
    keeps: "a mean a class, one covariance",
    source: "Hayes and Kanan 2020, Lifelong machine learning with deep streaming LDA",
    formula:
      "score_k = μ_kᵀΛx − ½·μ_kᵀΛμ_k, Λ = ((1−ε)·Σ + ε·I)⁻¹; S += c/(c+1)·(x−μ)(x−μ)ᵀ, Σ = S/n",
    explanation: """
      After the first task the network is frozen and only looks. Each image adds to the mean of \
      its class and to one covariance matrix that all classes share; a class's score follows from \
      these in closed form (linear discriminant analysis). The sums are exact and do not depend on \
      the order of the images, so nothing is forgotten: after the last task the result is the same \
      as if all images had been there at once.

      It is only as good as features learned on the first task are for later ones. No image is \
      kept, but the covariance takes memory too: d² numbers for d features.
      """)

  /// A covariance of more features would take more than 512 MB.
  static let featureLimit = 8192

  let common: CommonOptions
  private let shrinkage: Double
  private(set) var statistics = GaussianClasses()
  private var head = LinearMap(zeros: 0, inputs: 0)

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options)
    shrinkage = options.real(
      "shrinkage", 1e-4, in: 1e-12...1, "ε: Λ is the inverse of (1 − ε)·Σ + ε·I")
  }

  func objection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection? {
    let features = architecture.features
    return architecture.objection(heads: 1)
      ?? (features <= Self.featureLimit
        ? nil : .tooManyFeatures(features, limit: Self.featureLimit))
  }

  /// The classifier is solved for the classes so far; the network's own head stands by.
  func outputs(_ tasks: TaskSequence, through task: Int) -> Int { tasks.outputs(through: task) }

  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> [Stage] {
    let survey = Stage.surveyOfClasses(evaluates: true)
    guard experience.task == 0 else {
      learner.growHeads(to: experience.outputs, experience)
      return [survey]
    }
    prepare(experience, &learner)
    statistics = GaussianClasses(features: learner.network.architecture.features)
    var learning = common.learning
    learning.evaluates = false
    return [learning, survey]
  }

  func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int] {
    stage.purpose == .survey ? experience.newImagesByClass : experience.newImages
  }

  mutating func survey(_ batch: Minibatch, _ experience: Experience, _ learner: inout Learner) {
    guard let first = batch.images.first,
      let position = experience.classes.firstIndex(of: experience.data.train.labels[first])
    else { return }
    statistics.add(
      experience.features(batch.images, of: [learner.network]), of: position, on: experience.device)
  }

  mutating func end(_ stage: Stage, _ experience: Experience, _ learner: inout Learner) {
    guard stage.purpose == .survey else { return }
    head = statistics.discriminant(
      shrinkage: shrinkage, classes: experience.classes.count, on: experience.device)
  }

  var classifiers: [Classifier] { [.gaussian] }

  func scores(_ images: Tensor, _ experience: Experience, _ learner: Learner) -> [Tensor] {
    let features = learner.network.features(images, on: experience.device)
    return [experience.outputScores(head.outputs(features, on: experience.device))]
  }

  func keptBytes(_ learner: Learner) -> Int? {
    8 * (SymmetricMatrix.count(order: statistics.features) + statistics.means.count)
      + 4 * (head.weights.count + head.bias.count)
  }

  func isPlausible(_ learner: Learner, _ tasks: TaskSequence) -> Bool {
    let width = learner.network.architecture.features
    let classes = tasks.tasks.joined().count
    return statistics.isPlausible(features: width, classes: classes)
      && head.outputs <= classes && (head.outputs == 0 || head.inputs == width)
      && head.weights.count == head.inputs * head.outputs
  }
}
