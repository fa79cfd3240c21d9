/// What works out a value from others within an expression: `round($x, 2)`.
public struct Function: Sendable {
  public let name: String
  /// How it is written: `round(NUMBER [, DECIMALS])`.
  public let form: String
  /// One sentence.
  public let summary: String
  /// How many arguments it takes.
  let arguments: ClosedRange<Int>
  let compute: @Sendable (FunctionCall) throws(FunctionError) -> Value

  init(
    _ form: String, _ summary: String, _ arguments: ClosedRange<Int>,
    compute: @escaping @Sendable (FunctionCall) throws(FunctionError) -> Value
  ) {
    name = String(form.prefix { $0 != "(" })
    self.form = form
    self.summary = summary
    self.arguments = arguments
    self.compute = compute
  }

  /// All, in the order in which help lists them.
  public static let all = ofNumbers + ofLists + ofTexts

  static func named(_ name: String) -> Function? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// Why a function has no value.
struct FunctionError: Error {
  var fact: LanguageError.Fact
  /// The argument that is to blame, if one is.
  var argument: Int?
}

/// A function's arguments, read as it needs them.
struct FunctionCall {
  let name: String
  let operands: [Operand]

  var count: Int { operands.count }

  private func wrong(_ index: Int, _ expected: String) -> FunctionError {
    FunctionError(
      fact: .functionValue(
        function: name, expected: expected, found: operands[index].value.typeName),
      argument: index)
  }

  func number(_ index: Int) throws(FunctionError) -> Double {
    guard let number = operands[index].value.number else { throw wrong(index, "a number") }
    return number
  }

  func integer(
    _ index: Int, in range: ClosedRange<Int>, orElse standard: Int? = nil
  ) throws(FunctionError) -> Int {
    if index >= count, let standard { return standard }
    guard case .integer(let integer) = operands[index].value, range.contains(integer) else {
      throw wrong(index, "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  func text(_ index: Int, orElse standard: String? = nil) throws(FunctionError) -> String {
    if index >= count, let standard { return standard }
    guard operands[index].plainText != nil else { throw wrong(index, "a text") }
    return operands[index].shown
  }

  func list(_ index: Int) throws(FunctionError) -> [Operand] {
    guard let elements = operands[index].elements else { throw wrong(index, "a list") }
    return elements
  }

  /// The numbers of a list, or those given one by one; at least `least`.
  func numbers(atLeast least: Int) throws(FunctionError) -> [Double] {
    let given = count == 1 ? try list(0) : operands
    var numbers: [Double] = []
    for operand in given {
      guard let number = operand.value.number else {
        throw FunctionError(
          fact: .functionValue(function: name, expected: "numbers", found: operand.value.typeName))
      }
      numbers.append(number)
    }
    guard numbers.count >= least else {
      throw FunctionError(fact: .tooFewValues(function: name, least: least, found: numbers.count))
    }
    return numbers
  }
}
