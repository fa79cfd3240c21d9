import Networks
import Randomness
import Tensors
import Testing

/// The gradient at the images and at layers, which training does not compute.
struct InputGradientTests {
  private let device = Device(threads: 2)

  private func loss(_ labels: [Int]) -> (Outputs) -> OutputLoss {
    { outputs in OutputLoss(outputs.logits.map { crossEntropy($0, labels: labels) }) }
  }

  /// For every kind of layer as the first: against central differences in double precision, at ten
  /// values of the images.
  @Test(arguments: PlanTests.rows)
  func inputGradientIsThatOfCentralDifferences(row: PlanTests.Row) throws {
    let network = try PlanTests.network(row)
    let plain = PlainNetwork(network)
    let (images, labels) = PlanTests.batch(row, count: 9)
    let found = network.inputGradient(images, on: device, of: loss(labels))
    #expect(found.shape == images.shape)
    let start = images.elements.map(Double.init)
    func value(at index: Int, _ step: Double) -> Double {
      var moved = start
      moved[index] += step
      return plain.loss(moved, labels: labels)
    }
    let step = 1e-6
    var random = RandomStream(seed: 6)
    for index in random.sample(10, from: Array(start.indices)) {
      let expected = (value(at: index, step) - value(at: index, -step)) / (2 * step)
      #expect(
        abs(Double(found.elements[index]) - expected) <= 1e-5 + 1e-4 * abs(expected),
        "value \(index): \(found.elements[index]), not \(expected)")
    }
  }

  /// Going on to the images changes nothing of what training gets, nor what another pass leaves behind.
  @Test(arguments: PlanTests.rows)
  func weightsHaveTheSameGradient(row: PlanTests.Row) throws {
    let network = try PlanTests.network(row)
    let (images, labels) = PlanTests.batch(row, count: 11)
    func gradient(_ device: Device) -> [UInt32] {
      var gradient = Block(zeros: network.weights.count)
      _ = network.evaluationPass(images, on: device, into: &gradient, loss: loss(labels))
      return gradient.elements.map(\.bitPattern)
    }
    let alone = gradient(device)
    let used = Device(threads: 2)
    let first = network.inputGradient(images, on: used, of: loss(labels))
    #expect(gradient(used) == alone)
    #expect(network.inputGradient(images, on: used, of: loss(labels)) == first)
    #expect(network.inputGradient(images, on: Device(threads: 1), of: loss(labels)) == first)
  }

  /// A layer's gradient tells how the loss changes with it; at the end of the body it is the features'.
  @Test(arguments: PlanTests.rows)
  func layersHaveValuesAndGradients(row: PlanTests.Row) throws {
    let network = try PlanTests.network(row)
    let (images, labels) = PlanTests.batch(row, count: 3)
    for layer in network.architecture.mapLayers {
      let (values, gradient) = network.valuesAndGradient(
        images, at: layer, on: device, of: loss(labels))
      #expect(values.shape == [3, layer.height, layer.width, layer.channels])
      #expect(gradient.shape == values.shape)
      let alone = network.values(images, at: layer, on: device)
      for (a, b) in zip(alone.elements, values.elements) {
        #expect(abs(a - b) <= 1e-5 * max(1, abs(b)), "\(layer.name)")
      }
    }
  }

  /// With a loss that is linear in the logits, moving along the gradient of a layer changes the loss by
  /// its squared length, if the rest of the network is linear too.
  @Test func gradientAtALayerIsTheWeightsBehindIt() throws {
    let architecture = try Architecture(
      name: "linear", input: .image(height: 2, width: 2, channels: 1),
      layers: [.convolution(name: "conv1", outputs: 3, kernel: 1, padding: 0), .flatten],
      heads: [Head(name: "fc", outputs: 2)])
    let network = Network(architecture, initialization: .pytorch, random: RandomStream(seed: 1))
    let layer = try #require(architecture.mapLayers.first)
    let images = Tensor([2, 2, 2, 1], (0..<8).map { Float($0) / 8 })
    let (values, gradient) = network.valuesAndGradient(images, at: layer, on: device) {
      OutputLoss(logits: $0, at: [1, 0])
    }
    let rows = try #require(architecture.parameters.first { $0.name == "fc.weight" })
    let weights = network.tensor(rows).elements
    for (image, output) in [1, 0].enumerated() {
      for pixel in 0..<4 {
        for channel in 0..<3 {
          // Flattened channel by channel.
          let expected = weights[output * 12 + channel * 4 + pixel]
          #expect(gradient.elements[(image * 4 + pixel) * 3 + channel] == expected)
        }
      }
    }
    #expect(values == network.values(images, at: layer, on: device))
  }

  @Test func layersThatCanBeSeenHaveNames() throws {
    let input = LayerShape.image(height: 32, width: 32, channels: 3)
    func names(_ preset: Preset) throws -> [String] {
      try preset.architecture(input: input, outputs: 4).mapLayers.map(\.name)
    }
    #expect(try names(.simpleCNN) == ["conv1", "pool1", "conv2", "pool2", "conv3"])
    #expect(
      try names(.signNet)
        == ["conv1", "conv2", "pool1", "conv3", "conv4", "pool2", "conv5", "pool3"])
    let row = try #require(
      PlanTests.rows.first { $0.reason == "residual blocks with bn, one behind the other" })
    let layers = try PlanTests.network(row).architecture.mapLayers
    #expect(layers.map(\.name) == ["conv0", "bn3.0", "conv3.2", "block1", "conv4.0", "block2"])
    #expect(
      layers.map(\.parts) == [
        ["conv0", "bn1", "ReLU"], ["bn3.0", "leaky ReLU"], ["conv3.2"], ["block1"],
        ["conv4.0", "bn4.1"], ["block2", "leaky ReLU"],
      ])
  }

  /// Memory for training is what it was before the way back could go on to the images.
  @Test func trainingPaysNothing() throws {
    let architecture = try Preset.simpleCNN.architecture(
      input: .image(height: 32, width: 32, channels: 3), outputs: 8)
    // Values and gradients of one image: 36×36×3 with a border of 2; 18×18×32 with what the way back
    // writes behind; 10×10×64 the same; 8×8×64, and as features.
    let floats = Device.bytes(for: architecture, images: 2, training: true) / 8
    let fewer = Device.bytes(for: architecture, images: 1, training: true) / 8
    #expect(floats - fewer == 36 * 36 * 3 + 18 * 18 * 32 + 10 * 10 * 64 + 2 * 8 * 8 * 64)
  }
}
