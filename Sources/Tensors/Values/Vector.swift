/// The vector of the kernels: one register of AVX-512, two of AVX2, four of the baseline.
package typealias Vector = SIMD16<Float>

/// What the build's flags allow.
public enum Processor {
  #if FUSED
    /// Multiply and add in one rounding. The vector's width does not change a bit of any result.
    public static let kernels = "avx2+fma"
  #else
    /// Multiply, round, add, round: other bits than with fused kernels.
    public static let kernels = "baseline"
  #endif

  #if WIDE
    public static let vectorBits = 512
  #elseif FUSED
    public static let vectorBits = 256
  #else
    public static let vectorBits = 128
  #endif
}

extension Vector {
  /// `self + a·b`, fused where the processor has it.
  @inline(__always)
  mutating func accumulate(_ a: Vector, _ b: Vector) {
    #if FUSED
      self = addingProduct(a, b)
    #else
      self += a * b
    #endif
  }

  @inline(__always)
  mutating func accumulate(_ a: Float, _ b: Vector) { accumulate(Vector(repeating: a), b) }
}

extension UnsafePointer<Float> {
  @inline(__always)
  func vector(at offset: Int) -> Vector {
    UnsafeRawPointer(self + offset).loadUnaligned(as: Vector.self)
  }
}

extension UnsafePointer<Float> {
  /// The first `lanes` of 16; zeros behind.
  @inline(__always)
  func vector(at offset: Int, lanes: Int) -> Vector {
    if lanes == 16 { return vector(at: offset) }
    var vector = Vector.zero
    let source = UnsafeRawPointer(self + offset)
    var eight = SIMD8<Float>.zero
    if lanes & 4 != 0 {
      eight.lowHalf = (source + 4 * (lanes & 8)).loadUnaligned(as: SIMD4<Float>.self)
    }
    for lane in 0..<lanes & 3 { eight[(lanes & 4) + lane] = self[offset + (lanes & 12) + lane] }
    if lanes & 8 != 0 {
      vector.lowHalf = source.loadUnaligned(as: SIMD8<Float>.self)
      vector.highHalf = eight
    } else {
      vector.lowHalf = eight
    }
    return vector
  }
}

extension UnsafeMutablePointer<Float> {
  @inline(__always)
  func vector(at offset: Int) -> Vector { UnsafePointer(self).vector(at: offset) }

  @inline(__always)
  func vector(at offset: Int, lanes: Int) -> Vector {
    UnsafePointer(self).vector(at: offset, lanes: lanes)
  }

  @inline(__always)
  func store(_ vector: Vector, at offset: Int) {
    UnsafeMutableRawPointer(self + offset).storeBytes(of: vector, as: Vector.self)
  }

  /// Stores the first `lanes` of 16.
  @inline(__always)
  func store(_ vector: Vector, at offset: Int, lanes: Int) {
    if lanes == 16 {
      store(vector, at: offset)
    } else {
      // Halves, so that few outputs are not stored one by one.
      let target = UnsafeMutableRawPointer(self + offset)
      var eight = vector.lowHalf
      if lanes & 8 != 0 {
        target.storeBytes(of: eight, as: SIMD8<Float>.self)
        eight = vector.highHalf
      }
      var four = eight.lowHalf
      if lanes & 4 != 0 {
        (target + 4 * (lanes & 8)).storeBytes(of: four, as: SIMD4<Float>.self)
        four = eight.highHalf
      }
      for lane in 0..<lanes & 3 { self[offset + (lanes & 12) + lane] = four[lane] }
    }
  }
}

/// `count` rounded up to whole vectors.
@inline(__always)
func paddedToVectors(_ count: Int) -> Int { (count + 15) & ~15 }
