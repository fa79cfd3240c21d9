/// What other programs read of a result, by the names of its fields; a field without a value is left
/// out.
struct ResultRecord: Encodable, ExpressibleByDictionaryLiteral {
  private var fields: [(name: String, value: (any Encodable)?)]

  init(dictionaryLiteral fields: (String, (any Encodable)?)...) {
    self.fields = fields.map { ($0, $1) }
  }

  static func + (a: Self, b: Self) -> Self {
    var sum = a
    sum.fields += b.fields
    return sum
  }

  private struct FieldKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: FieldKey.self)
    for case (let name, let value?) in fields {
      try container.encode(value, forKey: FieldKey(stringValue: name))
    }
  }
}

/// A figure that other programs find under its key even when there is none: `null`.
struct OrNull<Value: Encodable>: Encodable {
  var value: Value?

  init(_ value: Value?) { self.value = value }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }
}
