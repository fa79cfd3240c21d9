import Foundation
import Networks
import Tensors

/// The nodes of a network, made one after the other.
struct ONNXGraph {
  private let network: Network
  private var graph = ONNXGraphProto()
  /// The name of what the last node gives.
  private var last = "images"
  /// What goes into the residual block that is open.
  private var entrance = ""
  /// What the poolings give, by their position among the layers.
  private var pooled: [Int: (name: String, shape: LayerShape)] = [:]
  private var count = 0

  init(_ network: Network) {
    self.network = network
    let architecture = network.architecture
    graph.name = architecture.name
    graph.input = [.floats("images", ["N"] + Self.extents(architecture.input))]
    for parameter in architecture.parameters + architecture.statistics {
      let tensor = network.tensor(parameter)
      graph.initializer.append(.floats(parameter.name, tensor.shape, tensor.elements))
    }
    for layer in architecture.placed { append(layer) }
    let features = last
    for head in architecture.heads { append(head, on: features) }
  }

  func model(program: String) -> ONNXModelProto {
    var model = ONNXModelProto()
    model.irVersion = 8
    let words = program.split(separator: " ", maxSplits: 1).map(String.init)
    model.producerName = words.first ?? program
    model.producerVersion = words.count > 1 ? words[1] : ""
    model.docString = "images: float32 [N, channels, height, width], normalised as in training"
    var operators = ONNXOperatorSetIdProto()
    operators.version = 13
    model.opsetImport = [operators]
    model.graph = graph
    return model
  }

  // MARK: Layers

  private mutating func append(_ placed: PlacedLayer) {
    switch placed.kind {
    case .enter: entrance = last
    case .leave: node("Add", [entrance, last])
    case .layer(let layer): append(layer, placed)
    }
  }

  private mutating func append(_ layer: Layer, _ placed: PlacedLayer) {
    switch layer {
    case .convolution(let name, _, let kernel, let padding):
      node(
        "Conv", [last] + numbers(of: name, hasBias: placed.hasBias),
        [
          .integers("kernel_shape", [kernel, kernel]),
          .integers("pads", [padding, padding, padding, padding]),
        ])
    case .dense(let name, _):
      node(
        "Gemm", [last] + numbers(of: name, hasBias: placed.hasBias), [.integer("transB", 1)])
    case .batchNormalization(let name):
      node(
        "BatchNormalization",
        [last] + ["weight", "bias", "running_mean", "running_var"].map { "\(name).\($0)" },
        [.real("epsilon", Float(BatchNormalization.epsilon))])
    case .activation(.none): break
    case .activation(.relu): node("Relu", [last])
    case .activation(.leakyRelu(let slope)): node("LeakyRelu", [last], [.real("alpha", slope)])
    case .maxPool:
      node("MaxPool", [last], [.integers("kernel_shape", [2, 2]), .integers("strides", [2, 2])])
      pooled[placed.position] = (last, placed.output)
    case .globalAveragePool:
      node("GlobalAveragePool", [last])
      flatten()
    case .flatten: flatten()
    case .normalize: normalize()
    case .scales(let side): gather(placed, side: side)
    // Nothing is dropped at evaluation; residual blocks are placed layer by layer.
    case .dropout, .residual: break
    }
  }

  private func numbers(of name: String, hasBias: Bool) -> [String] {
    [name + ".weight"] + (hasBias ? [name + ".bias"] : [])
  }

  private mutating func flatten() { node("Flatten", [last], [.integer("axis", 1)]) }

  /// x / max(‖x‖, 10⁻¹²) row by row, as PyTorch's `normalize`.
  private mutating func normalize() {
    let rows = last
    node("ReduceL2", [rows], [.integers("axes", [1]), .integer("keepdims", 1)])
    let floor = constant { .floats($0, [1], [1e-12]) }
    node("Max", [last, floor])
    node("Div", [rows, last])
  }

  /// Means over a grid of what comes in and of the poolings that are read besides, side by side.
  private mutating func gather(_ placed: PlacedLayer, side: Int) {
    let incoming = (name: last, shape: placed.input)
    let sources = placed.sources.compactMap { pooled[$0] } + [incoming]
    let vectors = sources.map { source in
      average(source.name, source.shape, side: side)
      return last
    }
    if vectors.count > 1 { node("Concat", vectors, [.integer("axis", 1)]) }
  }

  /// [N, C, H, W] → [N, side · side · C]: a product with the shares of the pixels in the parts, since
  /// parts may overlap, which ONNX's poolings cannot do.
  private mutating func average(_ source: String, _ shape: LayerShape, side: Int) {
    guard case .image(let height, let width, let channels) = shape else { return }
    let shares = AveragePooling.shares(height: height, width: width, side: side)
    let pixels = constant { .integers($0, [0, channels, height * width]) }
    node("Reshape", [source, pixels])
    let matrix = constant { .floats($0, [height * width, side * side], shares) }
    node("MatMul", [last, matrix])
    node("Transpose", [last], [.integers("perm", [0, 2, 1])])
    flatten()
  }

  // MARK: Heads

  private mutating func append(_ head: Head, on features: String) {
    switch head.kind {
    case .linear:
      node(
        "Gemm", [features] + numbers(of: head.name, hasBias: true), [.integer("transB", 1)],
        output: head.name)
    case .cosine:
      last = head.name + ".weight"
      normalize()
      let rows = last
      last = features
      normalize()
      node("Gemm", [last, rows], [.integer("transB", 1)])
      node("Mul", [last, head.name + ".sigma"], output: head.name)
    }
    graph.output.append(.floats(head.name, ["N", "\(head.outputs)"]))
  }

  // MARK: The graph

  private mutating func node(
    _ kind: String, _ inputs: [String], _ attributes: [ONNXAttributeProto] = [],
    output: String? = nil
  ) {
    count += 1
    var node = ONNXNodeProto()
    node.opType = kind
    node.name = "\(kind.lowercased())_\(count)"
    node.input = inputs
    node.output = [output ?? node.name]
    node.attribute = attributes
    graph.node.append(node)
    last = node.output[0]
  }

  /// - Returns: The name under which nodes find the numbers.
  private mutating func constant(_ tensor: (_ name: String) -> ONNXTensorProto) -> String {
    count += 1
    let tensor = tensor("constant_\(count)")
    graph.initializer.append(tensor)
    return tensor.name
  }

  private static func extents(_ shape: LayerShape) -> [String] {
    switch shape {
    case .image(let height, let width, let channels): ["\(channels)", "\(height)", "\(width)"]
    case .vector(let count): ["\(count)"]
    }
  }
}
