import Foundation
public import Networks
internal import SwiftProtobuf
import Tensors

/// A network as an ONNX model (IR version 8, operators of version 13), for onnxruntime, Netron and
/// others.
///
/// It takes `images`, float32 [N, channels, height, width] with any N, already normalised, and gives
/// the logits of every head under the head's name.
public enum ONNXFile {
  /// Writes beside the target first, then renames.
  ///
  /// - Parameter program: The name and version of what wrote it.
  public static func write(_ network: Network, to path: String, program: String) throws {
    guard network.isWritable else { throw ONNXFileError() }
    let bytes: [UInt8] = try ONNXGraph(network).model(program: program).serializedBytes()
    try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}

/// Why a network cannot be written as an ONNX model.
public struct ONNXFileError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String {
    "networks with bn, residual, scales, gap, dropout or a cosine head cannot be written as ONNX; "
      + "write .safetensors"
  }
}

extension Network {
  fileprivate var isWritable: Bool {
    let isPlain = architecture.layers.allSatisfy { layer in
      switch layer {
      case .convolution, .activation, .maxPool, .flatten, .dense, .normalize: true
      case .batchNormalization, .globalAveragePool, .dropout, .residual, .scales: false
      }
    }
    return isPlain && architecture.heads.allSatisfy { $0.kind == .linear }
  }
}

/// The nodes of a network, made one after the other.
struct ONNXGraph {
  private let network: Network
  private var graph = ONNXGraphProto()
  /// The name of what the last node gives.
  private var last = "images"
  private var count = 0

  init(_ network: Network) {
    self.network = network
    let architecture = network.architecture
    graph.name = architecture.name
    graph.input = [Self.value("images", ["N"] + Self.extents(architecture.input))]
    for parameter in architecture.parameters { graph.initializer.append(tensor(parameter)) }
    for layer in architecture.layers { append(layer) }
    for head in architecture.heads {
      node(
        "Gemm", [last, head.name + ".weight", head.name + ".bias"], [Self.integer("transB", 1)],
        output: head.name)
      graph.output.append(Self.value(head.name, ["N", "\(head.outputs)"]))
    }
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

  private mutating func append(_ layer: Layer) {
    switch layer {
    case .convolution(let name, _, let kernel, let padding):
      node(
        "Conv", [last, name + ".weight", name + ".bias"],
        [
          Self.integers("kernel_shape", [kernel, kernel]),
          Self.integers("pads", [padding, padding, padding, padding]),
        ])
    case .activation(.none): break
    case .activation(.relu): node("Relu", [last])
    case .activation(.leakyRelu(let slope)): node("LeakyRelu", [last], [Self.real("alpha", slope)])
    case .maxPool:
      node(
        "MaxPool", [last],
        [Self.integers("kernel_shape", [2, 2]), Self.integers("strides", [2, 2])])
    case .flatten: node("Flatten", [last], [Self.integer("axis", 1)])
    case .dense(let name, _):
      node("Gemm", [last, name + ".weight", name + ".bias"], [Self.integer("transB", 1)])
    case .normalize: normalize()
    // `write` has refused these.
    case .batchNormalization, .globalAveragePool, .dropout, .residual, .scales: break
    }
  }

  /// x / max(‖x‖, 10⁻¹²), as PyTorch's `normalize`.
  private mutating func normalize() {
    let features = last
    node("ReduceL2", [features], [Self.integers("axes", [1]), Self.integer("keepdims", 1)])
    let floor = constant([1e-12])
    node("Max", [last, floor])
    node("Div", [features, last])
  }

  private mutating func constant(_ values: [Float]) -> String {
    var tensor = ONNXTensorProto()
    count += 1
    tensor.name = "constant_\(count)"
    tensor.dims = [Int64(values.count)]
    tensor.dataType = 1
    tensor.rawData = values.withUnsafeBytes { Data($0) }
    graph.initializer.append(tensor)
    return tensor.name
  }

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
    if output == nil { last = node.name }
  }

  private func tensor(_ parameter: Parameter) -> ONNXTensorProto {
    var tensor = ONNXTensorProto()
    tensor.name = parameter.name
    tensor.dims = parameter.shape.map(Int64.init)
    tensor.dataType = 1
    tensor.rawData = network.weights.elements[parameter.range].withUnsafeBytes { Data($0) }
    return tensor
  }

  // MARK: Small messages

  private static func extents(_ shape: LayerShape) -> [String] {
    switch shape {
    case .image(let height, let width, let channels): ["\(channels)", "\(height)", "\(width)"]
    case .vector(let count): ["\(count)"]
    }
  }

  /// - Parameter extents: A number each, or the name of an extent that is free.
  private static func value(_ name: String, _ extents: [String]) -> ONNXValueInfoProto {
    var value = ONNXValueInfoProto()
    value.name = name
    value.type.tensorType.elemType = 1
    value.type.tensorType.shape.dim = extents.map { extent in
      var dimension = ONNXTensorShapeProto.Dimension()
      if let number = Int64(extent) {
        dimension.dimValue = number
      } else {
        dimension.dimParam = extent
      }
      return dimension
    }
    return value
  }

  private static func integer(_ name: String, _ value: Int) -> ONNXAttributeProto {
    var attribute = ONNXAttributeProto()
    attribute.name = name
    attribute.i = Int64(value)
    attribute.type = 2
    return attribute
  }

  private static func integers(_ name: String, _ values: [Int]) -> ONNXAttributeProto {
    var attribute = ONNXAttributeProto()
    attribute.name = name
    attribute.ints = values.map(Int64.init)
    attribute.type = 7
    return attribute
  }

  private static func real(_ name: String, _ value: Float) -> ONNXAttributeProto {
    var attribute = ONNXAttributeProto()
    attribute.name = name
    attribute.f = value
    attribute.type = 1
    return attribute
  }
}
