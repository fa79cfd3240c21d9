import Networks
import Randomness
import Tensors
import Testing

/// What training does otherwise than evaluation.
struct TrainingModeTests {
  private static let device = Device(threads: 2)

  private static func network(_ layers: [Layer]) throws -> Network {
    let architecture = try Architecture(
      name: "small", input: .image(height: 6, width: 6, channels: 2), layers: layers,
      heads: [Head(name: "fc", outputs: 3)])
    return Network(architecture, initialization: .pytorch, random: RandomStream(seed: 3))
  }

  private static let normalized: [Layer] = [
    .convolution(name: "conv", outputs: 4, kernel: 3, padding: 1),
    .batchNormalization(name: "bn"), .activation(.relu), .maxPool,
  ]

  private static func images(_ count: Int, seed: UInt64 = 8) -> Tensor {
    var random = RandomStream(seed: seed)
    return Tensor([count, 6, 6, 2], (0..<count * 72).map { _ in random.uniform(in: -1..<1) })
  }

  private func step(
    _ network: inout Network, _ images: Tensor, random: RandomStream = RandomStream(seed: 1)
  ) -> Block {
    var gradient = Block(zeros: network.weights.count)
    let labels = (0..<images.shape[0]).map { $0 % 3 }
    _ = network.trainingPass(images, on: Self.device, random: random, into: &gradient) {
      OutputLoss([crossEntropy($0.logits[0], labels: labels)])
    }
    return gradient
  }

  @Test func onlyTrainingMovesTheStatistics() throws {
    var network = try Self.network(Self.normalized)
    let start = network
    _ = network.logits(Self.images(5), on: Self.device)
    var gradient = Block(zeros: network.weights.count)
    _ = network.evaluationPass(Self.images(5), on: Self.device, into: &gradient) { outputs in
      OutputLoss(outputs.logits.map { crossEntropy($0, labels: [0, 1, 2, 0, 1]) })
    }
    #expect(network == start)
    _ = step(&network, Self.images(5))
    #expect(network.weights == start.weights)
    #expect(network.statistics != start.statistics)
  }

  /// After many steps on one batch the running statistics are that batch's, but for the sample
  /// variance's n/(n − 1), and evaluation gives what training gives.
  @Test func statisticsComeToTheBatchs() throws {
    var network = try Self.network(Self.normalized)
    let images = Self.images(40)
    for _ in 0..<150 { _ = step(&network, images) }
    var logits: [Tensor] = []
    var gradient = Block(zeros: network.weights.count)
    var copy = network
    _ = copy.trainingPass(
      images, on: Self.device, random: RandomStream(seed: 1), into: &gradient
    ) {
      logits = $0.logits
      return OutputLoss([crossEntropy($0.logits[0], labels: (0..<40).map { $0 % 3 })])
    }
    let evaluated = network.logits(images, on: Self.device)[0]
    for (a, b) in zip(evaluated.elements, logits[0].elements) { #expect(abs(a - b) < 2e-3) }
  }

  @Test func normalizedLayersHaveNoBias() throws {
    let network = try Self.network(Self.normalized)
    #expect(
      network.architecture.parameters.map(\.name)
        == ["conv.weight", "bn.weight", "bn.bias", "fc.weight", "fc.bias"])
    #expect(network.architecture.statistics.map(\.name) == ["bn.running_mean", "bn.running_var"])
  }

  @Test(arguments: [Float(0.25), 0.5, 0.9]) func dropoutDropsItsShareAndKeepsTheSum(rate: Float)
    throws
  {
    let network = try Self.network([.flatten, .dropout(rate: rate)])
    let images = Tensor([200, 6, 6, 2], [Float](repeating: 1, count: 200 * 72))
    var copy = network
    var features: [Float] = []
    var gradient = Block(zeros: network.weights.count)
    _ = copy.trainingPass(
      images, on: Self.device, random: RandomStream(seed: 4), into: &gradient
    ) {
      features = $0.features.elements
      return OutputLoss([0 * crossEntropy($0.logits[0], labels: [Int](repeating: 0, count: 200))])
    }
    let dropped = Float(features.count { $0 == 0 }) / Float(features.count)
    #expect(abs(dropped - rate) < 0.02)
    #expect(features.allSatisfy { $0 == 0 || abs($0 - 1 / (1 - rate)) < 1e-6 })
    #expect(network.features(images, on: Self.device).elements.allSatisfy { $0 == 1 })
  }

  @Test func dropoutFollowsFromTheStreamAlone() throws {
    let layers: [Layer] = [
      .convolution(name: "conv", outputs: 4, kernel: 3, padding: 1), .dropout(rate: 0.5),
      .activation(.relu), .flatten, .dense(name: "fc1", outputs: 8), .dropout(rate: 0.3),
    ]
    let start = try Self.network(layers)
    let gradients = [UInt64(1), 1, 2].map { seed -> Block in
      var network = start
      return step(&network, Self.images(11), random: RandomStream(seed: seed))
    }
    #expect(gradients[0] == gradients[1])
    #expect(gradients[0] != gradients[2])
  }

  /// Two layers draw apart: what one of them drops says nothing about the other. A value comes
  /// through where both keep it.
  @Test func layersDropApart() throws {
    var network = try Self.network([.flatten, .dropout(rate: 0.5), .dropout(rate: 0.5)])
    let images = Tensor([100, 6, 6, 2], [Float](repeating: 1, count: 100 * 72))
    var features: [Float] = []
    var gradient = Block(zeros: network.weights.count)
    _ = network.trainingPass(
      images, on: Self.device, random: RandomStream(seed: 4), into: &gradient
    ) {
      features = $0.features.elements
      return OutputLoss([0 * crossEntropy($0.logits[0], labels: [Int](repeating: 0, count: 100))])
    }
    // A quarter if they draw apart, a half or nothing if one mask served both: σ is 0.005.
    let kept = Float(features.count { $0 != 0 }) / Float(features.count)
    #expect(abs(kept - 0.25) < 0.05)
    #expect(features.allSatisfy { $0 == 0 || $0 == 4 })
  }

