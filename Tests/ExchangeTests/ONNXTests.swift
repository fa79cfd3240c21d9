import Exchange
import Foundation
import Networks
import Randomness
import Tensors
import Testing

/// The models, and what they compute by an interpreter of the tests' own;
/// `scripts/reference/round_trips.py` runs them in onnxruntime.
struct ONNXTests {
  private static let input = LayerShape.image(height: 20, width: 16, channels: 3)

  private static func layers(_ names: String) throws -> [Layer] {
    switch names {
    case "residual":
      [
        .convolution(name: "conv1", outputs: 4, kernel: 3, padding: 1),
        .batchNormalization(name: "bn1"), .activation(.relu),
        .residual([
          .convolution(name: "conv2", outputs: 4, kernel: 3, padding: 1),
          .batchNormalization(name: "bn2"),
        ]),
        .activation(.leakyRelu(slope: 0.1)), .globalAveragePool, .dropout(rate: 0.5),
      ]
    default:
      [
        .convolution(name: "conv1", outputs: 4, kernel: 3, padding: 0), .maxPool,
        .activation(.relu), .maxPool, .scales(side: 3), .dense(name: "fc1", outputs: 5),
        .batchNormalization(name: "bn1"), .normalize,
      ]
    }
  }

  private func model(_ network: Network) throws -> ONNXFields {
    try model(WrittenNetwork(network))
  }

  private func model(
    _ network: WrittenNetwork, facts: [String: String] = [:]
  ) throws -> ONNXFields {
    let folder = try ScratchFolder()
    try ONNXFile.write(network, to: folder("net.onnx"), facts: facts, program: "test 1")
    return try ONNXFields(Array(try Data(contentsOf: URL(fileURLWithPath: folder("net.onnx")))))
  }

  private func graph(_ architecture: Architecture) throws -> ONNXFields {
    let network = Network(architecture, initialization: .pytorch, random: RandomStream(seed: 1))
    return try #require(try model(network).messages(7).first)
  }

  private func graph(_ names: String, head: Head.Kind = .linear) throws -> ONNXFields {
    try graph(
      Architecture(
        name: names, input: Self.input, layers: Self.layers(names),
        heads: [Head(name: "fc", outputs: 3, kind: head)]))
  }

  private func kinds(_ graph: ONNXFields) throws -> [String] {
    try graph.messages(1).flatMap { $0.texts(4) }
  }

  /// Every input of a node is a number of the network or comes from a node before it, and every
  /// number is used.
  private func expectSound(_ graph: ONNXFields, outputs: [String]) throws {
    let numbers = try graph.messages(5).flatMap { $0.texts(8) }
    var known = Set(numbers + ["images"])
    #expect(known.count == numbers.count + 1)
    var used: Set<String> = []
    for node in try graph.messages(1) {
      for input in node.texts(1) { #expect(known.contains(input), "\(node.texts(3))") }
      used.formUnion(node.texts(1))
      for output in node.texts(2) { #expect(known.insert(output).inserted) }
    }
    #expect(used.isSuperset(of: numbers), "\(Set(numbers).subtracting(used))")
    #expect(try graph.messages(12).flatMap { $0.texts(1) } == outputs)
    #expect(known.isSuperset(of: outputs))
  }

  @Test(arguments: Preset.all)
  func networksByNameAreSound(preset: Preset) throws {
    let architecture = try preset.architecture(input: Self.input, outputs: 5)
    try expectSound(graph(architecture), outputs: architecture.heads.map(\.name))
  }

  @Test func residualBlockIsASum() throws {
    let graph = try graph("residual")
    try expectSound(graph, outputs: ["fc"])
    #expect(
      try kinds(graph) == [
        "Conv", "BatchNormalization", "Relu", "Conv", "BatchNormalization", "Add", "LeakyRelu",
        "GlobalAveragePool", "Flatten", "Gemm",
      ])
    let nodes = try graph.messages(1)
    #expect(nodes[5].texts(1) == [nodes[2].texts(2)[0], nodes[4].texts(2)[0]])
    #expect(
      nodes[1].texts(1).dropFirst() == [
        "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var",
      ]
    )
    // No bias where batch normalization follows.
    #expect(nodes[0].texts(1) == ["images", "conv1.weight"])
  }

