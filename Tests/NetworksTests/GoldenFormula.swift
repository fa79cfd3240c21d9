/// The numbers that `scripts/reference/golden_networks.py` makes weights and batches from:
/// splitmix64 (Steele et al. 2014) of a tensor's offset and an element's index.
enum GoldenFormula {
  static func word(_ offset: UInt64, _ index: Int) -> UInt64 {
    var z = UInt64(index) &+ offset << 32 &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// In [0, 1), exact.
  static func unit(_ offset: UInt64, _ index: Int) -> Float {
    Float(word(offset, index) >> 40) * 0x1p-24
  }

  /// In [-`bound`, `bound`), rounded once.
  static func signed(_ offset: UInt64, _ index: Int, bound: Float) -> Float {
    (2 * unit(offset, index) - 1) * bound
  }

  static func sign(_ offset: UInt64, _ index: Int) -> Double {
    word(offset, index) >> 63 == 0 ? 1 : -1
  }
}
