/// How many sums a kernel keeps in registers at a time: `pixels` × `channels`.
enum Tile {
  #if WIDE
    /// 32 registers of 16 floats: 8 pixels × 32 channels take 16 of them.
    typealias Lanes = VectorPair
    typealias Sums = InlineArray<8, Lanes>
    static let pixels = 8
    static let channels = 32
  #else
    /// 16 registers of 8 floats: 4 pixels × 16 channels take 8 and leave room for the weights.
    typealias Lanes = Vector
    typealias Sums = InlineArray<4, Lanes>
    static let pixels = 4
    static let channels = 16
  #endif
}

/// Two vectors side by side.
struct VectorPair {
  var low: Vector
  var high: Vector

  static let zero = VectorPair(low: .zero, high: .zero)

  @inline(__always)
  mutating func accumulate(_ a: Float, _ b: VectorPair) {
    let a = Vector(repeating: a)
    low.accumulate(a, b.low)
    high.accumulate(a, b.high)
  }
}

extension UnsafePointer<Float> {
  @inline(__always)
  var lanes: Tile.Lanes {
    #if WIDE
      VectorPair(low: vector(at: 0), high: vector(at: 16))
    #else
      vector(at: 0)
    #endif
  }
}

extension UnsafeMutablePointer<Float> {
  @inline(__always)
  func store(lanes: Tile.Lanes) {
    #if WIDE
      store(lanes.low, at: 0)
      store(lanes.high, at: 16)
    #else
      store(lanes, at: 0)
    #endif
  }
}