  /// Neither have two images one mask, nor the batches of two streams.
  @Test func imagesDropApart() throws {
    func masks(_ seed: UInt64) throws -> [[Bool]] {
      var network = try Self.network([.flatten, .dropout(rate: 0.5)])
      var masks: [[Bool]] = []
      var gradient = Block(zeros: network.weights.count)
      _ = network.trainingPass(
        Tensor([20, 6, 6, 2], [Float](repeating: 1, count: 20 * 72)), on: Self.device,
        random: RandomStream(seed: seed), into: &gradient
      ) { outputs in
        masks = (0..<20).map { image in
          outputs.features.elements[image * 72..<(image + 1) * 72].map { $0 != 0 }
        }
        return OutputLoss([
          0 * crossEntropy(outputs.logits[0], labels: [Int](repeating: 0, count: 20))
        ])
      }
      return masks
    }
    #expect(try Set(masks(1) + masks(2)).count == 40)
  }

  /// Nothing flows through what was dropped: with all but nothing kept, hardly a gradient is left.
  @Test func droppedValuesHaveNoGradient() throws {
    var network = try Self.network([
      .flatten, .dense(name: "fc1", outputs: 50), .dropout(rate: 0.999),
    ])
    let gradient = step(&network, Self.images(2))
    let first = network.architecture.parameters[0]
    #expect(gradient.elements[first.range].count { $0 != 0 } <= 3 * 72)
  }

  @Test func scalesAreReadAndPooled() throws {
    let network = try Self.network([
      .convolution(name: "conv1", outputs: 3, kernel: 3, padding: 1),
      .batchNormalization(name: "bn1"), .activation(.relu), .maxPool,
      .convolution(name: "conv2", outputs: 5, kernel: 3, padding: 1), .activation(.relu),
    ])
    #expect(network.architecture.scales == [3, 5])
    let images = Self.images(7)
    let whole = network.features(images, at: [3, 5], side: 3, on: Self.device)
    #expect(whole.shape == [7, 9 * 3 + 9 * 5])
    // The last layer is 3×3: nothing to average, only another order than the features'.
    let last = network.features(images, on: Self.device)
    for image in 0..<7 {
      for pixel in 0..<9 {
        for channel in 0..<5 {
          #expect(
            whole.elements[image * 72 + 27 + pixel * 5 + channel]
              == last.elements[image * 45 + channel * 9 + pixel])
        }
      }
    }
    let means = network.features(images, at: [5], side: 1, on: Self.device)
    for image in 0..<7 {
      for channel in 0..<5 {
        let mean =
          (0..<9).reduce(Float(0)) { $0 + last.elements[image * 45 + channel * 9 + $1] } / 9
        #expect(abs(means.elements[image * 5 + channel] - mean) < 1e-6)
      }
    }
  }

  @Test func cosineHeadGrowsAndKeepsItsSharpness() throws {
    var architecture = try Self.network(Self.normalized).architecture
    architecture.setHeads(.cosine)
    var network = Network(
      architecture, initialization: .pytorch, random: RandomStream(seed: 3))
    let sigma = try #require(network.architecture.parameters.last)
    #expect(sigma.name == "fc.sigma" && network.tensor(sigma).elements == [10])
    network.weights.elements[sigma.range.lowerBound] = 7
    let before = network.logits(Self.images(4), on: Self.device)[0]
    #expect(before.elements.allSatisfy { abs($0) <= 7.0001 })
    network.growHeads(to: 5, random: RandomStream(seed: 4))
    let after = network.logits(Self.images(4), on: Self.device)[0]
    for image in 0..<4 {
      for output in 0..<3 {
        #expect(
          abs(after.elements[image * 5 + output] - before.elements[image * 3 + output]) < 1e-5)
      }
    }
  }

  @Test(
    arguments: [
      ([.residual([])], .notABlock(layer: 0)),
      ([.residual([.residual([.activation(.relu)])])], .notABlock(layer: 0)),
      (
        [.residual([.maxPool])],
        .shapeChanges(
          layer: 0, from: .image(height: 6, width: 6, channels: 2),
          to: .image(height: 3, width: 3, channels: 2))
      ),
      ([.flatten, .dropout(rate: 1)], .rateOutOfRange(layer: 1)),
      ([.flatten, .globalAveragePool], .needsImage(layer: 1)),
    ] as [([Layer], ArchitectureError)])
  func blocksThatCannotBeAreRefused(layers: [Layer], error: ArchitectureError) {
    #expect(throws: error) { try Self.network(layers) }
  }

  /// As torchinfo counts them.
  @Test func summaryCountsBlocksAndNormalization() throws {
    let network = try Self.network([
      .convolution(name: "conv1", outputs: 4, kernel: 3, padding: 1),
      .batchNormalization(name: "bn1"),
      .residual([.convolution(name: "conv2", outputs: 4, kernel: 1, padding: 0)]), .flatten,
    ])
    let summary = Summary(network.architecture, batch: 5)
    #expect(summary.rows.map(\.kind) == ["Conv2d", "BatchNorm2d", "Conv2d", "Linear"])
    #expect(summary.rows.map(\.parameters) == [72, 8, 20, 435])
    #expect(summary.rows.map(\.multiplyAdds) == [72 * 36 * 5, 40, 20 * 36 * 5, 435 * 5])
    #expect(summary.parameters == network.architecture.parameterCount)
  }
}
