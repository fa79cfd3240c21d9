import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// Elastic weight consolidation, online: cross-entropy + λ/2·Σ F·(θ − θ*)² (Kirkpatrick et al. 2017,
/// equation 3), F ← γ·F + F_new (Schwarz et al. 2018, section 4).
struct ElasticWeightConsolidationFormulaTests {
  /// Mean over the images of Σ_c p_c·(∂log p_c/∂θ)², p being the softmax over `rivals`.
  private func fisher(
    _ layer: PlainLinear, _ images: [[Double]], among rivals: Range<Int>
  ) -> [Double] {
    var sum = [Double](repeating: 0, count: layer.weights.count)
    for x in images {
      let p = plainSoftmax(Array(layer(x)[rivals]))
      for label in p.indices {
        var slopes = [Double](repeating: 0, count: layer.outputs)
        for place in p.indices {
          slopes[rivals.lowerBound + place] = (place == label ? 1 : 0) - p[place]
        }
        for (j, slope) in layer.gradient([x], [slopes]).enumerated() {
          sum[j] += p[label] * slope * slope / Double(images.count)
        }
      }
    }
    return sum
  }

  @Test(
    arguments: [1, 0.3],
    [
      (scenario: Scenario.classIncremental, hasAllOutputs: false),
      (scenario: .domainIncremental, hasAllOutputs: false),
      (scenario: .classIncremental, hasAllOutputs: true),
    ])
  func stepIsTheFormula(decay: Double, setting: (scenario: Scenario, hasAllOutputs: Bool)) throws {
    let strength = 30.0
    var course = try FollowedRun(
      "ewc",
      [
        "strength": .real(strength), "decay": .real(decay), "rivals": .choice("all"),
        "epochs": .integer(3),
      ], scenario: setting.scenario, hasAllOutputs: setting.hasAllOutputs)
    try course.expectSprings(strength: strength / 2, least: 1e-3) { old, _, layer, images in
      zip(old, fisher(layer, images, among: 0..<layer.outputs)).map { decay * $0 + $1 }
    }
  }

  /// Where a task's own outputs alone compete, its importances are of these.
  @Test(arguments: [("new", Scenario.classIncremental), ("all", .taskIncremental)])
  func ownOutputsAloneCompete(rivals: String, scenario: Scenario) throws {
    let (strength, decay) = (10.0, 0.3)
    var course = try FollowedRun(
      "ewc",
      [
        "strength": .real(strength), "rivals": .choice(rivals), "weight-decay": .real(decay),
        "epochs": .integer(3),
      ], scenario: scenario)
    func own(_ task: Int) -> Range<Int> { 2 * task..<2 * task + 2 }
    try course.expectSprings(strength: strength / 2, least: 1e-4, decay: decay, among: own) {
      old, task, layer, images in
      zip(old, fisher(layer, images, among: own(task))).map { $0 + $1 }
    }
  }

  /// With a spring for each task: λ/2·Σ_k Σ_j F_kj·(θ_j − θ_kj)², but for what does not depend on θ.
  @Test func eachTaskHoldsWhereItLeft() throws {
    let strength = 30.0
    var course = try FollowedRun(
      "ewc",
      [
        "strength": .real(strength), "rivals": .choice("all"), "anchors": .choice("each"),
        "epochs": .integer(3),
      ])
    var springs: [(fisher: [Double], anchor: [Double])] = []
    for task in 0..<3 {
      try course.beginTask()
      let layer = PlainLinear(course.run.network)
      springs = springs.map { (layer.grown($0.fisher), layer.grown($0.anchor)) }
      let images = course.images(ofTask: task)
      func stretched(_ weights: [Double]) -> Double {
        springs.reduce(0) { sum, spring in
          weights.indices.reduce(sum) {
            let away = weights[$1] - spring.anchor[$1]
            return $0 + strength / 2 * spring.fisher[$1] * away * away
          }
        }
      }
      // Where all of them together pull nowhere: the least that they can be stretched.
      let rest = layer.weights.indices.map { j in
        let sum = springs.reduce(0) { $0 + $1.fisher[j] }
        return sum == 0
          ? 0 : springs.reduce(0) { $0 + $1.fisher[j] * $1.anchor[j] } / sum
      }
      for _ in 0..<3 {
        try course.expectStep(
          images,
          penalty: { weights in
            let gradient = weights.indices.map { j in
              springs.reduce(0) { $0 + strength * $1.fisher[j] * (weights[j] - $1.anchor[j]) }
            }
            return (stretched(weights) - stretched(rest), gradient)
          }
        ) { [course] in course.crossEntropy(images, $0) }
      }
      try course.endTask()
      let now = PlainLinear(course.run.network)
      springs.append((fisher(now, course.pixels(images), among: 0..<now.outputs), now.weights))
    }
  }

