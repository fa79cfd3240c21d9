/// Something that follows from the rest and is kept to save time: neither saved nor compared.
struct Scratch<Value: Sendable>: Codable, Hashable, Sendable {
  var value: Value?

  init() {}

  init(from decoder: any Decoder) {}

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encodeNil()
  }

  static func == (a: Scratch, b: Scratch) -> Bool { true }

  func hash(into hasher: inout Hasher) {}
}
