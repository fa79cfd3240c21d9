/// A strategy of any kind, saved with its name.
public struct AnyStrategy: Sendable {
  public var base: any Strategy

  public init(_ base: any Strategy) { self.base = base }

  public var name: String { type(of: base).description.name }
}

extension AnyStrategy: Hashable {
  public static func == (a: AnyStrategy, b: AnyStrategy) -> Bool {
    AnyHashable(a.base) == AnyHashable(b.base)
  }

  public func hash(into hasher: inout Hasher) { base.hash(into: &hasher) }
}

extension AnyStrategy: Codable {
  private enum Key: CodingKey {
    case name
    case state
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(name, forKey: .name)
    try fields.encode(base, forKey: .state)
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let name = try fields.decode(String.self, forKey: .name)
    guard let type = Strategies.named(name) else {
      throw DecodingError.dataCorruptedError(
        forKey: .name, in: fields, debugDescription: "no strategy is called '\(name)'")
    }
    base = try fields.decode(type, forKey: .state)
  }
}
