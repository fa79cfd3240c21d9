/// A linear classifier on a network's features.
public struct Head: Codable, Hashable, Sendable {
  public var name: String
  public var outputs: Int

  public init(name: String, outputs: Int) {
    self.name = name
    self.outputs = outputs
  }
}

/// One named array of weights inside a network's block, in PyTorch's layout.
public struct Parameter: Hashable, Sendable {
  public enum Role: Hashable, Sendable {
    case weight
    case bias
  }

  /// The notebook's name, such as `conv1.weight`.
  public let name: String
  /// [outputs, channels, kernel, kernel], [outputs, inputs] or [outputs].
  public let shape: [Int]
  public let range: Range<Int>
  public let role: Role
  /// Values that each output sums up.
  public let fanIn: Int
  public let fanOut: Int
}

/// The layers of a network and where their weights lie.
public struct Architecture: Codable, Hashable, Sendable {
  /// The most weights a network may have: 200 MB.
  public static let parameterLimit = 50_000_000

  public let name: String
  /// Of one image.
  public let input: LayerShape
  public let layers: [Layer]
  public private(set) var heads: [Head]

  /// - Throws: `ArchitectureError` if a layer does not fit the one before it.
  public init(
    name: String, input: LayerShape, layers: [Layer], heads: [Head]
  ) throws(ArchitectureError) {
    self.name = name
    self.input = input
    self.heads = heads
    var layers = layers
    if case .image = try Self.shapes(of: layers, input: input).last ?? input {
      layers.append(.flatten)
    }
    self.layers = layers
    guard heads.allSatisfy({ $0.outputs > 0 }) else { throw .notPositive(layer: layers.count) }
    guard parameterCount <= Self.parameterLimit else {
      throw .tooLarge(parameters: parameterCount, limit: Self.parameterLimit)
    }
  }

  private static func shapes(
    of layers: [Layer], input: LayerShape
  ) throws(ArchitectureError) -> [LayerShape] {
    var shapes: [LayerShape] = []
    for (position, layer) in layers.enumerated() {
      shapes.append(try layer.output(of: shapes.last ?? input, position: position))
    }
    return shapes
  }

  /// What comes out of each layer of the body.
  public var shapes: [LayerShape] {
    // The layers were checked when the architecture was made.
    (try? Self.shapes(of: layers, input: input)) ?? []
  }

  /// The length of the vector that the heads read.
  public var features: Int { (shapes.last ?? input).count }

  public var outputs: Int { heads.first?.outputs ?? 0 }

  public mutating func setOutputs(_ outputs: Int) {
    for index in heads.indices { heads[index].outputs = outputs }
  }

  /// The parameters in the order of the block: layer by layer, then the heads.
  public var parameters: [Parameter] {
    var list: [Parameter] = []
    var offset = 0
    func append(_ name: String, _ shape: [Int], _ role: Parameter.Role, fanIn: Int, fanOut: Int) {
      let count = shape.reduce(1, *)
      list.append(
        Parameter(
          name: name, shape: shape, range: offset..<offset + count, role: role, fanIn: fanIn,
          fanOut: fanOut))
      offset += count
    }
    func appendPair(_ name: String, _ shape: [Int], fanIn: Int, fanOut: Int) {
      append(name + ".weight", shape, .weight, fanIn: fanIn, fanOut: fanOut)
      append(name + ".bias", [shape[0]], .bias, fanIn: fanIn, fanOut: fanOut)
    }
    for (layer, input) in zip(layers, [input] + shapes) {
      switch (layer, input) {
      case (.convolution(let name, let outputs, let kernel, _), .image(_, _, let channels)):
        appendPair(
          name, [outputs, channels, kernel, kernel], fanIn: channels * kernel * kernel,
          fanOut: outputs * kernel * kernel)
      case (.dense(let name, let outputs), _):
        appendPair(name, [outputs, input.count], fanIn: input.count, fanOut: outputs)
      default: break
      }
    }
    for head in heads {
      appendPair(head.name, [head.outputs, features], fanIn: features, fanOut: head.outputs)
    }
    return list
  }

  public var parameterCount: Int { parameters.last?.range.upperBound ?? 0 }
}
