/// The layers of a network and where their weights lie.
public struct Architecture: Codable, Hashable, Sendable {
  /// The most weights a network may have: 200 MB.
  public static let parameterLimit = 50_000_000

  public let name: String
  /// Of one image.
  public let input: LayerShape
  public let layers: [Layer]
  public private(set) var heads: [Head]

  /// Whether another one has the same layers before its heads, for the same images.
  public func hasBody(of other: Architecture) -> Bool {
    input == other.input && layers == other.layers
  }

  /// - Throws: `ArchitectureError` if a layer does not fit the one before it.
  public init(
    name: String, input: LayerShape, layers: [Layer], heads: [Head]
  ) throws(ArchitectureError) {
    self.name = name
    self.input = input
    self.heads = heads
    var (layers, list) = (layers, ParameterList())
    if case .image = try PlacedLayer.place(layers, input: input, list: &list).last?.output ?? input
    {
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
    var list = ParameterList()
    return place(&list)
  }

  private func place(_ list: inout ParameterList) -> [PlacedLayer] {
    // The layers were checked when the architecture was made.
    (try? PlacedLayer.place(layers, input: input, list: &list)) ?? []
  }

  /// What comes out of each layer of the body.
  public var shapes: [LayerShape] {
    var shapes: [LayerShape] = []
    for layer in placed { shapes.set(layer.output, at: layer.position) }
    return shapes
  }

  /// The length of the vector that the heads read.
  public var features: Int { (placed.last?.output ?? input).count }

  public var outputs: Int { heads.first?.outputs ?? 0 }

  public mutating func setOutputs(_ outputs: Int) {
    for index in heads.indices { heads[index].outputs = outputs }
  }

  /// Makes every head one of `kind`.
  public mutating func setHeads(_ kind: Head.Kind) {
    for index in heads.indices { heads[index].kind = kind }
  }

  /// All numbers in the order of their blocks: layer by layer, then the heads.
  private var numbers: [Parameter] {
    var list = ParameterList()
    let features = (place(&list).last?.output ?? input).count
    for head in heads { head.addParameters(to: &list, features: features) }
    return list.parameters
  }

  public var parameters: [Parameter] { numbers.filter { !$0.role.isStatistic } }

  /// How many of the parameters belong to the body: those before the heads'.
  var bodyParameterCount: Int { parameters.count - 2 * heads.count }

  /// The running statistics: what batch normalization goes by at evaluation.
  public var statistics: [Parameter] { numbers.filter(\.role.isStatistic) }

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

extension Architecture {
  /// Whether an architecture that was decoded could also have been made: sizes so small that no
  /// product or sum of them overflows, and layers that fit together.
  public var isSound: Bool {
    guard layers.count <= 100, (1...100).contains(heads.count), hasPlausibleExtents else {
      return false
    }
    return (try? Architecture(name: name, input: input, layers: layers, heads: heads)) == self
  }

  private var hasPlausibleExtents: Bool {
    let (height, width, channels) = input.extents
    guard [height, width, channels].allSatisfy((1...1 << 12).contains),
      heads.allSatisfy({ (1...1 << 16).contains($0.outputs) })
    else { return false }
    let blocks = layers.map { $0.kind.body ?? [$0] }
    return blocks.allSatisfy { $0.count <= 100 } && blocks.joined().allSatisfy(\.kind.isPlausible)
  }
}
