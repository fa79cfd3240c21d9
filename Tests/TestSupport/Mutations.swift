import Foundation

/// Damaged copies of good files, the same for the same seed.
public struct Mutations {
  private var state: UInt64
  private let originals: [[UInt8]]

  /// How many damaged files a test reads: as many as it says, or `WAYMARK_FUZZ`.
  public static func count(_ standard: Int) -> Int {
    ProcessInfo.processInfo.environment["WAYMARK_FUZZ"].flatMap { Int($0) } ?? standard
  }

  public init(of originals: [[UInt8]], seed: UInt64) {
    self.originals = originals
    state = seed
  }

  /// SplitMix64 (Steele et al. 2014).
  public mutating func number(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ z >> 31) % UInt64(max(1, bound)))
  }

  /// One to six changes to one of the originals, most of them near its beginning or end, where the
  /// formats keep their headers.
  public mutating func next() -> [UInt8] {
    var bytes = originals[number(below: originals.count)]
    for _ in 0...number(below: 6) {
      let place = place(in: bytes)
      switch number(below: 8) {
      case 0 where !bytes.isEmpty: bytes[place] ^= 1 << UInt8(number(below: 8))
      case 1 where !bytes.isEmpty: bytes[place] = UInt8(number(below: 256))
      case 2 where !bytes.isEmpty: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF][number(below: 5)]
      case 3: bytes = Array(bytes.prefix(place))
      case 4: bytes.insert(UInt8(number(below: 256)), at: place)
      case 5:
        let end = min(bytes.count, place + 1 + number(below: 8))
        bytes.removeSubrange(place..<end)
      case 6:
        for index in place..<min(bytes.count, place + 8) {
          bytes[index] = number(below: 2) == 0 ? 0xFF : 0
        }
      default:
        // A digit of a text header grows.
        let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
        if let digit = digits.isEmpty ? nil : digits[number(below: digits.count)] {
          bytes.insert(
            contentsOf: Array("99999999999".utf8.prefix(1 + number(below: 11))), at: digit)
        }
      }
    }
    return bytes
  }

  private mutating func place(in bytes: [UInt8]) -> Int {
    switch number(below: 4) {
    case 0: number(below: min(bytes.count, 64))
    case 1: max(0, bytes.count - 1 - number(below: min(bytes.count, 256)))
    default: number(below: bytes.count)
    }
  }
}