  /// A product of two matrices where all layers are linear, image by image elsewhere: both are the
  /// sum over images and classes of p·g².
  @Test(arguments: [true, false], [nil, 1..<4])
  func importanceIsThatOfEveryImage(isPerceptron: Bool, rivals: Range<Int>?) throws {
    let network: Network
    if isPerceptron {
      let architecture = try Architecture.perceptron(
        [7, 5], input: .image(height: 16, width: 16, channels: 3), outputs: 6)
      network = Network(architecture, initialization: .pytorch, random: RandomStream(seed: 5))
    } else {
      var convolutional = try SmallSigns.network(isPlain: true)
      convolutional.replaceHeads(outputs: 6, random: RandomStream(seed: 2))
      network = convolutional
    }
    #expect(network.architecture.isPerceptron == isPerceptron)
    let images = try SmallSigns.data().batch(0..<11, of: .train, random: RandomStream(seed: 0))
      .images
    var expected = [Double](repeating: 0, count: network.weights.count)
    for image in 0..<11 {
      let alone = Tensor(
        [1, 16, 16, 3], Array(images.elements[image * 768..<(image + 1) * 768]))
      let logits = network.logits(alone, on: FollowedRun.device)[0].elements.map(Double.init)
      let competing = rivals ?? 0..<6
      let p = plainSoftmax(Array(logits[competing]))
      for label in p.indices {
        var gradient = Block(zeros: network.weights.count)
        _ = network.evaluationPass(alone, on: FollowedRun.device, into: &gradient) { _ in
          var slopes = Tensor(zeros: [1, 6])
          for i in p.indices {
            slopes.elements[competing.lowerBound + i] = Float((i == label ? 1 : 0) - p[i])
          }
          return OutputLoss([Loss(value: 0, gradient: slopes)])
        }
        for j in expected.indices {
          expected[j] += p[label] * Double(gradient.elements[j]) * Double(gradient.elements[j])
        }
      }
    }
    let found = network.fisherSum(images, among: rivals, on: FollowedRun.device)
    expectNear(found.elements.map(Double.init), expected, "the importances")
  }

  /// Of fewer images the mean is over those that were drawn.
  @Test func importanceIsTheMeanOverTheImagesDrawn() throws {
    let strength = 30.0
    var course = try FollowedRun(
      "ewc",
      [
        "strength": .real(strength), "fisher-images": .integer(2), "rivals": .choice("all"),
        "epochs": .integer(2),
      ])
    try course.beginTask()
    try course.endTask()
    let old = PlainLinear(course.run.network)
    try course.beginTask()
    let images = course.images(ofTask: 1)
    _ = try course.train()
    let before = PlainLinear(course.run.network)
    _ = try course.train()
    let x = course.pixels(images)
    let loss = course.crossEntropy(images, x.map { before($0) })
    let slope = before.gradient(x, loss.slopes)
    let away = zip(before.weights, before.grown(old.weights)).map { $0 - $1 }
    let matches = course.images(ofTask: 0).choices(of: 2).filter { drawn in
      let importance = before.grown(fisher(old, course.pixels(drawn), among: 0..<2))
      let gradient = slope.indices.map { slope[$0] + strength * importance[$0] * away[$0] }
      let after = before.stepped(along: gradient, rate: FollowedRun.rate)
      return deviation(course.weights, from: after.weights) == nil
    }
    #expect(matches.count == 1)
  }

  /// The first head's answers are held; a second head is free.
  @Test func importanceIsOfTheFirstHead() throws {
    let course = try FollowedRun("der-cnn", heads: 2)
    let network = course.run.network
    let batch = course.data.batch(0..<9, of: .train, random: RandomStream(seed: 0)).images
    let found = network.fisherSum(batch, on: FollowedRun.device)
    let first = fisher(PlainLinear(network), course.pixels(Array(0..<9)), among: 0..<2)
    let expected = first.map { 9 * $0 } + [Double](repeating: 0, count: 14)
    expectNear(found.elements.map(Double.init), expected, "the importances")
  }

  /// Where but some outputs compete, importances are of those.
  @Test func importanceIsOfTheRivals() throws {
    let course = try FollowedRun("joint", ["once": .flag(true)])
    var network = course.run.network
    network.replaceHeads(outputs: 6, random: RandomStream(seed: 2))
    let batch = course.data.batch(0..<9, of: .train, random: RandomStream(seed: 0)).images
    let found = network.fisherSum(batch, among: 2..<5, on: FollowedRun.device)
    let expected = fisher(
      PlainLinear(network), course.pixels(Array(0..<9)), among: 2..<5
    ).map { 9 * $0 }
    expectNear(found.elements.map(Double.init), expected, "the importances")
    #expect(expected[..<12].allSatisfy { $0 == 0 } && expected[12..<30].allSatisfy { $0 > 0 })
  }
}
