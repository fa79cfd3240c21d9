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
  var placed: [PlacedLayer] {
    // The layers were checked when the architecture was made.
    (try? PlacedLayer.place(layers, input: input)) ?? []
  }

  /// What comes out of each layer of the body.
  public var shapes: [LayerShape] {
    var shapes: [LayerShape] = []
    for layer in placed { shapes.set(layer.output, at: layer.position) }
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
    for placed in placed { placed.layer?.addParameters(to: &list, of: placed) }
    let features = features
    for head in heads { head.addParameters(to: &list, features: features) }
    return list.parameters
  }

  /// How many of the parameters belong to the body: those before the heads'.
  var bodyParameterCount: Int { parameters.count - 2 * heads.count }

  /// The running statistics in the order of their block: what batch normalization goes by at
  /// evaluation.
  public var statistics: [Parameter] {
    var list = ParameterList()
    for placed in placed { placed.layer?.addStatistics(to: &list, of: placed) }
    return list.parameters
  }

  public var parameterCount: Int { parameters.last?.range.upperBound ?? 0 }
  public var statisticsCount: Int { statistics.last?.range.upperBound ?? 0 }

  /// The poolings, and the last layer of all that hands on an image: where features of several scales
  /// are read, by position.
  public var scales: [Int] {
    let shapes = shapes
    return layers.indices.filter { index in
      guard case .image = shapes[index] else { return false }
      if layers[index].kind.isPooling { return true }
      guard index + 1 < layers.count, case .image = shapes[index + 1] else { return true }
      return false
    }
  }
}
