import Datasets
import Networks
package import Randomness
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

  /// Whether a user says how many exemplars join a batch.
  enum Replay {
    /// 0 unless said otherwise: the memory is mixed into the epoch.
    case optional
    /// 32 unless said otherwise, never 0.
    case always
    /// No: the strategy does something else with its exemplars.
    case never
  }

  /// Exemplars in all; at most, where they are counted by class.
  private let capacity: Int
  /// Exemplars of every class, in place of an equal share of the capacity.
  private let perClass: Int?
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

  /// - Parameter policy: Which a user may change, unless it is fixed.
  init(
    _ options: inout OptionReader, policy: Policy, isFixed: Bool = false, replay: Replay
  ) {
    capacity = options.memory()
    self.policy =
      isFixed
      ? policy
      : options.choice(
        "policy", policy,
        "which images are kept: random or herding (balanced), reservoir, or fifo (the last)")
    // Who follows the stream does not count by class.
    let count =
      isFixed
      ? 0
      : options.integer(
        "per-class", 0, in: 0...100_000,
        "exemplars of every class, instead of memory; 0: all classes so far share the memory")
    perClass = count == 0 ? nil : count
    let summary = "exemplars added to each batch of new images"
    perBatch =
      switch replay {
      case .optional:
        options.integer(
          "replay", 0, in: 0...8192, summary + "; 0 mixes the memory into the epoch instead")
      case .always: options.integer("replay", 32, in: 1...8192, summary)
      case .never: 0
      }
    reservoir = Reservoir(capacity: capacity)
  }

  /// The most exemplars that there will be.
  func capacity(_ tasks: TaskSequence) -> Int {
    perClass.map { $0 * tasks.tasks.joined().count } ?? capacity
  }

  /// Objects to a memory that cannot hold so many exemplars of every class.
  func objection(_ tasks: TaskSequence, atLeast least: Int = 1) -> StrategyObjection? {
    guard let perClass else { return tasks.objection(memory: capacity, perClass: least) }
    if !policy.isPerClass { return .streamCountsNoClasses }
    return perClass < least ? .tooFewOfEachClass(perClass, least: least) : nil
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
  func images(for stage: Stage, _ experience: Experience, _ memory: Memory) -> [Int] {
    if stage.purpose == .survey { return experience.newImagesByClass }
    return experience.newImages + (perBatch == 0 ? mixed ?? memory.images : [])
  }

  /// Images besides the exemplars.
  var keptImages: [Int] { mixed ?? [] }

  /// The images of a batch with the exemplars that join it.
  func images(of batch: Minibatch, _ memory: Memory) -> [Int] {
    batch.images + memory.sample(perBatch, random: batch.random.stream("replay"))
  }

  /// Looks at a batch of the stream after it was learned: reservoir and fifo take from it. A task's
  /// images come by in every epoch, and count once: in the last whole one.
  ///
  /// - Returns: The images that were taken in.
  @discardableResult
  mutating func observe(_ batch: Minibatch, _ experience: Experience, _ memory: inout Memory)
    -> [Int]
  {
    guard batch.epoch == batch.stage.lastWholeEpoch(of: batch.count) else { return [] }
    return take(batch.images, experience, &memory, random: batch.random.stream("memory"))
  }

  /// Looks at the images of the stream that were kept from training.
  mutating func observe(heldOut images: [Int], _ experience: Experience, _ memory: inout Memory) {
    _ = take(images, experience, &memory, random: experience.stream("hold-out").stream("memory"))
  }

  /// Takes images in as the policy says. Exemplars among them are no news.
  private mutating func take(
    _ images: [Int], _ experience: Experience, _ memory: inout Memory, random: RandomStream
  ) -> [Int] {
    guard !policy.isPerClass else { return [] }
    var random = random
    var kept = Set(memory.images)
    var taken: [Int] = []
    for image in images {
      let label = experience.data.train.labels[image]
      guard experience.newClasses.contains(label), !kept.contains(image) else { continue }
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
  ///   - networks: Those whose features the strategy reads.
  func choose(
    _ images: [Int], _ experience: Experience, _ memory: inout Memory, by networks: [Network]
  ) {
    guard let first = images.first else { return }
    let share = perClass ?? capacity / experience.classes.count
    let label = experience.data.train.labels[first]
    memory.shrink(perClass: share)
    switch policy {
    case .herding:
      let features = experience.features(images, of: networks)
      let order = herding(features.normalizedRows(), count: share)
      memory.set(order.map { images[$0] }, of: label)
    case .random, .reservoir, .fifo:
      var random = experience.stream("exemplars").stream(label)
      memory.set(random.sample(share, from: images), of: label)
    }
  }

  /// Computes the means of all classes so far anew when a task is over: the features have changed.
  mutating func refresh(
    after stage: Stage, _ experience: Experience, _ memory: Memory, by networks: [Network]
  ) {
    guard stage.evaluates else { return }
    means = NearestMean(
      experience.classes.map { experience.features(memory.images(of: $0), of: networks) })
  }

  func isPlausible(_ tasks: TaskSequence, features: Int) -> Bool {
    let classes = tasks.tasks.joined().count
    return reservoir.isPlausible && means.isPlausible(classes: classes, width: features)
  }
}

/// Algorithm R (Vitter 1985): after n images of a stream, each of them is in the memory with the same
/// probability.
package struct Reservoir: Codable, Hashable, Sendable {
  package let capacity: Int
  /// Images that have come by.
  package private(set) var seen = 0

  package init(capacity: Int) { self.capacity = capacity }

  /// What is to be done with the next image.
  package enum Choice: Hashable, Sendable {
    case append
    /// The memory's exemplar at this index makes room.
    case replace(Int)
    case pass
  }

  /// - Parameter count: Exemplars that the memory holds.
  package mutating func next(count: Int, random: inout RandomStream) -> Choice {
    defer { seen += 1 }
    guard count >= capacity else { return .append }
    let place = random.index(below: seen + 1)
    return place < capacity ? .replace(place) : .pass
  }

  var isPlausible: Bool { capacity > 0 && (0..<1 << 40).contains(seen) }
}
