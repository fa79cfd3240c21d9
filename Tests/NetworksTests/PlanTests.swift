import Foundation
import Networks
import Randomness
import Tensors
import Testing

func logarithm(_ x: Double) -> Double { log(x) }
func exponential(_ x: Double) -> Double { exp(x) }

/// Layers in any order: what is fused gives what the layers one by one would.
struct PlanTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var reason: String
    var layers: [Layer]
    var input = LayerShape.image(height: 9, width: 7, channels: 3)
    var heads = 1
    var head = Head.Kind.linear

    var testDescription: String { reason }
  }

  private static func conv(_ outputs: Int, _ kernel: Int, _ padding: Int) -> Layer {
    .convolution(name: "conv", outputs: outputs, kernel: kernel, padding: padding)
  }

  private static let relu = Layer.activation(.relu)
  private static let leaky = Layer.activation(.leakyRelu(slope: 0.2))
  private static let bn = Layer.batchNormalization(name: "bn")
  private static func dense(_ outputs: Int) -> Layer { .dense(name: "fc", outputs: outputs) }

  static let rows = [
    Row(reason: "no layers at all", layers: []),
    Row(reason: "conv relu pool", layers: [conv(5, 3, 1), relu, .maxPool]),
    Row(reason: "conv pool relu", layers: [conv(5, 3, 1), .maxPool, relu]),
    Row(reason: "conv pool without activation", layers: [conv(5, 3, 1), .maxPool]),
    Row(reason: "conv pool leaky", layers: [conv(17, 3, 1), .maxPool, leaky]),
    Row(reason: "conv alone", layers: [conv(4, 3, 1)]),
    Row(reason: "conv without border, odd sizes", layers: [conv(4, 3, 0), leaky, .maxPool]),
    Row(reason: "even kernel", layers: [conv(4, 2, 1), relu, conv(3, 2, 0), .maxPool]),
    Row(reason: "border as wide as it may be", layers: [conv(3, 4, 3), relu, conv(3, 3, 2)]),
    Row(reason: "1×1 kernels", layers: [conv(6, 1, 0), relu, conv(2, 1, 0), .maxPool]),
    Row(reason: "conv conv", layers: [conv(4, 3, 1), conv(5, 3, 1)]),
    Row(
      reason: "conv conv with pooling between", layers: [conv(4, 3, 1), .maxPool, conv(5, 3, 1)]),
    Row(
      reason: "three convolutions",
      layers: [
        conv(4, 3, 1), leaky, .maxPool, conv(18, 3, 1), relu, .maxPool, conv(3, 1, 0), leaky,
      ]),
    Row(reason: "pool pool", layers: [conv(4, 3, 1), .maxPool, .maxPool]),
    Row(reason: "pool first", layers: [.maxPool, conv(4, 3, 1), relu]),
    Row(reason: "pool only", layers: [.maxPool]),
    Row(reason: "activation first", layers: [relu, conv(4, 3, 1)]),
    Row(reason: "two activations", layers: [conv(4, 3, 1), leaky, relu]),
    Row(
      reason: "activation, pool, activation, conv",
      layers: [conv(4, 3, 1), leaky, .maxPool, leaky, conv(3, 3, 1)]),
    Row(
      reason: "pool, pool, activation, conv", layers: [.maxPool, .maxPool, leaky, conv(3, 3, 1)]),
    Row(reason: "activation of slope 1", layers: [conv(4, 3, 1), .activation(.none), relu]),
    Row(reason: "activation after flatten", layers: [conv(4, 3, 1), .flatten, relu]),
    Row(reason: "flatten twice", layers: [conv(4, 3, 1), .flatten, .flatten, leaky]),
    Row(reason: "dense alone", layers: [.flatten, dense(6)]),
    Row(reason: "dense dense", layers: [.flatten, dense(6), dense(5)]),
    Row(
      reason: "dense relu relu dense leaky",
      layers: [.flatten, dense(6), relu, leaky, dense(5), leaky]),
    Row(reason: "normalize after flatten", layers: [conv(4, 3, 1), .flatten, .normalize]),
    Row(reason: "normalize before dense", layers: [.flatten, .normalize, dense(7), relu]),
    Row(reason: "normalize twice", layers: [.flatten, dense(7), relu, .normalize, .normalize]),
    Row(reason: "normalize, activation", layers: [.flatten, dense(7), .normalize, leaky]),
    Row(
      reason: "two heads",
      layers: [conv(4, 3, 1), relu, .maxPool, .flatten, dense(8), relu, .normalize], heads: 2),
    Row(reason: "three heads on an image", layers: [conv(4, 3, 1), .maxPool], heads: 3),
    Row(
      reason: "one pixel", layers: [conv(4, 1, 0), relu, conv(3, 3, 1)],
      input: .image(height: 1, width: 1, channels: 2)),
    Row(
      reason: "one channel, wide", layers: [conv(4, 3, 1), leaky, .maxPool],
      input: .image(height: 4, width: 19, channels: 1)),
    Row(reason: "vector", layers: [dense(4), relu], input: .vector(5)),
    Row(reason: "no layers, a vector", layers: [], input: .vector(5)),
    Row(
      reason: "pool pool, a row left over by each", layers: [conv(4, 3, 1), .maxPool, .maxPool],
      input: .image(height: 11, width: 6, channels: 2)),
    Row(
      reason: "residual block with bn in the middle",
      layers: [conv(4, 3, 1), relu, .residual([leaky, bn, conv(4, 3, 1)]), leaky]),
    Row(
      reason: "scales behind two poolings",
      layers: [
        conv(4, 3, 1), .maxPool, conv(5, 3, 1), leaky, .maxPool, conv(6, 3, 1), .scales(side: 2),
      ], input: .image(height: 9, width: 13, channels: 3)),
    Row(
      reason: "scales behind pool pool, a row left over",
      layers: [conv(4, 3, 1), .maxPool, .maxPool, .scales(side: 1)],
      input: .image(height: 11, width: 6, channels: 2)),
    Row(reason: "conv bn", layers: [conv(5, 3, 1), bn]),
    Row(reason: "conv bn relu pool", layers: [conv(5, 3, 1), bn, relu, .maxPool]),
    Row(
      reason: "conv bn pool leaky, many channels", layers: [conv(35, 3, 1), bn, .maxPool, leaky]),
    Row(
      reason: "two normalized convolutions",
      layers: [conv(4, 3, 1), bn, leaky, conv(17, 3, 1), bn, relu, .maxPool]),
    Row(reason: "conv relu bn", layers: [conv(4, 3, 1), relu, bn, conv(3, 3, 1)]),
    Row(reason: "conv pool bn", layers: [conv(4, 3, 1), .maxPool, bn, leaky]),
    Row(reason: "bn first", layers: [bn, conv(4, 3, 1), relu]),
    Row(reason: "bn twice", layers: [conv(4, 3, 1), bn, bn, leaky]),
    Row(reason: "dense bn relu", layers: [.flatten, dense(6), bn, relu, dense(3), bn]),
    Row(reason: "bn pool pool", layers: [bn, .maxPool, .maxPool]),
    Row(reason: "global average", layers: [conv(18, 3, 1), relu, .globalAveragePool, dense(5)]),
    Row(reason: "global average first", layers: [.globalAveragePool]),
    Row(
      reason: "residual block",
      layers: [conv(4, 3, 1), relu, .residual([conv(5, 3, 1), leaky, conv(4, 3, 1)]), relu]),
    Row(
      reason: "residual block that begins with its activation, pooled behind",
      layers: [conv(4, 3, 1), bn, .residual([leaky, conv(4, 3, 1)]), .maxPool, conv(3, 3, 1)]),
    Row(
      reason: "residual blocks with bn, one behind the other",
      layers: [
        conv(4, 3, 1), bn, relu, .residual([bn, leaky, conv(4, 3, 1)]),
        .residual([conv(4, 5, 2), bn]), leaky, .globalAveragePool,
      ]),
    Row(
      reason: "residual block at the beginning", layers: [.residual([conv(3, 3, 1), bn]), relu]),
    Row(
      reason: "residual block of linear layers",
      layers: [.flatten, dense(6), .residual([dense(6), leaky, dense(6)]), relu]),
    Row(
      reason: "scales behind pooling",
      layers: [
        conv(4, 3, 1), bn, leaky, .maxPool, conv(18, 3, 1), relu, .maxPool, .scales(side: 1),
      ], input: .image(height: 9, width: 13, channels: 3)),
    Row(
      reason: "scales behind a convolution, uneven parts",
      layers: [conv(4, 3, 1), .maxPool, relu, conv(5, 3, 1), bn, .scales(side: 3), dense(4)]),
    Row(reason: "scales of one scale", layers: [conv(4, 3, 1), leaky, .scales(side: 2)]),
    Row(
      reason: "dropout of nothing",
      layers: [.dropout(rate: 0), conv(4, 3, 1), .dropout(rate: 0), relu, .flatten]),
    Row(
      reason: "cosine heads",
      layers: [conv(4, 3, 1), bn, relu, .maxPool, .flatten, dense(8), leaky],
      heads: 2, head: .cosine),
  ]

  static func network(_ row: Row) throws -> Network {
    // Layers of one kind are told apart by their place.
    let layers = row.layers.enumerated().map { named($1, "\($0)") }
    let architecture = try Architecture(
      name: row.reason, input: row.input, layers: layers,
      heads: (0..<row.heads).map { Head(name: "head\($0)", outputs: 3, kind: row.head) })
    var network = Network(
      architecture, initialization: .pytorch, random: RandomStream(seed: 9))
    var random = RandomStream(seed: 10)
    for parameter in architecture.parameters where parameter.role == .scale {
      for index in parameter.range {
        network.weights.elements[index] = random.uniform(in: -2..<2)
      }
    }
    for parameter in architecture.statistics {
      for index in parameter.range {
        network.statistics.elements[index] += random.uniform(in: -0.5..<0.5)
      }
    }
    return network
  }

  private static func named(_ layer: Layer, _ place: String) -> Layer {
    switch layer.details {
    case let layer as ConvolutionLayer:
      .convolution(
        name: "conv\(place)", outputs: layer.outputs, kernel: layer.kernel,
        padding: layer.padding)
    case let layer as DenseLayer: .dense(name: "fc\(place)", outputs: layer.outputs)
    case is BatchNormalizationLayer: .batchNormalization(name: "bn\(place)")
    case let layer as ResidualLayer:
      .residual(layer.layers.enumerated().map { named($1, "\(place).\($0)") })
    default: layer
    }
  }

  static func batch(_ row: Row, count: Int) -> (images: Tensor, labels: [Int]) {
    var random = RandomStream(seed: 31)
    let size = row.input.count
    return (
      Tensor([count, size], (0..<count * size).map { _ in random.uniform(in: -1..<1) }),
      (0..<count).map { _ in random.index(below: 3) }
    )
  }

  /// 11 images are more than there are slots.
  @Test(arguments: rows)
  func logitsAreThoseOfTheLayersOneByOne(row: Row) throws {
    let network = try Self.network(row)
    let plain = PlainNetwork(network)
    let device = Device(threads: 2)
    for count in [1, 3, 11] {
      let images = Self.batch(row, count: count).images
      let found = network.logits(images, on: device)
      let size = row.input.count
      for image in 0..<count {
        let expected = plain.logits([Array(images.elements[image * size..<(image + 1) * size])])[0]
        for (head, row) in expected.enumerated() {
          for (output, value) in row.enumerated() {
            let logit = Double(found[head].elements[image * row.count + output])
            #expect(abs(logit - value) <= 1e-5 * max(1, abs(value)))
          }
        }
      }
    }
  }

  @Test(arguments: rows)
  func architectureComesBackFromItsFile(row: Row) throws {
    let architecture = try Self.network(row).architecture
    let data = try JSONEncoder().encode(architecture)
    #expect(try JSONDecoder().decode(Architecture.self, from: data) == architecture)
  }

  /// Against central differences in double precision, at up to six weights of every parameter.
  @Test(arguments: rows, [false, true])
  func gradientsAreThoseOfCentralDifferences(row: Row, training: Bool) throws {
    var network = try Self.network(row)
    if training && network.statistics.count == 0 { return }
    var plain = PlainNetwork(network)
    plain.training = training
    let (images, labels) = Self.batch(row, count: 5)
    var gradient = Block(zeros: network.weights.count)
    let device = Device(threads: 2)
    func loss(_ outputs: Outputs) -> OutputLoss {
      OutputLoss(outputs.logits.map { crossEntropy($0, labels: labels) })
    }
    let loss =
      training
      ? network.trainingPass(
        images, on: device, random: RandomStream(seed: 0), into: &gradient, loss: loss)
      : network.evaluationPass(images, on: device, into: &gradient, loss: loss)
    #expect(abs(Double(loss) - plain.loss(images, labels: labels)) <= 1e-5)
    var random = RandomStream(seed: 5)
    for parameter in network.architecture.parameters {
      for index in random.sample(6, from: Array(parameter.range)) {
        let step = 1e-6
        let weight = plain.weights[index]
        plain.weights[index] = weight + step
        let above = plain.loss(images, labels: labels)
        plain.weights[index] = weight - step
        let below = plain.loss(images, labels: labels)
        plain.weights[index] = weight
        let expected = (above - below) / (2 * step)
        let found = Double(gradient.elements[index])
        #expect(
          abs(found - expected) <= 1e-5 + 1e-4 * abs(expected),
          "\(parameter.name) at \(index - parameter.range.lowerBound): \(found), not \(expected)")
      }
    }
  }

  @Test(arguments: rows)
  func threadsAndEarlierWorkDoNotMatter(row: Row) throws {
    let network = try Self.network(row)
    let (images, labels) = Self.batch(row, count: 11)
    let used = Device(threads: 2)
    // Leaves other numbers in the memory that the next call gets.
    var unwanted = Block(zeros: network.weights.count)
    let others = Tensor(images.shape, images.elements.map { 3 - $0 })
    _ = network.evaluationPass(others, on: used, into: &unwanted) { outputs in
      OutputLoss(outputs.logits.map { crossEntropy($0, labels: labels) })
    }
    let results = [Device(threads: 1), used, Device(threads: 4)].map { device -> [UInt32] in
      var gradient = Block(zeros: network.weights.count)
      var network = network
      let loss = network.trainingPass(
        images, on: device, random: RandomStream(seed: 2), into: &gradient
      ) { outputs in
        OutputLoss(outputs.logits.map { crossEntropy($0, labels: labels) })
      }
      let logits = network.logits(images, on: device).flatMap(\.elements)
      return ([loss] + logits + gradient.elements + network.statistics.elements)
        .map(\.bitPattern)
    }
    #expect(results[1] == results[0])
    #expect(results[2] == results[0])
  }

  /// Images of 4×4 pixels and rows of the kernel of 18 values, which the gradient is added to as 32.
  private static let sideBySide = Row(
    reason: "pooling without border, in no whole vectors",
    layers: [conv(6, 3, 1), conv(6, 3, 0), .maxPool],
    input: .image(height: 4, width: 4, channels: 1))

  @Test func wholeVectorsStayWithTheirImage() throws {
    let architecture = try Self.network(Self.sideBySide).architecture
    func floats(_ images: Int) -> Int {
      Device.bytes(for: architecture, images: images, training: true) / 4
    }
    // Values and gradients: 6×6 pixels with the border, 4×4×6 with what is behind, 1×1×6, 6 features.
    #expect(floats(2) - floats(1) == 2 * (36 + (96 + 32 - 18) + 6 + 6))
  }

  /// Their gradients are written all at once: no thread touches those of another.
  @Test func threadsDoNotMeetInImagesSideBySide() throws {
    let network = try Self.network(Self.sideBySide)
    let (images, labels) = Self.batch(Self.sideBySide, count: 8)
    func gradient(_ device: Device) -> [UInt32] {
      var gradient = Block(zeros: network.weights.count)
      _ = network.evaluationPass(images, on: device, into: &gradient) { outputs in
        OutputLoss(outputs.logits.map { crossEntropy($0, labels: labels) })
      }
      return gradient.elements.map(\.bitPattern)
    }
    let expected = gradient(Device(threads: 1))
    let device = Device(threads: 4)
    let differing = (0..<6000).count { _ in gradient(device) != expected }
    #expect(differing == 0)
  }

  @Test func gradientIsAddedToWhatIsThere() throws {
    let row = Self.rows[1]
    let network = try Self.network(row)
    let (images, labels) = Self.batch(row, count: 4)
    func add(to block: inout Block) {
      _ = network.evaluationPass(images, on: Device(threads: 1), into: &block) { outputs in
        OutputLoss(outputs.logits.map { crossEntropy($0, labels: labels) })
      }
    }
    var once = Block(zeros: network.weights.count)
    add(to: &once)
    var more = Block([Float](repeating: 1, count: network.weights.count))
    add(to: &more)
    for (one, two) in zip(once.elements, more.elements) { #expect(abs(one + 1 - two) < 1e-6) }
  }
}
