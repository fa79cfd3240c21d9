import Networks
import Randomness
import Tensors
import Testing

/// The engine held against PyTorch in float64 (`scripts/reference/golden_networks.py`).
struct PyTorchAgreementTests {
  static let device = Device(threads: 2)

  @Test(arguments: Golden.networkFiles)
  func logitsLossAndGradientsAgree(file: String) throws {
    let golden = try Golden.network(file)
    var network = try network(golden)
    var gradient = Block(zeros: network.weights.count)
    var logits: [Tensor] = []
    let loss = network.trainingPass(
      images(golden), on: Self.device, random: RandomStream(seed: 0), into: &gradient
    ) {
      logits = $0.logits
      return OutputLoss(losses($0.logits, golden))
    }
    #expect(golden.logits.deviation(of: logits[0].elements, tolerance: 1e-5 * golden.slack) == nil)
    if let auxiliary = golden.auxiliaryLogits {
      #expect(auxiliary.deviation(of: logits[1].elements, tolerance: 1e-5 * golden.slack) == nil)
    }
    #expect(abs(Double(loss) - golden.losses.total) <= 1e-5 * golden.slack * golden.losses.total)
    try expect(gradient, of: network, equals: golden.gradients, tolerance: 1e-5 * golden.slack)
    // The norm over all parameters, of PyTorch's for each of them.
    let norm = SquaredNorm.of(gradient, on: Self.device.pool).squareRoot()
    let expected = golden.gradients.values.reduce(0) { $0 + $1.norm * $1.norm }.squareRoot()
    #expect(abs(norm - expected) <= 1e-5 * golden.slack * expected)
  }

  @Test(arguments: Golden.adaptiveFiles)
  func weightsAfterTwentyStepsOfAdamAgree(file: String) throws {
    let golden = try Golden.network(file)
    let network = try trained(
      golden,
      Optimizer(
        .adam, learningRate: golden.adam.learningRate, count: try network(golden).weights.count),
      rate: { _ in golden.adam.learningRate })
    try expect(
      network.weights, of: network, equals: golden.afterAdam,
      tolerance: 1e-4 * golden.slack)
  }

  @Test(arguments: Golden.networkFiles)
  func weightsAndStatisticsAfterStepsOfSGDWithDecayAndScheduleAgree(file: String) throws {
    let golden = try Golden.network(file)
    let sgd = golden.sgd
    let schedule = StepSchedule(
      initial: sgd.learningRate, every: sgd.stepSize, factor: sgd.factor)
    let network = try trained(
      golden,
      Optimizer(
        .sgd(momentum: sgd.momentum, weightDecay: sgd.weightDecay),
        learningRate: sgd.learningRate, count: try network(golden).weights.count),
      rate: { schedule.rate(epoch: $0) })
    try expect(
      network.weights, of: network, equals: golden.afterSGD,
      tolerance: 1e-4 * golden.slack)
    guard !network.architecture.statistics.isEmpty else { return }
    #expect(network.architecture.statistics.count == golden.statistics.count)
    for parameter in network.architecture.statistics {
      let expected = try #require(golden.statistics[parameter.name])
      let deviation = expected.deviation(
        of: network.tensor(parameter).elements, tolerance: 1e-4 * golden.slack)
      #expect(deviation == nil, "\(parameter.name)")
    }
    let logits = network.logits(images(golden), on: Self.device)[0]
    #expect(golden.evaluation.deviation(of: logits.elements, tolerance: 1e-4 * golden.slack) == nil)
  }

  @Test(arguments: Golden.adaptiveFiles)
  func weightsAfterTwentyStepsOfAdamWInOneCycleAgree(file: String) throws {
    let golden = try Golden.network(file)
    let adamW = golden.adamW
    let schedule = OneCycleSchedule(peak: adamW.learningRate)
    let network = try trained(
      golden,
      Optimizer(
        .adamW(weightDecay: adamW.weightDecay), learningRate: adamW.learningRate,
        count: try network(golden).weights.count),
      smoothing: adamW.smoothing, rate: { schedule.rate(step: $0, of: adamW.cycle) })
    try expect(
      network.weights, of: network, equals: golden.afterAdamW,
      tolerance: 1e-4 * golden.slack)
  }

  private func trained(
    _ golden: GoldenNetwork, _ start: Optimizer, smoothing: Float = 0,
    rate: (_ step: Int) -> Float
  ) throws -> Network {
    var network = try network(golden)
    var optimizer = start
    for step in 0..<golden.steps {
      var gradient = Block(zeros: network.weights.count)
      optimizer.learningRate = rate(step)
      _ = network.trainingPass(
        images(golden), on: Self.device, random: RandomStream(seed: 0), into: &gradient
      ) {
        OutputLoss(losses($0.logits, golden, smoothing: smoothing))
      }
      optimizer.update(&network.weights, gradient: gradient, on: Self.device)
    }
    return network
  }

