/// One stage of a network's body: a description; its numbers lie in the network's block.
///
/// Each kind stands in a file of its own with the function that makes it, such as `.maxPool`.
public struct Layer: Sendable {
  let kind: any LayerKind

  init(_ kind: any LayerKind) { self.kind = kind }

  /// Every kind there is, in the order of the words in help.
  static let kinds: [any LayerKind.Type] = [
    ConvolutionLayer.self, BatchNormalizationLayer.self, ActivationLayer.self, MaxPoolLayer.self,
    GlobalAveragePoolLayer.self, ScalesLayer.self, FlattenLayer.self, DenseLayer.self,
    DropoutLayer.self, NormalizeLayer.self, ResidualLayer.self,
  ]

  /// How `define model layers=[…]` names layers.
  package static let words = kinds.flatMap { $0.words }

  /// The layer as its kind describes it, such as a `ConvolutionLayer`.
  package var details: any Sendable { kind }
}

extension Layer: Hashable {
  public static func == (a: Layer, b: Layer) -> Bool { a.kind.isEqual(to: b.kind) }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(type(of: kind)))
    hasher.combine(kind)
  }
}

extension LayerKind {
  fileprivate func isEqual(to other: any LayerKind) -> Bool { other as? Self == self }
}

/// In files a layer is a dictionary with one key, its kind's: `{"maxPool":{}}`.
extension Layer: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let found = fields.allKeys.compactMap { key in
      Self.kinds.first { $0.key == key.stringValue }.map { (key: key, kind: $0) }
    }
    guard found.count == 1 else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "not one key of a layer's kind"))
    }
    kind = try fields.decode(found[0].kind, forKey: found[0].key)
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(kind, forKey: Key(stringValue: type(of: kind).key))
  }
}
