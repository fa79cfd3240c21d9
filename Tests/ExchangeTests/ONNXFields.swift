import Foundation

/// The fields of one message of protocol buffers, undecoded.
struct ONNXFields {
  struct Fault: Error { var place: Int }

  private enum Value {
    case number(UInt64)
    case bits(UInt32)
    case bytes(ArraySlice<UInt8>)
  }

  private var fields: [(number: Int, value: Value)] = []

  init(_ bytes: some Collection<UInt8>) throws {
    var rest = ArraySlice(Array(bytes))
    while !rest.isEmpty {
      let tag = try Self.varint(&rest)
      let number = Int(tag >> 3)
      switch tag & 7 {
      case 0: fields.append((number, .number(try Self.varint(&rest))))
      case 2:
        let count = Int(try Self.varint(&rest))
        guard count <= rest.count else { throw Fault(place: rest.startIndex) }
        fields.append((number, .bytes(rest.prefix(count))))
        rest = rest.dropFirst(count)
      case 5:
        guard rest.count >= 4 else { throw Fault(place: rest.startIndex) }
        let bits = rest.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        fields.append((number, .bits(bits)))
        rest = rest.dropFirst(4)
      default: throw Fault(place: rest.startIndex)
      }
    }
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) throws -> UInt64 {
    var (value, shift) = (UInt64(0), UInt64(0))
    while let byte = rest.popFirst() {
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw Fault(place: rest.startIndex)
  }

  func bytes(_ number: Int) -> [[UInt8]] {
    fields.compactMap { field in
      guard field.number == number, case .bytes(let bytes) = field.value else { return nil }
      return Array(bytes)
    }
  }

  func messages(_ number: Int) throws -> [ONNXFields] { try bytes(number).map(ONNXFields.init) }

  func texts(_ number: Int) -> [String] {
    bytes(number).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whole numbers, one by one or packed.
  func integers(_ number: Int) throws -> [Int] {
    try fields.filter { $0.number == number }.flatMap { field -> [Int] in
      switch field.value {
      case .number(let value): return [Int(truncatingIfNeeded: value)]
      case .bits: return []
      case .bytes(var packed):
        var values: [Int] = []
        while !packed.isEmpty { values.append(Int(truncatingIfNeeded: try Self.varint(&packed))) }
        return values
      }
    }
  }

  func real(_ number: Int) -> Float? {
    for case (number, .bits(let bits)) in fields { return Float(bitPattern: bits) }
    return nil
  }
}
