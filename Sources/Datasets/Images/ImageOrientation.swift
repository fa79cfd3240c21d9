/// How a camera was held: the value 1 … 8 of EXIF's tag 0x0112, which viewers apply.
///
/// Source: CIPA DC-008 (Exif 2.32), section 4.6.4; the structure is TIFF 6.0's.
struct ImageOrientation: Hashable {
  /// Rows and columns change places, before the reflections below.
  var transposed: Bool
  var flipsColumns: Bool
  var flipsRows: Bool

  /// Nil for the upright orientation and for all that is not one of the eight.
  init?(value: Int) {
    guard (2...8).contains(value) else { return nil }
    // What the upright image's pixel (row, column) is taken from.
    transposed = value >= 5
    flipsColumns = [2, 3, 6, 7].contains(value)
    flipsRows = [3, 4, 7, 8].contains(value)
  }

  /// Reads the tag from a TIFF structure; nil where it is absent or the structure is damaged.
  init?(exif bytes: UnsafeRawBufferPointer) {
    guard let reader = TIFFReader(bytes), let value = reader.orientation() else { return nil }
    self.init(value: value)
  }

  /// The upright image of `pixels`, [height, width, 3], and its height and width.
  func upright(
    _ pixels: UnsafeBufferPointer<UInt8>, height: Int, width: Int
  ) -> (pixels: [UInt8], height: Int, width: Int) {
    let (rows, columns) = transposed ? (width, height) : (height, width)
    let upright = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, filled in
      var place = 0
      for row in 0..<rows {
        for column in 0..<columns {
          let x = flipsColumns ? columns - 1 - column : column
          let y = flipsRows ? rows - 1 - row : row
          let source = 3 * (transposed ? x * width + y : y * width + x)
          for channel in 0..<3 { target[place + channel] = pixels[source + channel] }
          place += 3
        }
      }
      filled = place
    }
    return (upright, rows, columns)
  }
}

/// The little of TIFF that EXIF's orientation needs; every place is checked.
private struct TIFFReader {
  let bytes: UnsafeRawBufferPointer
  let littleEndian: Bool

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 8, bytes[0] == bytes[1] else { return nil }
    self.bytes = bytes
    switch bytes[0] {
    case UInt8(ascii: "I"): littleEndian = true
    case UInt8(ascii: "M"): littleEndian = false
    default: return nil
    }
    guard number(at: 2, bytes: 2) == 42 else { return nil }
  }

  /// The value of the tag 0x0112 in the first directory, if it is one short number.
  func orientation() -> Int? {
    guard let directory = number(at: 4, bytes: 4),
      let count = number(at: directory, bytes: 2)
    else { return nil }
    for index in 0..<count {
      let entry = directory + 2 + index * 12
      guard let tag = number(at: entry, bytes: 2) else { return nil }
      guard tag == 0x0112 else { continue }
      guard number(at: entry + 2, bytes: 2) == 3, number(at: entry + 4, bytes: 4) == 1 else {
        return nil
      }
      return number(at: entry + 8, bytes: 2)
    }
    return nil
  }

  private func number(at place: Int, bytes count: Int) -> Int? {
    guard place >= 0, place <= bytes.count - count else { return nil }
    let digits = bytes[place..<place + count]
    return (littleEndian ? Array(digits.reversed()) : Array(digits)).reduce(0) {
      $0 << 8 | Int($1)
    }
  }
}
