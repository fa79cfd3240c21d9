/// Numbers along which something is tried.
public enum NumberSeries: Hashable, Sendable {
  /// `0..30`, to be divided.
  case span(from: Double, through: Double)
  /// `[0, 2.5, 5]`, or `15`.
  case list([Double])

  /// The numbers themselves.
  ///
  /// - Parameter steps: How many a span is divided into, both ends included.
  public func numbers(steps: Int) -> [Double] {
    switch self {
    case .list(let numbers): numbers
    case .span(let first, let last):
      (0..<steps).map { step in
        step == steps - 1 ? last : first + (last - first) * Double(step) / Double(steps - 1)
      }
    }
  }
}

extension ValueKind where Value == NumberSeries {
  /// A range of whole numbers, or numbers one by one, all within bounds.
  public static func series(_ range: ClosedRange<Double>) -> ValueKind<NumberSeries> {
    let bounds = RealRange(from: range.lowerBound, through: range.upperBound)
    let shape = ValueShape.series(bounds)
    let number = ValueKind<Double>.real(bounds)
    return ValueKind(shape) { operand, directory throws(ValueProblem) in
      guard case .range(let lower, let upper) = operand.value else {
        let operands = if case .list(let operands) = operand.value { operands } else { [operand] }
        guard !operands.isEmpty else { throw .wrongType(operand, expected: shape) }
        return .list(
          try operands.map { operand throws(ValueProblem) in
            try number.read(operand, directory)
          })
      }
      guard lower < upper else {
        throw ValueProblem(.reversedRange(lower: "\(lower)", upper: "\(upper)"), at: operand.span)
      }
      guard bounds.contains(Double(lower)), bounds.contains(Double(upper)) else {
        throw .outOfRange(operand, expected: shape)
      }
      return .span(from: Double(lower), through: Double(upper))
    }
  }
}
