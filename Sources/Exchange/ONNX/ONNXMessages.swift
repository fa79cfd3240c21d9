import Foundation

/// The forms of ONNX's messages that a network needs, each in one line.

extension ONNXAttributeProto {
  static func real(_ name: String, _ value: Float) -> Self {
    var attribute = Self()
    attribute.name = name
    attribute.f = value
    attribute.type = 1
    return attribute
  }

  static func integer(_ name: String, _ value: Int) -> Self {
    var attribute = Self()
    attribute.name = name
    attribute.i = Int64(value)
    attribute.type = 2
    return attribute
  }

  static func integers(_ name: String, _ values: [Int]) -> Self {
    var attribute = Self()
    attribute.name = name
    attribute.ints = values.map(Int64.init)
    attribute.type = 7
    return attribute
  }
}

extension ONNXTensorProto {
  static func floats(_ name: String, _ shape: [Int], _ elements: [Float]) -> Self {
    var tensor = Self()
    tensor.name = name
    tensor.dims = shape.map(Int64.init)
    tensor.dataType = 1
    tensor.rawData = elements.withUnsafeBytes { Data($0) }
    return tensor
  }

  /// A vector.
  static func integers(_ name: String, _ elements: [Int]) -> Self {
    var tensor = Self()
    tensor.name = name
    tensor.dims = [Int64(elements.count)]
    tensor.dataType = 7
    tensor.rawData = elements.map { Int64($0).littleEndian }.withUnsafeBytes { Data($0) }
    return tensor
  }
}

extension ONNXValueInfoProto {
  /// - Parameter extents: A number each, or the name of an extent that is free.
  static func floats(_ name: String, _ extents: [String]) -> Self {
    var value = Self()
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
}
