/// The bytes of a pickle, read from the front.
struct PickleBytes {
  private let bytes: [UInt8]
  private var place = 0
  /// Where the last opcode stands.
  private(set) var opcodePlace = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func opcode() throws(Pickle.Fault) -> UInt8 {
    opcodePlace = place
    return try byte()
  }

  mutating func byte() throws(Pickle.Fault) -> UInt8 {
    let bytes = try take(1)
    return bytes[bytes.startIndex]
  }

  /// An unsigned number, little-endian.
  mutating func integer(bytes count: Int) throws(Pickle.Fault) -> Int {
    let value = try take(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard let integer = Int(exactly: value) else { throw fault("a number is too large") }
    return integer
  }

  /// A signed number of up to eight bytes, whose count stands before it.
  mutating func longInteger() throws(Pickle.Fault) -> Int {
    let count = Int(try byte())
    guard count <= 8 else { throw fault("a number of \(count) bytes is too large") }
    let value = try take(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let shift = 64 - 8 * count
    return Int(truncatingIfNeeded: Int64(bitPattern: value << UInt64(shift)) >> Int64(shift))
  }

  /// Big-endian, unlike the rest.
  mutating func real() throws(Pickle.Fault) -> Double {
    Double(bitPattern: try take(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  mutating func text(count: Int) throws(Pickle.Fault) -> String {
    guard let text = String(validating: try take(count), as: UTF8.self) else {
      throw fault("a text is not UTF-8")
    }
    return text
  }

  /// Up to the next end of a line, which is passed over.
  mutating func line() throws(Pickle.Fault) -> String {
    let rest = bytes[place...].prefix(200)
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
      throw fault("a line has no end")
    }
    defer { place = end + 1 }
    return String(decoding: bytes[place..<end], as: UTF8.self)
  }

  private mutating func take(_ count: Int) throws(Pickle.Fault) -> ArraySlice<UInt8> {
    guard count <= bytes.count - place else { throw fault("it is cut short") }
    defer { place += count }
    return bytes[place..<place + count]
  }

  private func fault(_ reason: String) -> Pickle.Fault {
    Pickle.Fault(place: opcodePlace, reason: reason)
  }
}
