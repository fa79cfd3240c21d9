import PlainText

/// How a parameter reads its value: the shape for people, and the conversion to Swift.
public struct ValueKind<Value: Sendable>: Sendable {
  public let shape: ValueShape
  let read: @Sendable (Operand, any ObjectDirectory) throws(ValueProblem) -> Value
  /// How a default is shown in help.
  let spell: @Sendable (Value) -> String

  init(
    _ shape: ValueShape, spell: @escaping @Sendable (Value) -> String = { "\($0)" },
    read: @escaping @Sendable (Operand, any ObjectDirectory) throws(ValueProblem) -> Value
  ) {
    self.shape = shape
    self.read = read
    self.spell = spell
  }

  /// Reads a word that a body has among others.
  public func value(
    of operand: Operand, in directory: some ObjectDirectory
  ) throws(ValueProblem) -> Value {
    try read(operand, directory)
  }

  /// Single values: what `match` gives nil for is of the wrong type, what `isWithin` refuses is out
  /// of range.
  static func single(
    _ shape: ValueShape, spell: @escaping @Sendable (Value) -> String = { "\($0)" },
    isWithin: @escaping @Sendable (Value) -> Bool = { _ in true },
    match: @escaping @Sendable (Operand) -> Value?
  ) -> ValueKind {
    ValueKind(shape, spell: spell) { operand, _ throws(ValueProblem) in
      guard let value = match(operand) else { throw .wrongType(operand, expected: shape) }
      guard isWithin(value) else { throw .outOfRange(operand, expected: shape) }
      return value
    }
  }

  /// The same words, turned into another type.
  public func map<Other: Sendable>(
    spelledBy spell: @escaping @Sendable (Other) -> String = { "\($0)" },
    _ transform: @escaping @Sendable (Value) -> Other
  ) -> ValueKind<Other> {
    ValueKind<Other>(shape, spell: spell) { [read] operand, directory throws(ValueProblem) in
      transform(try read(operand, directory))
    }
  }

  /// Words of this kind, or else of another.
  ///
  /// The second kind's complaint is the one that is heard, unless the first kind knows the type.
  public func or(_ other: ValueKind<Value>) -> ValueKind<Value> {
    let shape = ValueShape.either(shape, other.shape)
    return ValueKind(shape, spell: spell) { [read] operand, directory throws(ValueProblem) in
      do throws(ValueProblem) {
        return try read(operand, directory)
      } catch let first {
        do throws(ValueProblem) {
          return try other.read(operand, directory)
        } catch {
          guard case .wrongType = error.fact else { throw error }
          guard case .wrongType = first.fact else { throw first }
          throw .wrongType(operand, expected: shape)
        }
      }
    }
  }
}

/// What is wrong with a value, and which part of it.
public struct ValueProblem: Error, Hashable {
  public var fact: ValueFact
  public var span: Span

  public init(_ fact: ValueFact, at span: Span) {
    self.fact = fact
    self.span = span
  }

  static func wrongType(_ operand: Operand, expected: ValueShape) -> ValueProblem {
    ValueProblem(.wrongType(expected: expected.phrase, found: operand.found), at: operand.span)
  }

  static func outOfRange(_ operand: Operand, expected: ValueShape) -> ValueProblem {
    ValueProblem(.outOfRange(expected: expected.phrase, found: operand.spelling), at: operand.span)
  }
}

extension Operand {
  /// What errors say was found instead: the type for long values, else the words.
  var found: String {
    switch value {
    case .list, .call: value.typeName
    case .text: "the text '\(spelling)'"
    default: "'\(spelling)'"
    }
  }

  /// A number without a unit.
  fileprivate var plainNumber: Double? {
    switch value {
    case .integer, .real: value.number
    default: nil
    }
  }

  /// The text of anything that is neither list nor call.
  var plainText: String? {
    switch value {
    case .list, .call: nil
    default: spelling
    }
  }
}

extension ValueKind where Value == Int {
  /// A whole number within a range.
  public static func integer(_ range: ClosedRange<Int>) -> ValueKind<Int> {
    let shape = ValueShape.integer(range)
    return ValueKind(shape) { operand, _ throws(ValueProblem) in
      switch operand.value {
      case .integer(let integer):
        guard range.contains(integer) else { throw .outOfRange(operand, expected: shape) }
        return integer
      case .real(let number) where number == number.rounded() && abs(number) > 1e15:
        throw .outOfRange(operand, expected: shape)
      default:
        throw .wrongType(operand, expected: shape)
      }
    }
  }