  @Test func scalesReadThePoolingsBefore() throws {
    let graph = try graph("scales")
    try expectSound(graph, outputs: ["fc"])
    let nodes = try graph.messages(1)
    let pools = nodes.filter { $0.texts(4) == ["MaxPool"] }.map { $0.texts(2)[0] }
    let read = nodes.filter { $0.texts(4) == ["Reshape"] }.map { $0.texts(1)[0] }
    #expect(read == pools)
    #expect(try kinds(graph).contains("Concat"))
  }

  @Test func cosineHeadDividesFeaturesAndWeights() throws {
    let graph = try graph("residual", head: .cosine)
    try expectSound(graph, outputs: ["fc"])
    #expect(
      try kinds(graph).suffix(8) == [
        "ReduceL2", "Max", "Div", "ReduceL2", "Max", "Div", "Gemm", "Mul",
      ])
  }

  // MARK: What they compute

  /// A network with numbers that a trained one could have: no channel is like another.
  private func trained(_ architecture: Architecture) -> Network {
    var network = Network(architecture, initialization: .pytorch, random: RandomStream(seed: 2))
    var random = RandomStream(seed: 3)
    for parameter in architecture.parameters where parameter.role == .scale {
      for index in parameter.range {
        network.weights.elements[index] = random.uniform(in: 0.5..<2)
      }
    }
    for parameter in architecture.statistics {
      let range: Range<Float> = parameter.name.hasSuffix("var") ? 0.01..<2 : -1..<1
      for index in parameter.range {
        network.statistics.elements[index] = random.uniform(in: range)
      }
    }
    return network
  }

  private func expectSameLogits(_ architecture: Architecture) throws {
    let network = trained(architecture)
    try expectLogits(of: WrittenNetwork(network), architecture.input) {
      network.logits($0, on: Device(threads: 1))
    }
  }

  /// - Parameter expected: The logits of images [N, height, width, channels], head by head.
  private func expectLogits(
    of network: WrittenNetwork, _ input: LayerShape, _ expected: (Tensor) -> [Tensor]
  ) throws {
    let graph = try #require(try model(network).messages(7).first)
    guard case .image(let height, let width, let channels) = input else {
      throw ONNXInterpreter.Refusal("no images")
    }
    var random = RandomStream(seed: 4)
    let (count, pixels) = (3, height * width)
    let images = Tensor(
      [count, height, width, channels],
      (0..<count * pixels * channels).map { _ in random.uniform(in: -2..<2) })
    // [N, H, W, C] → [N, C, H, W]
    let planes = (0..<count * channels).flatMap { plane in
      (0..<pixels).map { pixel in
        let image = plane / channels
        return Double(
          images.elements[(image * pixels + pixel) * channels + plane % channels])
      }
    }
    let found = try ONNXInterpreter(graph).run(
      ONNXInterpreter.Array([count, channels, height, width], planes))
    let logits = expected(images)
    #expect(found.count == logits.count)
    for (found, logits) in zip(found, logits) {
      #expect(found.shape == logits.shape)
      let largest = logits.elements.map(abs).max() ?? 0
      for (value, logit) in zip(found.elements, logits.elements) {
        #expect(abs(value - Double(logit)) <= 1e-5 * Double(max(1, largest)))
      }
    }
  }

  @Test(arguments: Preset.all)
  func networksByNameComputeTheSame(preset: Preset) throws {
    try expectSameLogits(preset.architecture(input: Self.input, outputs: 5))
  }

  @Test(arguments: ["residual", "scales"], [Head.Kind.linear, .cosine])
  func networksOfOnesOwnComputeTheSame(names: String, head: Head.Kind) throws {
    try expectSameLogits(
      Architecture(
        name: names, input: Self.input, layers: Self.layers(names),
        heads: [Head(name: "fc", outputs: 3, kind: head)]))
  }

  /// Features that are shorter than 1 are made longer.
  @Test func shortVectorsAreNormalized() throws {
    try expectSameLogits(
      Architecture(
        name: "short", input: Self.input, layers: [.globalAveragePool, .normalize],
        heads: [Head(name: "fc", outputs: 3)]))
  }

  /// A square matrix, which would be taken either way round.
  @Test func squareLinearLayerIsNotTransposed() throws {
    try expectSameLogits(
      Architecture(
        name: "square", input: .image(height: 1, width: 1, channels: 4),
        layers: [.flatten, .dense(name: "fc1", outputs: 4)],
        heads: [Head(name: "fc", outputs: 4)]))
  }

  /// The scales layer has constants and nodes that two networks must not share.
  @Test func networksSideBySideAreReadByOneHead() throws {
    let architecture = try Architecture(
      name: "scales", input: Self.input, layers: Self.layers("scales"),
      heads: [Head(name: "fc", outputs: 3)])
    let networks = [3, 4].map { seed in
      Network(architecture, initialization: .pytorch, random: RandomStream(seed: seed))
    }
    let width = architecture.features
    var random = RandomStream(seed: 5)
    let weights = Tensor([3, 2 * width], (0..<6 * width).map { _ in random.uniform(in: -1..<1) })
    let bias = Tensor([3], [0.5, -1, 2])
    let written = WrittenNetwork(joining: networks, weights: weights, bias: bias)
    try expectSound(#require(try model(written).messages(7).first), outputs: ["fc"])
    try expectLogits(of: written, Self.input) { images in
      let features = networks.map { $0.features(images, on: Device(threads: 1)) }
      let logits = (0..<images.shape[0]).flatMap { image in
        (0..<3).map { output in
          let row = features.flatMap { $0.elements[image * width..<(image + 1) * width] }
          return zip(row, weights.elements[output * 2 * width..<(output + 1) * 2 * width])
            .reduce(bias.elements[output]) { $0 + $1.0 * $1.1 }
        }
      }
      return [Tensor([images.shape[0], 3], logits)]
    }
  }

  @Test func factsAreMetadata() throws {
    let architecture = try Architecture(
      name: "small", input: Self.input, layers: [.globalAveragePool],
      heads: [Head(name: "fc", outputs: 3)])
    let model = try model(
      WrittenNetwork(trained(architecture)), facts: ["b": "[0.5]", "a": "Vorfahrt ä"])
    #expect(
      try model.messages(14).map { $0.texts(1) + $0.texts(2) } == [
        ["a", "Vorfahrt ä"], ["b", "[0.5]"],
      ])
  }

  @Test func modelSaysWhatItIs() throws {
    let architecture = try Architecture(
      name: "small", input: Self.input, layers: [.globalAveragePool],
      heads: [Head(name: "fc", outputs: 3)])
    let model = try model(trained(architecture))
    #expect(try model.integers(1) == [8])
    #expect(model.texts(2) + model.texts(3) == ["test", "1"])
    #expect(try model.messages(8).map { try $0.integers(2) } == [[13]])
    let graph = try #require(try model.messages(7).first)
    /// The name, the type of the numbers, and an extent each, in quotes if it is a name.
    func form(_ value: ONNXFields) throws -> [String] {
      let type = try #require(try value.messages(2).first?.messages(1).first)
      let extents = try #require(try type.messages(2).first).messages(1)
      return value.texts(1) + (try type.integers(1).map(String.init))
        + (try extents.flatMap {
          try $0.integers(1).map(String.init) + $0.texts(2).map { "'\($0)'" }
        })
    }
    #expect(try graph.messages(11).map(form) == [["images", "1", "'N'", "3", "20", "16"]])
    #expect(try graph.messages(12).map(form) == [["fc", "1", "'N'", "3"]])
  }
}
