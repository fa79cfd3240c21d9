import Foundation
public import Networks
internal import SwiftProtobuf
internal import System
import Tensors

/// A network as an ONNX model (IR version 8, operators of version 13), for onnxruntime, Netron and
/// others.
///
/// It takes `images`, float32 [N, channels, height, width] with any N, already normalized, and gives
/// the logits of every head under the head's name, as at evaluation: batch normalization goes by the
/// running statistics, dropout drops nothing.
public enum ONNXFile {
  /// The file is there whole or not at all.
  ///
  /// - Parameters:
  ///   - facts: What else the file says of the network, by key.
  ///   - program: The name and version of what wrote it.
  public static func write(
    _ network: WrittenNetwork, to path: String, facts: [String: String] = [:], program: String
  ) throws {
    var model = ONNXModelProto(network, program: program)
    model.metadataProps = facts.sorted { $0.key < $1.key }.map { key, value in
      var fact = ONNXStringStringEntryProto()
      (fact.key, fact.value) = (key, value)
      return fact
    }
    let bytes: [UInt8] = try model.serializedBytes()
    try WholeFile.write(bytes, to: path)
  }
}

extension ONNXModelProto {
  init(_ network: WrittenNetwork, program: String) {
    self.init()
    irVersion = 8
    let words = program.split(separator: " ", maxSplits: 1).map(String.init)
    producerName = words.first ?? program
    producerVersion = words.count > 1 ? words[1] : ""
    docString = "images: float32 [N, channels, height, width], normalized as in training"
    var operators = ONNXOperatorSetIdProto()
    operators.version = 13
    opsetImport = [operators]
    graph = ONNXGraphProto(network)
  }
}

extension ONNXGraphProto {
  fileprivate init(_ network: WrittenNetwork) {
    self.init()
    name = network.name
    let extents =
      switch network.input {
      case .image(let height, let width, let channels): [channels, height, width]
      case .vector(let count): [count]
      }
    input = [ONNXValueInfoProto("images", extents)]
    node = network.graph.nodes.map(ONNXNodeProto.init)
    initializer = network.tensors.map {
      ONNXTensorProto($0.name, $0.tensor.shape, $0.tensor.elements)
    }
    initializer += network.graph.constants.map { constant in
      switch constant {
      case .floats(let name, let shape, let elements): ONNXTensorProto(name, shape, elements)
      case .integers(let name, let elements): ONNXTensorProto(name, elements)
      }
    }
    output = network.heads.map { ONNXValueInfoProto($0.name, [$0.outputs]) }
  }
}

extension ONNXNodeProto {
  fileprivate init(_ node: OperatorGraph.Node) {
    self.init()
    opType = node.kind
    name = node.name
    input = node.inputs
    output = [node.output]
    attribute = node.attributes.map { given in
      var attribute = ONNXAttributeProto()
      switch given {
      case .real(let name, let value):
        (attribute.name, attribute.type, attribute.f) = (name, 1, value)
      case .integer(let name, let value):
        (attribute.name, attribute.type, attribute.i) = (name, 2, Int64(value))
      case .integers(let name, let values):
        (attribute.name, attribute.type, attribute.ints) = (name, 7, values.map(Int64.init))
      }
      return attribute
    }
  }
}

extension ONNXTensorProto {
  fileprivate init(_ name: String, _ shape: [Int], _ elements: [Float]) {
    self.init()
    self.name = name
    dims = shape.map(Int64.init)
    dataType = 1
    rawData = elements.withUnsafeBytes { Data($0) }
  }

  /// A vector.
  fileprivate init(_ name: String, _ elements: [Int]) {
    self.init()
    self.name = name
    dims = [Int64(elements.count)]
    dataType = 7
    rawData = elements.map { Int64($0).littleEndian }.withUnsafeBytes { Data($0) }
  }
}

extension ONNXValueInfoProto {
  /// Numbers of one image, of which there may be N.
  fileprivate init(_ name: String, _ extents: [Int]) {
    self.init()
    self.name = name
    type.tensorType.elemType = 1
    var images = ONNXTensorShapeProto.Dimension()
    images.dimParam = "N"
    type.tensorType.shape.dim = [images]
    type.tensorType.shape.dim += extents.map { extent in
      var dimension = ONNXTensorShapeProto.Dimension()
      dimension.dimValue = Int64(extent)
      return dimension
    }
  }
}