  /// A whole number that is not below a bound.
  public static func integer(_ range: PartialRangeFrom<Int>) -> ValueKind<Int> {
    integer(range.lowerBound...Int.max)
  }
}

extension ValueKind where Value == UInt64 {
  /// A seed of random numbers: a whole number from 0.
  public static var seed: ValueKind<UInt64> {
    ValueKind(.seed) { operand, _ throws(ValueProblem) in
      switch operand.value {
      case .integer, .real:
        if let seed = UInt64(operand.spelling) { return seed }
        if case .integer = operand.value { throw .outOfRange(operand, expected: .seed) }
      default: break
      }
      throw .wrongType(operand, expected: .seed)
    }
  }
}

extension ValueKind where Value == Double {
  /// A number within a range; a whole number will do.
  public static func real(_ range: RealRange) -> ValueKind<Double> {
    single(.real(range), spell: \.plainText, isWithin: range.contains) { $0.plainNumber }
  }

  public static func real(_ range: ClosedRange<Double>) -> ValueKind<Double> {
    real(RealRange(from: range.lowerBound, through: range.upperBound))
  }

  /// A number above a bound, such as a learning rate above 0.
  public static func real(
    above lower: Double, through upper: Double = .infinity
  ) -> ValueKind<Double> {
    real(RealRange(from: lower, includesLower: false, through: upper))
  }

  /// A share: `0.8` or `80%`, both read as 0.8; the range counts in ones.
  public static func fraction(_ range: ClosedRange<Double> = 0...1) -> ValueKind<Double> {
    let bounds = RealRange(from: range.lowerBound, through: range.upperBound)
    return single(.fraction(bounds), spell: \.plainText, isWithin: bounds.contains) {
      if case .percentage(let percentage) = $0.value { percentage / 100 } else { $0.plainNumber }
    }
  }

  /// A time such as `5s`, `2m` or `300ms`, read in seconds; a plain number counts seconds.
  public static var duration: ValueKind<Double> {
    single(.duration, spell: { $0.plainText + "s" }, isWithin: { $0 >= 0 }) {
      if case .duration(let seconds) = $0.value { seconds } else { $0.plainNumber }
    }
  }
}

extension ValueKind where Value == RealRange {
  /// A range of numbers, both ends included: `..40`, `20..40`, `60..`; a number stands for itself.
  ///
  /// - Parameter bounds: Within which the ends lie.
  public static func span(within bounds: ClosedRange<Double>) -> ValueKind<RealRange> {
    let bounds = RealRange(from: bounds.lowerBound, through: bounds.upperBound)
    let shape = ValueShape.span(bounds)
    return ValueKind(shape) { operand, _ throws(ValueProblem) in
      guard let text = operand.plainText, let range = RealRange(text) else {
        throw .wrongType(operand, expected: shape)
      }
      let ends = [range.lower, range.upper].filter(\.isFinite)
      guard ends.allSatisfy(bounds.contains) else { throw .outOfRange(operand, expected: shape) }
      guard range.lower <= range.upper else {
        throw ValueProblem(
          .reversedRange(lower: range.lower.plainText, upper: range.upper.plainText),
          at: operand.span)
      }
      return range
    }
  }
}

extension RealRange {
  /// Reads `..40`, `20..40`, `60..` or `40`.
  fileprivate init?(_ text: String) {
    func number(_ text: Substring) -> Double? {
      text.utf8.allSatisfy { $0 < 0x3A } ? Double(text) : nil
    }
    guard let dots = text.firstRange(of: "..") else {
      guard let value = number(text[...]) else { return nil }
      self.init(from: value, through: value)
      return
    }
    let (below, above) = (text[..<dots.lowerBound], text[dots.upperBound...])
    let lower = below.isEmpty ? -Double.infinity : number(below)
    let upper = above.isEmpty ? Double.infinity : number(above)
    guard let lower, let upper, !(below.isEmpty && above.isEmpty) else { return nil }
    self.init(from: lower, through: upper)
  }
}
