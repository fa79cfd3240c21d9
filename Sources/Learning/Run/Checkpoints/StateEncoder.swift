import Foundation

/// Takes values apart without a text between, so that numbers stay what they are and nothing has to
/// be tried out.
struct StateEncoder: Encoder {
  /// A place that is filled in while its value encodes itself.
  final class Node {
    var value = State.nothing
    var items: [Node]?
    var fields: [String: Node]?

    var state: State {
      if let fields { return .fields(fields.mapValues(\.state)) }
      if let items { return .list(items.map(\.state)) }
      return value
    }

    func item() -> Node {
      let node = Node()
      items?.append(node)
      return node
    }

    func field(_ name: String) -> Node {
      let node = Node()
      fields?[name] = node
      return node
    }
  }

  let node: Node
  let userInfo: [CodingUserInfoKey: Any]
  var codingPath: [any CodingKey] { [] }

  /// What a value is, at the node.
  func take(_ value: some Encodable) throws {
    switch value {
    case let flag as Bool: node.value = .flag(flag)
    case let text as String: node.value = .text(text)
    case let number as Double: node.value = Self.real(number)
    case let number as Float: node.value = Self.real(Double(number))
    case let number as any BinaryInteger:
      node.value = Int64(exactly: number).map { .integer($0) } ?? .unsigned(UInt64(number))
    // As JSON has it, from which strategies are decoded.
    case let data as Data: node.value = .text(data.base64EncodedString())
    default: try value.encode(to: self)
    }
  }

  /// What is no number is a word, as in files, so that it equals itself.
  private static func real(_ number: Double) -> State {
    number.isFinite ? .real(number) : .text(number.isNaN ? "nan" : number > 0 ? "inf" : "-inf")
  }

  func at(_ node: Node) -> StateEncoder { StateEncoder(node: node, userInfo: userInfo) }

  func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    node.fields = node.fields ?? [:]
    return KeyedEncodingContainer(Fields(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.items = node.items ?? []
    return Items(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }
}

extension StateEncoder {
  private struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: StateEncoder
    var codingPath: [any CodingKey] { [] }

    private func child(_ key: some CodingKey) -> StateEncoder {
      encoder.at(encoder.node.field(key.stringValue))
    }

    func encodeNil(forKey key: Key) { _ = child(key) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try child(key).take(value) }
    func nestedContainer<Other>(
      keyedBy type: Other.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Other> { child(key).container(keyedBy: type) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      child(key).unkeyedContainer()
    }
    func superEncoder() -> any Encoder { encoder.at(encoder.node.field("super")) }
    func superEncoder(forKey key: Key) -> any Encoder { child(key) }
  }

  private struct Items: UnkeyedEncodingContainer {
    let encoder: StateEncoder
    var codingPath: [any CodingKey] { [] }
    var count: Int { encoder.node.items?.count ?? 0 }

    private var child: StateEncoder { encoder.at(encoder.node.item()) }

    func encodeNil() { _ = child }
    func encode<T: Encodable>(_ value: T) throws { try child.take(value) }
    func nestedContainer<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
      child.container(keyedBy: type)
    }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { child.unkeyedContainer() }
    func superEncoder() -> any Encoder { child }
  }

  private struct Single: SingleValueEncodingContainer {
    let encoder: StateEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { encoder.node.value = .nothing }
    func encode<T: Encodable>(_ value: T) throws { try encoder.take(value) }
  }
}
