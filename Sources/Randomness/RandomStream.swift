import System

/// A splittable, saveable stream of random words.
///
/// Streams are values and are named: `seed.stream(purpose).stream(task).stream(epoch)` is the same
/// stream wherever it is asked for, and a draw in one place cannot move another.
public struct RandomStream: RandomNumberGenerator, Codable, Hashable, Sendable {
  private var key: UInt64
  /// The index of the next 64-bit word.
  private var position: UInt64 = 0

  public init(seed: UInt64) { key = seed }

  public mutating func next() -> UInt64 {
    let block = Philox.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: position >> 1), UInt32(truncatingIfNeeded: position >> 33), 0, 0),
      key: key)
    let half = Int(position & 1) * 2
    position += 1
    return UInt64(block[half]) | UInt64(block[half + 1]) << 32
  }

  /// An independent stream named by `label`; `self` does not advance.
  public func stream(_ label: Int) -> RandomStream {
    let label = UInt64(bitPattern: Int64(label))
    let block = Philox.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: label), UInt32(truncatingIfNeeded: label >> 32), 0, 1),
      key: key)
    return RandomStream(seed: UInt64(block[0]) | UInt64(block[1]) << 32)
  }

  /// An independent stream named by a purpose such as "weights" or "order".
  public func stream(_ purpose: String) -> RandomStream {
    purpose.utf8.reduce(stream(0x7075_7270)) { $0.stream(Int($1)) }
  }
}

extension RandomStream {
  /// Uniform in [0, 1), 24 bits.
  public mutating func uniform() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// Uniform in [`bounds.lowerBound`, `bounds.upperBound`), or its lower bound if that is empty.
  public mutating func uniform(in bounds: Range<Float>) -> Float {
    bounds.lowerBound + (bounds.upperBound - bounds.lowerBound) * uniform()
  }

  /// Uniform in 0 ..< `count`, without bias (Lemire 2019).
  public mutating func index(below count: Int) -> Int {
    precondition(count > 0)
    let bound = UInt64(count)
    var (high, low) = next().multipliedFullWidth(by: bound)
    if low < bound {
      let floor = (0 &- bound) % bound
      while low < floor { (high, low) = next().multipliedFullWidth(by: bound) }
    }
    return Int(high)
  }

  /// Standard normal (Box and Muller 1958).
  public mutating func normal() -> Float {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// Shuffles in place (Fisher and Yates).
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, index(below: last + 1))
    }
  }

  /// `count` different elements in random order; all of them if there are fewer.
  public mutating func sample<Element>(_ count: Int, from elements: [Element]) -> [Element] {
    var pool = elements
    let count = min(count, pool.count)
    for first in 0..<count { pool.swapAt(first, first + index(below: pool.count - first)) }
    return Array(pool.prefix(count))
  }
}
