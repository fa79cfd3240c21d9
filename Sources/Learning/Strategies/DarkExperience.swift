import Datasets
import Networks
import Randomness
import Tensors

/// Dark experience replay, DER++ (Buzzega et al. 2020): exemplars are kept with the answers that the
/// network once gave.
struct DarkExperience: RehearsalStrategy {
  static let description = StrategyDescription(
    name: "dark", idea: "replay exemplars with the logits the network once gave",
    keeps: "exemplars and their logits",
    source: "Buzzega et al. 2020, Dark experience for general continual learning (DER++)",
    formula:
      "CE(z, y), new + α·‖z(x′) − z′‖²/K, exemplars + β·CE(z(x″), y″), other exemplars; K: all "
      + "classes, those to come among them",
    explanation: """
      With each exemplar its logits are stored as they were when it was taken in. Replaying asks \
      the network to give the same answer again, not only the same class: how sure it was and what \
      else it thought likely is knowledge too (dark knowledge). A second, independent draw of \
      exemplars is replayed with its labels. No copy of an old network is needed.

      The head has an output for every class from the beginning, those to come among them, as in \
      the paper's program: all of them compete, and an exemplar keeps its logits for all. What it \
      said of a class to come, that it is not that, goes on to be asked for when the class has \
      come, so that new classes do not win old images. The number of classes has to be known in \
      advance.

      Not to be taken for 'der', dynamically expandable representation.
      """)

  let common: CommonOptions
  private let alpha: Float
  private let beta: Float
  var rehearsal: Rehearsal
  private(set) var answers = StoredLogits()

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options, batch: 32)
    rehearsal = Rehearsal(&options, policy: .reservoir, isFixed: true, replay: .always)
    alpha = options.float("alpha", 0.1, in: 0...1000, "weight α of the stored answers")
    beta = options.float(
      "beta", 0.5, in: 0...1000, "weight β of the exemplars' labels; 0 is DER without ++")
  }

  /// Those of the classes to come from the beginning.
  func outputs(_ tasks: TaskSequence, through task: Int) -> Int {
    tasks.outputs(through: tasks.count - 1)
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    let draw = batch.random.stream("replay")
    let dark = learner.memory.sample(rehearsal.perBatch, random: draw.stream(0))
    let plain = learner.memory.sample(rehearsal.perBatch, random: draw.stream(1))
    let images = experience.batch(batch.images + dark + plain, random: batch.random)
    let (new, old) = (batch.images.count, batch.images.count + dark.count)
    var fresh = Tensor(zeros: [0, 1])
    let result = learner.step(images, at: batch.moment, in: experience) { outputs in
      let z = outputs.logits[0]
      fresh = z.rows(0..<new)
      let current = common.crossEntropy(fresh, Array(images.labels[..<new]), experience)
      guard !dark.isEmpty else { return OutputLoss([current]) }
      let kept = alpha * answers.distance(of: z.rows(new..<old), dark)
      let labelled =
        beta
        * common.crossEntropy(
          z.rows(old..<images.labels.count), Array(images.labels[old...]), experience)
      return OutputLoss([current.above(kept.above(labelled))])
    }
    let taken = rehearsal.observe(batch, experience, &learner.memory)
    answers.keep(learner.memory.images)
    for image in taken {
      guard let row = batch.images.firstIndex(of: image) else { continue }
      answers.add(fresh.rows(row..<row + 1).elements, of: image)
    }
    return result
  }

  func keptBytes(_ learner: Learner) -> Int? { 4 * answers.logits.count }

  func isPlausible(_ learner: Learner, _ tasks: TaskSequence) -> Bool {
    rehearsal.isPlausible(tasks, features: learner.network.architecture.features)
      && answers.isPlausible(
        images: Set(learner.memory.images), outputs: learner.network.architecture.outputs)
  }
}

/// Logits that were given to images when they were taken in.
struct StoredLogits: Codable, Hashable, Sendable {
  private(set) var images: [Int] = []
  /// How many logits there were for each image.
  private(set) var widths: [Int] = []
  /// Those of all images, one after the other.
  private(set) var logits = Block([])

  /// Lets go of all images but these.
  mutating func keep(_ kept: [Int]) {
    let kept = Set(kept)
    guard !images.allSatisfy(kept.contains) else { return }
    let rows = zip(images, rows).filter { kept.contains($0.0) }
    images = rows.map(\.0)
    widths = rows.map(\.1.count)
    logits = Block(rows.flatMap(\.1))
  }

  /// Stores the logits of an image that has none yet, at least one.
  mutating func add(_ row: [Float], of image: Int) {
    precondition(!row.isEmpty, "an image without logits")
    assert(!images.contains(image), "an image that has logits already")
    images.append(image)
    widths.append(row.count)
    logits.elements += row
  }

  private var rows: [ArraySlice<Float>] {
    var start = 0
    return widths.map { width in
      defer { start += width }
      return logits.elements[start..<start + width]
    }
  }

  /// Mean squared difference from the stored logits: mean over images of the mean over their outputs.
  ///
  /// - Parameter z: [N, outputs], of `wanted`, all of which are stored.
  func distance(of z: Tensor, _ wanted: [Int]) -> Loss {
    let width = z.shape[1]
    let stored = Dictionary(uniqueKeysWithValues: zip(images, rows))
    var loss = Loss(value: 0, gradient: Tensor(zeros: z.shape))
    for (row, image) in wanted.enumerated() {
      guard let old = stored[image], !old.isEmpty else { continue }
      let scale = 1 / (Float(old.count) * Float(wanted.count))
      for (output, value) in old.enumerated() {
        let difference = z.elements[row * width + output] - value
        loss.value += scale * difference * difference
        loss.gradient.elements[row * width + output] = 2 * scale * difference
      }
    }
    return loss
  }

  func isPlausible(images kept: Set<Int>, outputs: Int) -> Bool {
    images.count == widths.count && Set(images).count == images.count
      && images.allSatisfy(kept.contains)
      && widths.allSatisfy { (1...outputs).contains($0) }
      && widths.reduce(0, +) == logits.count
  }
}
