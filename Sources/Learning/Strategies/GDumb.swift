import Datasets
import Networks
package import Randomness

/// GDumb (Prabhu, Torr and Dokania 2020): sample greedily, learn dumbly.
struct GDumb: Strategy {
  static let description = StrategyDescription(
    name: "gdumb", idea: "keep a balanced memory; train a new network on it alone",
    keeps: "exemplars",
    source: "Prabhu, Torr and Dokania 2020, GDumb: A simple approach that questions our progress",
    formula: "CE(z, y), exemplars only, from fresh weights",
    explanation: """
      While images come by, a memory is kept balanced: a class with less than its share takes in \
      what comes, and the largest class gives way. Whenever the network is asked something, a new \
      one is trained from nothing on the memory alone. Nothing is forgotten because nothing is \
      learned on the way; all that was seen and not kept is wasted.

      It is a yardstick: a method that uses the same memory and does worse is not worth its \
      trouble. The paper trains with CutMix (Yun et al. 2019): in half of the batches each image \
      has a box cut out that shows another one, and both labels count by their areas.
      """)

  private let common: CommonOptions
  private let capacity: Int
  private let mixedShare: Float

  init(_ options: inout OptionReader) {
    common = CommonOptions(
      &options, epochs: 64, over: "the memory", batch: 16, schedule: .oneCycle)
    capacity = options.memory()
    mixedShare = options.float(
      "cutmix", 0, in: 0...1,
      "share of batches in which a box of every image shows another one; the paper has 0.5")
  }

  func objection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection? {
    architecture.objection(heads: 1) ?? tasks.objection(memory: capacity)
  }

  var keepsExemplars: Bool { true }

  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> [Stage] {
    learner.network.initialize(.xavier, random: experience.stream("weights"))
    learner.network.replaceHeads(
      outputs: experience.headOutputs, random: experience.stream("heads"))
    learner.prepare(common.method, common.schedule)
    return [.survey(batchSize: 256, evaluates: false), common.learning]
  }

  func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int] {
    guard stage.purpose == .survey else { return learner.memory.images }
    var images = experience.newImages
    var random = experience.stream("stream")
    random.shuffle(&images)
    return images
  }

  mutating func survey(_ batch: Minibatch, _ experience: Experience, _ learner: inout Learner) {
    var random = batch.random.stream("memory")
    for image in batch.images {
      learner.memory.takeGreedily(
        image, of: experience.data.train.labels[image], capacity: capacity, random: &random)
    }
  }

  mutating func train(
    _ batch: Minibatch, _ experience: Experience, _ learner: inout Learner
  ) -> BatchResult {
    let images = experience.batch(batch.images, random: batch.random)
    var random = batch.random.stream("cutmix")
    guard random.uniform() < mixedShare else {
      return learner.step(images, at: batch.moment, in: experience) {
        OutputLoss([common.crossEntropy($0.logits[0], images.labels, experience)])
      }
    }
    let mixed = images.cutMixed(random: random)
    return learner.step(mixed.batch, at: batch.moment, in: experience) {
      let own = common.crossEntropy($0.logits[0], images.labels, experience)
      let other = common.crossEntropy($0.logits[0], mixed.others, experience)
      return OutputLoss([mixed.share * own + (1 - mixed.share) * other])
    }
  }
}

extension Memory {
  /// Takes an image in if its class has less than capacity / classes seen; if the memory is full, one
  /// of the largest class gives way (algorithm 1 of GDumb).
  package mutating func takeGreedily(
    _ image: Int, of label: Int, capacity: Int, random: inout RandomStream
  ) {
    let known = classes.map(\.label)
    let share = capacity / (known.count + (known.contains(label) ? 0 : 1))
    guard images(of: label).count < share else { return }
    if count >= capacity, let largest = classes.max(by: { $0.images.count < $1.images.count }) {
      var images = largest.images
      images.remove(at: random.index(below: images.count))
      set(images, of: largest.label)
    }
    append(image, of: label)
  }
}