  private func network(_ golden: GoldenNetwork) throws -> Network {
    let preset = golden.network.lowercased().filter { $0 != "_" }
    let input = LayerShape.image(height: 32, width: 32, channels: 3)
    let architecture =
      preset == "blocks"
      ? try blocks(input: input, outputs: golden.outputs)
      : try #require(Preset.named(preset)).architecture(input: input, outputs: golden.outputs)
    var network = Network(architecture, initialization: .xavier, random: .init(seed: 0))
    #expect(architecture.parameters.map(\.name) == golden.tensors.map(\.name))
    for (parameter, made) in zip(architecture.parameters, golden.tensors) {
      try #require(parameter.shape == made.shape)
      network.weights.elements.replaceSubrange(parameter.range, with: made.numbers)
    }
    return network
  }

  /// The script's network of that name.
  private func blocks(input: LayerShape, outputs: Int) throws -> Architecture {
    let leaky = Layer.activation(.leakyRelu(slope: 0.1))
    func conv(_ number: Int, _ outputs: Int, padding: Int = 1) -> Layer {
      .convolution(name: "conv\(number)", outputs: outputs, kernel: 3, padding: padding)
    }
    func bn(_ number: Int) -> Layer { .batchNormalization(name: "bn\(number)") }
    return try Architecture(
      name: "Blocks", input: input,
      layers: [
        conv(1, 8), bn(1), leaky, .maxPool,
        .residual([conv(2, 8), bn(2), leaky, conv(3, 8), bn(3)]),
        leaky, .maxPool, conv(4, 20, padding: 0), leaky, .maxPool, .globalAveragePool,
        .dense(name: "fc1", outputs: 12), bn(4), leaky,
      ], heads: [Head(name: "fc", outputs: outputs, kind: .cosine)])
  }

  /// From [n, channel, y, x] to [n, y, x, channel].
  private func images(_ golden: GoldenNetwork) -> Tensor {
    let shape = golden.images.shape
    let numbers = golden.images.numbers
    var images = Tensor(zeros: [shape[0], shape[2], shape[3], shape[1]])
    let pixels = shape[2] * shape[3]
    for index in numbers.indices {
      let (plane, pixel) = index.quotientAndRemainder(dividingBy: pixels)
      let (image, channel) = plane.quotientAndRemainder(dividingBy: shape[1])
      images.elements[(image * pixels + pixel) * shape[1] + channel] = numbers[index]
    }
    return images
  }

  private func losses(
    _ logits: [Tensor], _ golden: GoldenNetwork, smoothing: Float = 0
  ) -> [Loss] {
    let main = crossEntropy(logits[0], labels: golden.labels.values, smoothing: smoothing)
    guard let made = golden.teacher else { return [main] }
    let teacher = Tensor(made.shape, made.numbers)
    return [
      main + 1.5 * distillation(logits[0], teacher: teacher, temperature: 2),
      0.7 * crossEntropy(logits[1], labels: golden.labels.values),
    ]
  }

  private func expect(
    _ block: Block, of network: Network, equals golden: [String: GoldenTensor], tolerance: Double
  ) throws {
    for parameter in network.architecture.parameters {
      let expected = try #require(golden[parameter.name])
      let deviation = expected.deviation(
        of: Array(block.elements[parameter.range]), tolerance: tolerance)
      #expect(deviation == nil, "\(parameter.name)")
    }
  }
}

/// Losses alone against PyTorch.
struct LossAgreementTests {
  @Test func crossEntropyAgrees() throws {
    for golden in try Golden.losses().crossEntropy {
      let loss = crossEntropy(
        Tensor(golden.logits.shape, golden.logits.floats), labels: golden.labels)
      #expect(abs(Double(loss.value) - golden.loss) <= 1e-5 * max(1, golden.loss))
      #expect(
        golden.gradient.deviation(of: loss.gradient.elements, tolerance: 1e-5) == nil,
        "\(golden.reason)")
    }
  }

  @Test func distillationAgrees() throws {
    for golden in try Golden.losses().distillation {
      let loss = distillation(
        Tensor(golden.student.shape, golden.student.floats),
        teacher: Tensor(golden.teacher.shape, golden.teacher.floats),
        temperature: golden.temperature)
      #expect(
        abs(Double(loss.value) - golden.loss) <= 1e-5 * max(0.1, golden.loss), "\(golden.reason)")
      #expect(
        golden.gradient.deviation(of: loss.gradient.elements, tolerance: 2e-5) == nil,
        "\(golden.reason)")
    }
  }

  @Test func normalizationAgrees() throws {
    for golden in try Golden.losses().normalisation {
      let (images, features) = (golden.input.shape[0], golden.input.shape[1])
      let (x, y, norms, gradient) = (
        AlignedMemory(images * features), AlignedMemory(images * features), AlignedMemory(images),
        AlignedMemory(images * features)
      )
      for (index, value) in golden.input.floats.enumerated() { x.base[index] = value }
      for (index, value) in golden.outputGradient.floats.enumerated() {
        gradient.base[index] = value
      }
      Normalization.forward(
        x.base, images: images, features: features, into: y.base, norms: norms.base)
      Normalization.backward(
        gradient.base, y: y.base, norms: norms.base, images: images, features: features)
      let count = images * features
      #expect(golden.output.deviation(of: y.array(count: count), tolerance: 1e-5) == nil)
      #expect(
        golden.inputGradient.deviation(of: gradient.array(count: count), tolerance: 1e-5) == nil)
    }
  }
}
