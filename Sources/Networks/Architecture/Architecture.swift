/// A linear classifier on a network's features.
public struct Head: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    /// z = W·f + b
    case linear
    /// z = σ·cos(f, w) for every row w of W, σ learned (Hou et al. 2019): no class is larger than
    /// another by the length of its row.
    case cosine
  }

  public var name: String
  public var outputs: Int
  public var kind: Kind

  public init(name: String, outputs: Int, kind: Kind = .linear) {
    self.name = name
    self.outputs = outputs
    self.kind = kind
  }
}

/// One named array of numbers inside one of a network's blocks, in PyTorch's layout.
public struct Parameter: Hashable, Sendable {
  public enum Role: Hashable, Sendable {
    case weight
    case bias
    /// What batch normalisation multiplies with: begins as 1.
    case scale
    /// What batch normalisation adds: begins as 0.
    case shift
    /// A cosine head's σ: begins as 10.
    case sharpness
    /// The running mean of a batch normalisation: begins as 0.
    case mean
    /// Its running variance: begins as 1.
    case variance
  }

  /// The notebook's name, such as `conv1.weight`.
  public let name: String
  /// [outputs, channels, kernel, kernel], [outputs, inputs], [outputs] or [1].
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
    if case .image = try PlacedLayer.place(layers, input: input).last?.output ?? input {
      layers.append(.flatten)
    }
    self.layers = layers
    guard heads.allSatisfy({ $0.outputs > 0 }) else { throw .notPositive(layer: layers.count) }
    guard parameterCount <= Self.parameterLimit else {
      throw .tooLarge(parameters: parameterCount, limit: Self.parameterLimit)
    }
  }

  /// The layers where they stand.
  package var placed: [PlacedLayer] {
    // The layers were checked when the architecture was made.
    (try? PlacedLayer.place(layers, input: input)) ?? []
  }

  /// What comes out of each layer of the body.
  public var shapes: [LayerShape] {
    var shapes: [LayerShape] = []
    for layer in placed {
      if layer.position < shapes.count {
        shapes[layer.position] = layer.output
      } else {
        shapes.append(layer.output)
      }
    }
    return shapes
  }

  /// The length of the vector that the heads read.
  public var features: Int { (shapes.last ?? input).count }

  public var outputs: Int { heads.first?.outputs ?? 0 }

  public mutating func setOutputs(_ outputs: Int) {
    for index in heads.indices { heads[index].outputs = outputs }
  }

  /// Makes every head one of `kind`.
  public mutating func setHeads(_ kind: Head.Kind) {
    for index in heads.indices { heads[index].kind = kind }
  }

  /// The learned parameters in the order of the block: layer by layer, then the heads.
  public var parameters: [Parameter] {
    var list = ParameterList()
    for layer in placed {
      guard case .layer(let kind) = layer.kind else { continue }
      list.append(kind, of: layer)
    }
    for head in heads { list.append(head, features: features) }
    return list.parameters
  }

  /// How many of the parameters belong to the body: those before the heads'.
  var bodyParameterCount: Int { parameters.count - 2 * heads.count }

  /// The running statistics in the order of their block: what batch normalisation goes by at
  /// evaluation.
  public var statistics: [Parameter] {
    var list = ParameterList()
    for layer in placed {
      guard case .layer(.batchNormalization(let name)) = layer.kind else { continue }
      list.append(name + ".running_mean", [layer.input.channels], .mean)
      list.append(name + ".running_var", [layer.input.channels], .variance)
    }
    return list.parameters
  }

  public var parameterCount: Int { parameters.last?.range.upperBound ?? 0 }
  public var statisticsCount: Int { statistics.last?.range.upperBound ?? 0 }
}

/// Parameters one behind the other.
private struct ParameterList {
  private(set) var parameters: [Parameter] = []

  mutating func append(
    _ name: String, _ shape: [Int], _ role: Parameter.Role, fanIn: Int = 1, fanOut: Int = 1
  ) {
    let offset = parameters.last?.range.upperBound ?? 0
    parameters.append(
      Parameter(
        name: name, shape: shape, range: offset..<offset + shape.reduce(1, *), role: role,
        fanIn: fanIn, fanOut: fanOut))
  }

  mutating func append(_ kind: Layer, of layer: PlacedLayer) {
    switch (kind, layer.input) {
    case (.convolution(let name, let outputs, let kernel, _), .image(_, _, let channels)):
      append(
        name, [outputs, channels, kernel, kernel], fanIn: channels * kernel * kernel,
        fanOut: outputs * kernel * kernel, hasBias: layer.hasBias)
    case (.dense(let name, let outputs), let input):
      append(
        name, [outputs, input.count], fanIn: input.count, fanOut: outputs, hasBias: layer.hasBias)
    case (.batchNormalization(let name), let input):
      append(name + ".weight", [input.channels], .scale)
      append(name + ".bias", [input.channels], .shift)
    default: break
    }
  }

  mutating func append(_ head: Head, features: Int) {
    let shape = [head.outputs, features]
    let isLinear = head.kind == .linear
    append(head.name, shape, fanIn: features, fanOut: head.outputs, hasBias: isLinear)
    if !isLinear { append(head.name + ".sigma", [1], .sharpness) }
  }

  private mutating func append(
    _ name: String, _ shape: [Int], fanIn: Int, fanOut: Int, hasBias: Bool
  ) {
    append(name + ".weight", shape, .weight, fanIn: fanIn, fanOut: fanOut)
    if hasBias { append(name + ".bias", [shape[0]], .bias, fanIn: fanIn, fanOut: fanOut) }
  }
}

extension Architecture {
  /// The poolings, and the last layer of all that hands on an image: where features of several scales
  /// are read, by position.
  public var scales: [Int] {
    let shapes = shapes
    return layers.indices.filter { index in
      guard case .image = shapes[index] else { return false }
      if layers[index] == .maxPool { return true }
      guard index + 1 < layers.count, case .image = shapes[index + 1] else { return true }
      return false
    }
  }
}
