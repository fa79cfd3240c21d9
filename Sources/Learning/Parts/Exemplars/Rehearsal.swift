import Datasets
import Networks
import Randomness
import Tensors

/// What strategies with a memory of old images share: which images it keeps, how they come into
/// the batches, and the nearest-mean classifier that they make.
struct Rehearsal: Codable, Hashable, Sendable {
  /// Which images of the stream are kept.
  enum Policy: String, CaseIterable, Codable, Hashable, Sendable {
    /// As many of every class, drawn when its task is over.
    case random
    /// As many of every class, their mean feature nearest to the class's (iCaRL).
    case herding
    /// Every image of the stream with the same probability (Vitter 1985).
    case reservoir
    /// The last images of the stream, in which every image comes once: a task's images come by in
    /// every epoch, and are taken in from the last one.
    case fifo

    /// Whether exemplars are chosen class by class when a task is over.
    var isPerClass: Bool { self == .random || self == .herding }
  }

  static let memory = StrategyOption.integer(
    "memory", 200, in: 1...1_000_000, "exemplars in all, of all classes so far")
  static let replay = StrategyOption.integer(
    "replay", 0, in: 0...8192,
    "exemplars added to each batch of new images; 0 mixes the memory into the epoch instead")

  static func policy(_ standard: Policy) -> StrategyOption {
    .choice(
      "policy", standard.rawValue, of: Policy.allCases.map(\.rawValue),
      "which images are kept: random or herding (balanced), reservoir, or fifo (the last)")
  }

  /// The options of a strategy with a memory.
  static func options(policy: Policy, replay count: Int) -> [StrategyOption] {
    [memory, Self.policy(policy), replay.defaulting(to: .integer(count))]
  }

  /// The same for a strategy that needs exemplars in every batch.
  static func options(policy: Policy, alwaysReplay count: Int) -> [StrategyOption] {
    [
      memory, Self.policy(policy),
      .integer(replay.name, count, in: 1...8192, "exemplars added to each batch of new images"),
    ]
  }

  let capacity: Int
  let policy: Policy
  /// Exemplars that join a batch; 0 if the memory is part of the epoch.
  let perBatch: Int
  private(set) var means = NearestMean()
  private var reservoir: Reservoir
  /// For fifo, the exemplars in the order of their arrival.
  private var arrivals: [Int] = []
  /// What a memory that follows the stream held when the task began, if it is part of the epoch: it
  /// changes while an epoch passes, and what the epoch goes through must not.
  private var mixed: [Int]?

  /// - Parameter policy: For a strategy that has no such option.
  init(_ options: OptionValues, policy: Policy? = nil) {
    capacity = options[integer: Self.memory]
    self.policy =
      policy ?? Policy(rawValue: options[choice: Self.policy(.random)]) ?? .random
    perBatch = options[integer: Self.replay.name] ?? 0
    reservoir = Reservoir(capacity: capacity)
  }

  /// Learning a task, then choosing its exemplars, then testing.
  ///
  /// - Parameter memory: As it is when the task begins.
  mutating func stages(learning: Stage, with memory: Memory) -> [Stage] {
    guard policy.isPerClass else {
      mixed = perBatch == 0 ? memory.images : nil
      return [learning]
    }
    var learning = learning
    learning.evaluates = false
    return [learning, .surveyOfClasses(evaluates: true)]
  }

  /// What an epoch goes through.
  func images(for stage: Stage, _ lesson: Lesson, _ memory: Memory) -> [Int] {
    if stage.purpose == .survey { return lesson.newImagesByClass }
    return lesson.newImages + (perBatch == 0 ? mixed ?? memory.images : [])
  }

  /// Images besides the exemplars.
  var keptImages: [Int] { mixed ?? [] }

  /// The images of a batch with the exemplars that join it.
  func images(of batch: Minibatch, _ memory: Memory) -> [Int] {
    batch.images + memory.sample(perBatch, random: batch.random.stream("replay"))
  }

  /// Looks at a batch of the stream after it was learned: reservoir and fifo take from it. A task's
  /// images come by in every epoch, and count once: in the last.
  ///
  /// - Returns: The images that were taken in.
  @discardableResult
  mutating func observe(_ batch: Minibatch, _ lesson: Lesson, _ memory: inout Memory) -> [Int] {
    guard batch.epoch == batch.stage.epochs - 1 else { return [] }
    return take(batch.images, lesson, &memory, random: batch.random.stream("memory"))
  }

  /// Looks at the images of the stream that were kept from training.
  mutating func observe(heldOut images: [Int], _ lesson: Lesson, _ memory: inout Memory) {
    _ = take(images, lesson, &memory, random: lesson.stream("hold-out").stream("memory"))
  }

  /// Takes images in as the policy says. Exemplars among them are no news.
  private mutating func take(
    _ images: [Int], _ lesson: Lesson, _ memory: inout Memory, random: RandomStream
  ) -> [Int] {
    guard !policy.isPerClass else { return [] }
    var random = random
    var kept = Set(memory.images)
    var taken: [Int] = []
    for image in images {
      let label = lesson.data.train.labels[image]
      guard lesson.newClasses.contains(label), !kept.contains(image) else { continue }
      let choice =
        policy == .fifo
        ? oldest(memory) : reservoir.next(count: memory.count, random: &random)
      switch choice {
      case .pass: continue
      case .append: break
      case .replace(let place):
        kept.remove(memory.images[place])
        memory.remove(at: place)
      }
      memory.append(image, of: label)
      kept.insert(image)
      taken.append(image)
      if policy == .fifo { arrivals = arrivals.filter(kept.contains) + [image] }
    }
    return taken.filter(kept.contains)
  }

  private func oldest(_ memory: Memory) -> Reservoir.Choice {
    guard memory.count >= capacity else { return .append }
    return .replace(arrivals.first.flatMap { memory.images.firstIndex(of: $0) } ?? 0)
  }

  /// Chooses the exemplars of one class, and lets the others give way.
  ///
  /// - Parameters:
  ///   - images: All of the class.
  ///   - features: Of training images without their random transforms, [N, d].
  func choose(
    _ images: [Int], _ lesson: Lesson, _ memory: inout Memory,
    features: (_ images: [Int]) -> Tensor
  ) {
    guard let first = images.first else { return }
    let share = capacity / lesson.classes.count
    let label = lesson.data.train.labels[first]
    memory.shrink(perClass: share)
    switch policy {
    case .herding:
      let order = herding(features(images).normalizedRows(), count: share)
      memory.set(order.map { images[$0] }, of: label)
    case .random, .reservoir, .fifo:
      var random = lesson.stream("exemplars").stream(label)
      memory.set(random.sample(share, from: images), of: label)
    }
  }

  /// Computes the means of all classes so far anew, when the features have changed.
  mutating func refresh(
    _ lesson: Lesson, _ memory: Memory, features: (_ images: [Int]) -> Tensor
  ) {
    means = lesson.nearestMean(of: memory, features: features)
  }

  func isPlausible(_ learner: Learner, _ setting: StrategySetting, features: Int) -> Bool {
    let classes = setting.tasks.classes(through: setting.tasks.count - 1).count
    return reservoir.isPlausible && means.isPlausible(classes: classes, width: features)
  }
}

extension Reservoir {
  var isPlausible: Bool { capacity > 0 && (0..<1 << 40).contains(seen) }
}
