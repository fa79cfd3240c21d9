/// A fast 64-bit checksum against damage by accident (not against forgery): four lanes of
/// 64-bit words, each multiplied and rotated, so that every changed word changes the result.
struct Checksum {
  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  private var count = 0
  private var isOpen = true

  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var checksum = Checksum()
    checksum.update(bytes)
    return checksum.finish()
  }

  /// All pieces but the last must be multiples of 32 bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    precondition(isOpen)
    var (a, b, c, d) = lanes
    let whole = bytes.count & ~31
    var offset = 0
    while offset < whole {
      a = Self.mixed(a, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      b = Self.mixed(b, bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
      c = Self.mixed(c, bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self))
      d = Self.mixed(d, bytes.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self))
      offset += 32
    }
    for byte in bytes[whole...] { a = Self.mixed(a, UInt64(byte)) }
    lanes = (a, b, c, d)
    count += bytes.count
    isOpen = bytes.count & 31 == 0
  }

  func finish() -> UInt64 {
    let words = [lanes.1, lanes.2, lanes.3, UInt64(count)]
    return words.reduce(lanes.0, Self.mixed)
  }

  private static func mixed(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let product = (lane ^ word) &* 0x9E37_79B9_7F4A_7C15
    return product << 31 | product >> 33
  }
}
