/// A class as a person names it: by its number or by its name.
public enum ClassWord: Hashable, Sendable {
  case number(Int)
  case name(String)
}

extension ValueKind where Value == [ClassWord] {
  /// Classes: `13`, `Stop`, `0..7`, or a list of these: `[0..7, Stop]`.
  public static var classes: ValueKind<[ClassWord]> {
    let numbers = ValueKind<[Int]>.integers(0...100_000)
    let shape = ValueShape.either(numbers.shape, .text)
    return ValueKind(shape) { operand, directory throws(ValueProblem) in
      let operands =
        if case .list(let operands) = operand.value { operands } else { [operand] }
      var words: [ClassWord] = []
      for operand in operands {
        switch operand.value {
        case .integer, .range:
          words += try numbers.read(operand, directory).map { .number($0) }
        default:
          guard let name = operand.plainText, !name.isEmpty else {
            throw ValueProblem.wrongType(operand, expected: shape)
          }
          words.append(.name(name))
        }
      }
      return words
    }
  }
}
