/// In files a source is a dictionary with one key, its kind's.
extension DataSource: Codable {
  /// Every kind there is.
  static let kinds: [any SourceKind.Type] = [
    GTSRBSource.self, FolderSource.self, FolderByTextSource.self, SyntheticSource.self,
    ArraySource.self, HeldOutSource.self, CorruptedSource.self, RevisedSource.self,
  ]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let found = Self.kinds.filter { fields.contains(Key(stringValue: $0.key)) }
    guard found.count == 1 else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath, debugDescription: "not one key of a source's kind"))
    }
    kind = try fields.decode(found[0], forKey: Key(stringValue: found[0].key))
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(kind, forKey: Key(stringValue: type(of: kind).key))
  }
}
