/// What a golden file holds of a tensor: norm, sum, projections on ±1 vectors, and every
/// `stride`-th element (all of them up to 4,096).
struct GoldenTensor: Decodable, Sendable {
  var shape: [Int]
  var norm: Double
  var sum: Double
  var projections: [Double]
  var stride: Int
  var values: [Double]

  var count: Int { shape.reduce(1, *) }

  /// The offset of the first projection's signs.
  static let projectionOffset: UInt64 = 1000

  /// The first deviation beyond `tolerance` in words, or nil.
  ///
  /// An element may be off by `tolerance` times the larger of its size and the root mean square,
  /// the norm by `tolerance` times itself, sum and projections by four times that.
  ///
  /// - Parameter numbers: In PyTorch's row-major order.
  func deviation(of numbers: [Float], tolerance: Double) -> String? {
    guard numbers.count == count else { return "\(numbers.count) elements for shape \(shape)" }
    if let position = numbers.firstIndex(where: { !$0.isFinite }) {
      return "element \(position) is \(numbers[position])"
    }
    let scale = norm / Double(count).squareRoot()
    for (sample, expected) in values.enumerated() {
      let position = sample * stride
      let found = Double(numbers[position])
      let allowed = tolerance * max(abs(expected), scale)
      if let text = Self.deviation(found, from: expected, allowed: allowed) {
        return "element \(position) \(text)"
      }
    }
    var square = 0.0
    var total = 0.0
    for number in numbers {
      square += Double(number) * Double(number)
      total += Double(number)
    }
    let allowed = tolerance * norm
    if let text = Self.deviation(square.squareRoot(), from: norm, allowed: allowed) {
      return "norm \(text)"
    }
    if let text = Self.deviation(total, from: sum, allowed: 4 * allowed) { return "sum \(text)" }
    for (index, expected) in projections.enumerated() {
      let found = Self.projection(of: numbers, index)
      if let text = Self.deviation(found, from: expected, allowed: 4 * allowed) {
        return "projection \(index) \(text)"
      }
    }
    return nil
  }

  private static func deviation(_ found: Double, from expected: Double, allowed: Double) -> String?
  {
    abs(found - expected) <= allowed
      ? nil : "is \(found), not \(expected) ± \(allowed)"
  }

  private static func projection(of numbers: [Float], _ index: Int) -> Double {
    let offset = projectionOffset + UInt64(index)
    var result = 0.0
    for position in numbers.indices {
      result += Double(numbers[position]) * GoldenFormula.sign(offset, position)
    }
    return result
  }
}

/// A small tensor written whole.
struct GoldenValues: Decodable, Sendable {
  var shape: [Int]
  var values: [Double]

  var floats: [Float] { values.map { Float($0) } }

  /// The first deviation beyond `tolerance` relative to the larger of the element and the root mean
  /// square, in words, or nil.
  func deviation(of numbers: [Float], tolerance: Double) -> String? {
    let square = values.reduce(0) { $0 + $1 * $1 }
    return GoldenTensor(
      shape: shape, norm: square.squareRoot(), sum: values.reduce(0, +), projections: [], stride: 1,
      values: values
    ).deviation(of: numbers, tolerance: tolerance)
  }
}
