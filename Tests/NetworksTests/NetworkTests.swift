import Networks
import Randomness
import Tensors
import Testing

struct NetworkTests {
  static let image = LayerShape.image(height: 32, width: 32, channels: 3)

  static func network(
    _ preset: Preset, outputs: Int = 8, _ initialization: Initialization = .xavier,
    seed: UInt64 = 1
  ) throws -> Network {
    Network(
      try preset.architecture(input: image, outputs: outputs), initialization: initialization,
      random: RandomStream(seed: seed))
  }

  private func parts(_ network: Network) -> [String: [Float]] {
    let parameters = network.architecture.parameters
    return Dictionary(
      uniqueKeysWithValues: parameters.map { ($0.name, network.tensor($0).elements) })
  }

  private func isHead(_ name: String, of network: Network) -> Bool {
    network.architecture.heads.contains { name == $0.name + ".weight" || name == $0.name + ".bias" }
  }

  @Test(arguments: Preset.all, [9, 16, 40])
  func grownHeadKeepsOldRowsAndTheBody(preset: Preset, outputs: Int) throws {
    let old = try Self.network(preset)
    var grown = old
    grown.growHeads(to: outputs, random: RandomStream(seed: 7))
    #expect(grown.architecture.outputs == outputs)
    #expect(grown.weights.count == grown.architecture.parameterCount)
    let (before, after) = (parts(old), parts(grown))
    for (name, numbers) in before {
      let now = try #require(after[name])
      #expect(Array(now.prefix(numbers.count)) == numbers)
      #expect(isHead(name, of: old) || now.count == numbers.count)
    }
    let features = Float(grown.architecture.features)
    for (name, numbers) in after where isHead(name, of: old) {
      let fresh = numbers.dropFirst(before[name]?.count ?? 0)
      #expect(fresh.count == (outputs - 8) * (name.hasSuffix("bias") ? 1 : Int(features)))
      #expect(fresh.allSatisfy { abs($0) <= 1 / features.squareRoot() })
      #expect(Set(fresh).count > fresh.count / 2)
    }
  }

  @Test(arguments: Preset.all)
  func replacedHeadForgetsOldRowsOnly(preset: Preset) throws {
    let old = try Self.network(preset)
    var new = old
    new.replaceHeads(outputs: 8, random: RandomStream(seed: 7))
    for (name, numbers) in parts(old) {
      let now = try #require(parts(new)[name])
      #expect((now == numbers) != isHead(name, of: old))
    }
  }

  @Test func headMayShrink() throws {
    var network = try Self.network(.simpleCNN)
    let old = parts(network)
    network.growHeads(to: 3, random: RandomStream(seed: 7))
    let row = network.architecture.features
    #expect(parts(network)["fc.weight"] == old["fc.weight"].map { Array($0.prefix(3 * row)) })
    #expect(parts(network)["fc.bias"] == old["fc.bias"].map { Array($0.prefix(3)) })
  }

  @Test(arguments: Preset.all)
  func xavierWeightsFillTheirBoundsAndBiasesAreZero(preset: Preset) throws {
    let network = try Self.network(preset)
    for parameter in network.architecture.parameters {
      let numbers = network.tensor(parameter).elements
      guard parameter.role == .weight else {
        #expect(numbers.allSatisfy { $0 == (parameter.role == .scale ? 1 : 0) })
        continue
      }
      let bound = (6 / Float(parameter.fanIn + parameter.fanOut)).squareRoot()
      expectUniform(numbers, bound: bound)
    }
  }

  @Test(arguments: Preset.all)
  func pytorchWeightsAndBiasesFillTheirBounds(preset: Preset) throws {
    let network = try Self.network(preset, .pytorch)
    for parameter in network.architecture.parameters
    where parameter.role == .weight || parameter.role == .bias {
      expectUniform(
        network.tensor(parameter).elements, bound: 1 / Float(parameter.fanIn).squareRoot())
    }
  }

  /// Mean near 0, variance near bound²/3, nothing outside.
  private func expectUniform(_ numbers: [Float], bound: Float) {
    #expect(numbers.allSatisfy { -bound <= $0 && $0 < bound })
    guard numbers.count >= 500 else { return }
    let count = Double(numbers.count)
    let mean = numbers.reduce(0) { $0 + Double($1) } / count
    let variance = numbers.reduce(0) { $0 + Double($1) * Double($1) } / count
    let expected = Double(bound) * Double(bound) / 3
    #expect(abs(mean) < 5 * (expected / count).squareRoot())
    #expect(abs(variance / expected - 1) < 0.15)
  }

