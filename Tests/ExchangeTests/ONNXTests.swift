import Exchange
import Foundation
import Networks
import Randomness
import Tensors
import Testing

/// The form of the models; `scripts/reference/round_trips.py` runs them in onnxruntime.
struct ONNXTests {
  private static let input = LayerShape.image(height: 20, width: 20, channels: 3)

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

  private func graph(_ architecture: Architecture) throws -> ONNXFields {
    let folder = try ScratchFolder()
    let network = Network(architecture, initialization: .pytorch, random: RandomStream(seed: 1))
    try ONNXFile.write(network, to: folder("net.onnx"), program: "test 1")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder("net.onnx")))
    return try #require(try ONNXFields(Array(bytes)).messages(7).first)
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

  @Test(arguments: Architecture.presets)
  func networksByNameAreSound(preset: String) throws {
    let architecture = try #require(
      try Architecture.preset(preset, input: Self.input, outputs: 5))
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
    // No bias where batch normalisation follows.
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
}

/// The fields of one message of protocol buffers, undecoded.
struct ONNXFields {
  struct Fault: Error { var place: Int }

  private var fields: [(number: Int, bytes: ArraySlice<UInt8>)] = []

  init(_ bytes: some Collection<UInt8>) throws {
    var rest = ArraySlice(Array(bytes))
    func varint() throws -> Int {
      var (value, shift) = (0, 0)
      while let byte = rest.popFirst() {
        value |= Int(byte & 0x7F) << shift
        if byte < 0x80 { return value }
        shift += 7
      }
      throw Fault(place: bytes.count)
    }
    while !rest.isEmpty {
      let tag = try varint()
      switch tag & 7 {
      case 0: _ = try varint()
      case 2:
        let count = try varint()
        guard count <= rest.count else { throw Fault(place: bytes.count - rest.count) }
        fields.append((tag >> 3, rest.prefix(count)))
        rest = rest.dropFirst(count)
      case 5: rest = rest.dropFirst(4)
      default: throw Fault(place: bytes.count - rest.count)
      }
    }
  }

  func messages(_ number: Int) throws -> [ONNXFields] {
    try fields.filter { $0.number == number }.map { try ONNXFields($0.bytes) }
  }

  func texts(_ number: Int) -> [String] {
    fields.filter { $0.number == number }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }
}
