/// The header of a binary PPM file ("P6"): width, height, largest value, each after white space or
/// comments, then one white-space byte and the samples.
package struct PortablePixmap: Hashable, Sendable {
  package var width: Int
  package var height: Int
  /// The sample that means full brightness, 1 … 65,535; above 255 samples have two bytes.
  package var maximum: Int
  /// Where the samples begin.
  package var offset: Int

  package var sampleBytes: Int { maximum > 255 ? 2 : 1 }

  /// Reads the header and checks that all samples are there.
  package init(_ bytes: UnsafeRawBufferPointer) throws(ImageFault) {
    guard bytes.count >= 2, bytes[0] == UInt8(ascii: "P"), bytes[1] == UInt8(ascii: "6") else {
      throw .wrongMagic(found: String(decoding: bytes.prefix(2), as: UTF8.self))
    }
    offset = 2
    width = try Self.number(bytes, &offset)
    height = try Self.number(bytes, &offset)
    maximum = try Self.number(bytes, &offset)
    guard ImageLimits.allow(width: width, height: height) else {
      throw .sizeOutOfRange(width: width, height: height)
    }
    guard (1...65_535).contains(maximum) else { throw .maximumOutOfRange(maximum) }
    guard offset < bytes.count, Self.isSpace(bytes[offset]) else { throw .damagedHeader }
    offset += 1
    let expected = width * height * 3 * sampleBytes
    guard bytes.count - offset >= expected else {
      throw .cutShort(expected: expected, found: bytes.count - offset)
    }
  }

  /// The samples as bytes in 0 … 255, [height, width, 3]; `bytes` is the whole file.
  package func scaledSamples(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    let count = width * height * 3
    return [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      for index in 0..<count {
        let at = offset + index * sampleBytes
        let sample = sampleBytes == 1 ? Int(bytes[at]) : Int(bytes[at]) << 8 | Int(bytes[at + 1])
        target[index] = UInt8((min(sample, maximum) * 255 + maximum / 2) / maximum)
      }
      filled = count
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || (9...13).contains(byte)
  }

  /// The next number; 1_000_000_000 for anything larger.
  private static func number(
    _ bytes: UnsafeRawBufferPointer, _ offset: inout Int
  ) throws(ImageFault) -> Int {
    let start = offset
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "#") {
        while offset < bytes.count, bytes[offset] != 10, bytes[offset] != 13 { offset += 1 }
      } else if isSpace(bytes[offset]) {
        offset += 1
      } else {
        break
      }
    }
    guard offset > start, offset < bytes.count, (48...57).contains(bytes[offset]) else {
      throw .damagedHeader
    }
    var value = 0
    while offset < bytes.count, (48...57).contains(bytes[offset]) {
      value = min(value * 10 + Int(bytes[offset] - 48), 1_000_000_000)
      offset += 1
    }
    return value
  }
}
