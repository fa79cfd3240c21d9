/// An array of an npy file.
struct NumPyArray {
  var header: NumPyHeader
  /// The numbers, little-endian.
  var bytes: [UInt8]

  init(_ file: UnsafeRawBufferPointer) throws(NumPyHeader.Fault) {
    header = try NumPyHeader(file)
    bytes = Array(file[header.start...])
  }

  /// nil if the array is not of whole numbers, or if one is too large.
  var integers: [Int]? {
    switch header.type {
    case "|u1", "|b1": bytes.map(Int.init)
    case "|i1": bytes.map { Int(Int8(bitPattern: $0)) }
    case "<u2": numbers(UInt16.self)
    case "<i2": numbers(Int16.self)
    case "<u4": numbers(UInt32.self)
    case "<i4": numbers(Int32.self)
    case "<u8": numbers(UInt64.self)
    case "<i8": numbers(Int64.self)
    default: nil
    }
  }

  private func numbers<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type
  ) -> [Int]? {
    let size = MemoryLayout<Number>.size
    let numbers = bytes.withUnsafeBytes { raw in
      (0..<raw.count / size).compactMap {
        Int(exactly: Number(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * size, as: type)))
      }
    }
    return numbers.count == bytes.count / size ? numbers : nil
  }

  /// nil if the array is not of texts, whether of characters or of bytes.
  var texts: [String]? {
    guard let size = header.itemSize, bytes.count < 1 << 24 else { return nil }
    if header.type.hasPrefix("|S") {
      return stride(from: 0, to: bytes.count, by: size).map {
        Self.text(bytes[$0..<$0 + size])
      }
    }
    guard header.type.hasPrefix("<U") else { return nil }
    return stride(from: 0, to: bytes.count, by: size).map { start in
      var text = ""
      for place in stride(from: start, to: start + size, by: 4) {
        let code = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * $1) }
        guard code != 0, let scalar = Unicode.Scalar(code) else { break }
        text.unicodeScalars.append(scalar)
      }
      return text
    }
  }

  /// Bytes up to the zeros that fill them: UTF-8, or else Latin-1.
  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    var bytes = bytes
    while bytes.last == 0 { bytes.removeLast() }
    return String(validating: bytes, as: UTF8.self)
      ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}

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
    let length = Int(type.dropFirst(2)) ?? 0
    return switch type {
    case "|u1", "|i1", "|b1": 1
    case "<u2", "<i2": 2
    case "<u4", "<i4", "<f4": 4
    case "<u8", "<i8", "<f8": 8
    case _ where !(1...10_000).contains(length): nil
    case _ where type.hasPrefix("<U"): 4 * length
    case _ where type.hasPrefix("|S"): length
    default: nil
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