  @Test func seedNamesTheWeights() throws {
    let first = try Self.network(.simpleCNN, seed: 1)
    #expect(try Self.network(.simpleCNN, seed: 1) == first)
    #expect(try Self.network(.simpleCNN, seed: 2).weights != first.weights)
  }

  @Test(arguments: Preset.all)
  func weightsChangedBetweenPassesCount(preset: Preset) throws {
    var network = try Self.network(preset)
    var random = RandomStream(seed: 3)
    let images = Tensor([3, 32, 32, 3], (0..<3 * 3072).map { _ in random.uniform() })
    let device = Device(threads: 2)
    for parameter in network.architecture.parameters {
      let before = network.logits(images, on: device)
      #expect(network.logits(images, on: device) == before)
      network.weights.elements[parameter.range.lowerBound] += 0.5
      let after = network.logits(images, on: device)
      #expect(after == network.logits(images, on: Device(threads: 1)))
      #expect(after != before, "\(parameter.name)")
    }
  }

  @Test func unknownPresetIsNone() throws {
    #expect(Preset.named("alexnet") == nil)
  }

  @Test(
    arguments: [
      ([.dense(name: "a", outputs: 3)], ArchitectureError.needsVector(layer: 0)),
      ([.normalize], .needsVector(layer: 0)), ([.flatten, .maxPool], .needsImage(layer: 1)),
      (
        [.flatten, .convolution(name: "a", outputs: 2, kernel: 3, padding: 1)],
        .needsImage(layer: 1)
      ),
      (
        Array(repeating: .maxPool, count: 6), .imageTooSmall(layer: 5, height: 1, width: 1)
      ),
      (
        [.convolution(name: "a", outputs: 2, kernel: 33, padding: 0)],
        .imageTooSmall(layer: 0, height: 32, width: 32)
      ),
      (
        [.convolution(name: "a", outputs: 2, kernel: 3, padding: 3)],
        .paddingTooLarge(layer: 0)
      ),
      ([.convolution(name: "a", outputs: 0, kernel: 3, padding: 1)], .notPositive(layer: 0)),
      ([.flatten, .dense(name: "a", outputs: 0)], .notPositive(layer: 1)),
    ] as [([Layer], ArchitectureError)])
  func layersThatDoNotFitAreNamed(layers: [Layer], error: ArchitectureError) {
    #expect(throws: error) {
      try Architecture(
        name: "wrong", input: Self.image, layers: layers, heads: [Head(name: "fc", outputs: 2)])
    }
  }

  @Test func networkWithTooManyWeightsIsRefused() {
    #expect(throws: ArchitectureError.self) {
      try Architecture(
        name: "large", input: Self.image,
        layers: [.flatten, .dense(name: "a", outputs: 100_000)],
        heads: [Head(name: "fc", outputs: 2)])
    }
  }
}

struct SummaryTests {
  /// Parameters and multiply-adds of the notebook, for a batch of 64; its first network has eight
  /// outputs and 98,826 parameters with ten.
  @Test(arguments: [
    (Preset.simpleCNN, 10, 98_826, 616.30), (Preset.simpleCNN2, 10, 545_098, 395.40),
  ])
  func figuresAreTheNotebooks(
    preset: Preset, outputs: Int, parameters: Int, millions: Double
  ) throws {
    let architecture = try NetworkTests.network(preset, outputs: outputs).architecture
    let summary = Summary(architecture, batch: 64)
    #expect(summary.parameters == parameters)
    #expect(summary.parameters == architecture.parameterCount)
    #expect((Double(summary.multiplyAdds) / 1e4).rounded() / 100 == millions)
    #expect(summary.parameterBytes == 4 * parameters)
    #expect(summary.inputBytes == 64 * 32 * 32 * 3 * 4)
    #expect(summary.totalBytes == summary.inputBytes + summary.passBytes + summary.parameterBytes)
  }

  @Test func shapesHaveTheBatchThenChannels() throws {
    let summary = Summary(try NetworkTests.network(.derCNN, outputs: 8).architecture, batch: 5)
    #expect(
      summary.rows.map(\.outputShape) == [
        [5, 32, 32, 32], [5, 64, 16, 16], [5, 128], [5, 8], [5, 8],
      ])
    #expect(
      summary.rows.map(\.name) == ["conv1", "conv2", "feature_fc", "classifier", "aux_classifier"])
    #expect(summary.rows.map(\.kind) == ["Conv2d", "Conv2d", "Linear", "Linear", "Linear"])
  }
}
