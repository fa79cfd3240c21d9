/// The fields of a message of protocol buffers, undecoded.
struct MessageFields {
  struct Fault: Error { var place: Int }

  private struct Field {
    var number: Int
    var varint = 0
    var bytes: [UInt8] = []
  }

  private var fields: [Field] = []

  init(_ bytes: [UInt8]) throws {
    var place = 0
    func varint() throws -> Int {
      var (result, shift) = (0, 0)
      while place < bytes.count {
        let byte = bytes[place]
        place += 1
        result |= Int(byte & 0x7F) << shift
        if byte < 0x80 { return result }
        shift += 7
      }
      throw Fault(place: place)
    }
    while place < bytes.count {
      let key = try varint()
      var field = Field(number: key >> 3)
      switch key & 7 {
      case 0: field.varint = try varint()
      case 1, 2, 5:
        let count = key & 7 == 1 ? 8 : key & 7 == 5 ? 4 : try varint()
        guard count >= 0, place + count <= bytes.count else { throw Fault(place: place) }
        field.bytes = Array(bytes[place..<place + count])
        place += count
      default: throw Fault(place: place)
      }
      fields.append(field)
    }
  }

  func messages(_ number: Int) throws -> [MessageFields] {
    try fields.filter { $0.number == number }.map { try MessageFields($0.bytes) }
  }

  func texts(_ number: Int) -> [String] {
    fields.filter { $0.number == number }.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  /// The field's number; 0, which is not written, where there is none.
  func integer(_ number: Int) -> Int { fields.last { $0.number == number }?.varint ?? 0 }

  /// Of eight bytes, the lowest first; nil where there is none.
  func double(_ number: Int) -> Double? {
    fields.last { $0.number == number && $0.bytes.count == 8 }.map { field in
      Double(
        bitPattern: field.bytes.enumerated().reduce(0) {
          $0 | UInt64($1.element) << (8 * UInt64($1.offset))
        })
    }
  }

  /// Of four bytes, the lowest first; nil where there is none.
  func float(_ number: Int) -> Float? {
    fields.last { $0.number == number && $0.bytes.count == 4 }.map { field in
      Float(
        bitPattern: field.bytes.enumerated().reduce(0) {
          $0 | UInt32($1.element) << (8 * UInt32($1.offset))
        })
    }
  }
}
