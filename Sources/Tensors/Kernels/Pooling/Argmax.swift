/// The largest of the four values of a 2×2 cell, for 16 channels.
struct Argmax {
  var value: Vector
  /// Which of the four it is, row-major, the first of equals.
  var place: SIMD16<Int32>

  @inline(__always)
  init(_ first: Vector, _ second: Vector, _ third: Vector, _ fourth: Vector) {
    value = first
    place = .zero
    challenge(second, 1)
    challenge(third, 2)
    challenge(fourth, 3)
  }

  @inline(__always)
  private mutating func challenge(_ other: Vector, _ number: Int32) {
    let larger = other .> value
    value.replace(with: other, where: larger)
    place.replace(with: number, where: larger)
  }
}

extension UnsafePointer<UInt8> {
  /// The places of 16 channels, as `Argmax` has them.
  ///
  /// Written out, so that the bytes are widened at once: the general conversion goes through them one
  /// by one.
  @inline(__always)
  func places(at offset: Int) -> SIMD16<Int32> {
    let b = UnsafeRawPointer(self + offset).loadUnaligned(as: SIMD16<UInt8>.self)
    return SIMD16(
      Int32(b[0]), Int32(b[1]), Int32(b[2]), Int32(b[3]), Int32(b[4]), Int32(b[5]), Int32(b[6]),
      Int32(b[7]), Int32(b[8]), Int32(b[9]), Int32(b[10]), Int32(b[11]), Int32(b[12]),
      Int32(b[13]), Int32(b[14]), Int32(b[15]))
  }
}

extension SIMD16<Int32> {
  /// The lanes that hold `place`.
  ///
  /// Of two vectors: compared with a single number, the lanes would be gone through one by one.
  @inline(__always)
  func lanes(of place: Int32) -> SIMDMask<SIMD16<Int32>> { self .== SIMD16(repeating: place) }
}

extension UnsafeMutablePointer<UInt8> {
  /// Stores the first `lanes` of 16 places as bytes.
  @inline(__always)
  func store(_ places: SIMD16<Int32>, at offset: Int, lanes: Int) {
    let bytes = SIMD16<UInt8>(truncatingIfNeeded: places)
    if lanes == 16 {
      UnsafeMutableRawPointer(self + offset).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
    } else {
      for lane in 0..<lanes { self[offset + lane] = bytes[lane] }
    }
  }
}
