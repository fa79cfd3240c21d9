/// What the header of an npy file says (NumPy Enhancement Proposal 1), and where the numbers begin.
struct NumPyHeader: Hashable {
  /// Byte order, kind and size, as NumPy writes them: `|u1`, `<i8`, `<U12`, `|S12`.
  var type: String
  var shape: [Int]
  /// Of the first number.
  var start: Int

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let longestText = 1 << 16

  struct Fault: Error, Hashable {
    var place: Int
    var reason: String
  }

  init(type: String, shape: [Int]) {
    self.type = type
    self.shape = shape
    start = 0
  }

  /// Of a file in C order whose numbers fill it exactly.
  init(_ bytes: UnsafeRawBufferPointer) throws(Fault) {
    guard bytes.prefix(6).elementsEqual(Self.magic) else {
      throw Fault(place: 0, reason: "it does not begin as an npy file does")
    }
    guard bytes.count >= 12 else { throw Fault(place: bytes.count, reason: "it is cut short") }
    let isShort = bytes[6] == 1
    guard (1...3).contains(bytes[6]) else {
      throw Fault(place: 6, reason: "version \(bytes[6]) of the format is not read")
    }
    let length = (0..<(isShort ? 2 : 4)).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
    start = (isShort ? 10 : 12) + length
    guard length <= Self.longestText, start <= bytes.count else {
      throw Fault(place: 8, reason: "the header claims \(length) bytes")
    }
    var scanner = LiteralScanner(bytes[(isShort ? 10 : 12)..<start])
    (type, shape) = ("", [])
    do {
      var isFortran: Bool?
      try scanner.expect("{")
      while !scanner.skip("}") {
        let key = try scanner.text()
        try scanner.expect(":")
        switch key {
        case "descr": type = try scanner.text()
        case "fortran_order": isFortran = try scanner.flag()
        case "shape": shape = try scanner.integers()
        default: throw LiteralScanner.Fault()
        }
        _ = scanner.skip(",")
      }
      guard isFortran == false else {
        throw Fault(place: 10, reason: "it is in Fortran's order; save it with order='C'")
      }
    } catch let fault as Fault {
      throw fault
    } catch {
      throw Fault(place: scanner.place, reason: "the header is not as NumPy writes it")
    }
    guard let size = itemSize else {
      throw Fault(place: 10, reason: "the type '\(type.prefix(20))' is not read")
    }
    var count = size
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow else {
        throw Fault(place: 10, reason: "the shape is impossible")
      }
      count = product
    }
    guard count == bytes.count - start else {
      throw Fault(
        place: bytes.count,
        reason: "\(bytes.count - start) bytes of numbers instead of the \(count) of its shape")
    }
  }

  /// In bytes; nil for types that are not read.
  var itemSize: Int? {
    switch type {
    case "|u1", "|i1", "|b1": 1
    case "<u2", "<i2": 2
    case "<u4", "<i4", "<f4": 4
    case "<u8", "<i8", "<f8": 8
    default:
      if let length = Int(type.dropFirst(2)), (1...10_000).contains(length) {
        switch type.prefix(2) {
        case "<U": 4 * length
        case "|S": length
        default: nil
        }
      } else {
        nil
      }
    }
  }

  /// The header's bytes, padded so that the numbers begin at a multiple of 64.
  var bytes: [UInt8] {
    let extents = shape.map { "\($0)," }.joined(separator: " ")
    let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(extents)), }"
    let padding = (64 - (10 + text.utf8.count + 1) % 64) % 64
    let length = text.utf8.count + padding + 1
    return Self.magic + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)] + Array(text.utf8)
      + Array(repeating: 0x20, count: padding) + [0x0A]
  }
}

/// Reads the few forms of a Python literal that NumPy's headers have.
struct LiteralScanner {
  struct Fault: Error {}

  private let bytes: UnsafeRawBufferPointer.SubSequence
  private(set) var place: Int

  init(_ bytes: UnsafeRawBufferPointer.SubSequence) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  private mutating func skipBlanks() {
    while place < bytes.endIndex, [0x20, 0x0A].contains(bytes[place]) { place += 1 }
  }

  /// Passes over `word` if it is next.
  mutating func skip(_ word: String) -> Bool {
    skipBlanks()
    guard bytes[place...].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }

  mutating func expect(_ word: String) throws(Fault) {
    guard skip(word) else { throw Fault() }
  }

  mutating func text() throws(Fault) -> String {
    try expect("'")
    guard let end = bytes[place...].firstIndex(of: UInt8(ascii: "'")) else { throw Fault() }
    defer { place = end + 1 }
    return String(decoding: bytes[place..<end], as: UTF8.self)
  }

  mutating func flag() throws(Fault) -> Bool {
    if skip("False") { return false }
    try expect("True")
    return true
  }

  mutating func integers() throws(Fault) -> [Int] {
    var numbers: [Int] = []
    try expect("(")
    while !skip(")") {
      let digits = bytes[place...].prefix { (0x30...0x39).contains($0) }
      guard let number = Int(String(decoding: digits, as: UTF8.self)), numbers.count < 32 else {
        throw Fault()
      }
      place += digits.count
      numbers.append(number)
      if !skip(",") {
        try expect(")")
        break
      }
    }
    return numbers
  }
}
