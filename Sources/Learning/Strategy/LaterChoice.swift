/// The choice of an option that came later: a state from before it has what was done then.
protocol LaterChoice: Decodable {
  static var before: Self { get }
}

extension KeyedDecodingContainer {
  func decode<Choice: LaterChoice>(_ type: Choice.Type, forKey key: Key) throws -> Choice {
    try decodeIfPresent(type, forKey: key) ?? .before
  }
}
