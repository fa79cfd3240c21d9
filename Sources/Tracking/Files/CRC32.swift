/// A cyclic redundancy check of 32 bits, reflected, with all bits set at the start and inverted at
/// the end.
package struct CRC32: Sendable {
  /// The one of IEEE 802.3, zlib and zip.
  package static let ieee = CRC32(reflectedPolynomial: 0xEDB8_8320)
  /// Castagnoli's, of iSCSI (RFC 3720) and TensorFlow's records.
  package static let castagnoli = CRC32(reflectedPolynomial: 0x82F6_3B78)

  private let table: [UInt32]

  private init(reflectedPolynomial polynomial: UInt32) {
    table = (0..<256).map { byte in
      (0..<8).reduce(UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1
      }
    }
  }

  package func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var value = UInt32.max
    for byte in bytes { value = table[Int((value ^ UInt32(byte)) & 0xFF)] ^ value >> 8 }
    return ~value
  }
}

extension FixedWidthInteger {
  /// The bytes from the lowest to the highest.
  var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian, Array.init) }
}
