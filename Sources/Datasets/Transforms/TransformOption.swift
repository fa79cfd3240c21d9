/// An option of a step, as data from which a command can make a parameter.
package struct TransformOption: Sendable {
  package enum Kind: Sendable {
    case flag
    case choice([Word])
    /// One of a few words, or whole numbers.
    case words([Word], orIntegers: ClosedRange<Int>)
    case number(ClosedRange<Double>)
    /// `0.2` or `20%`; the range counts in ones.
    case share(ClosedRange<Double>)
    /// A few numbers, above the lower bound if that is not included.
    case numbers(ClosedRange<Double>, includesLower: Bool = true, count: ClosedRange<Int>)
  }

  /// A word, and what it means.
  package typealias Word = (word: String, summary: String)

  package let name: String
  package let kind: Kind
  /// One sentence.
  package let summary: String
  /// What other tools call it.
  package let searchWords: [String]

  init(_ name: String, _ kind: Kind, _ summary: String, searchWords: [String] = []) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.searchWords = searchWords
  }
}

/// The value of an option, or what logs say of a step.
package enum TransformValue: Hashable, Sendable {
  case flag(Bool)
  case word(String)
  case integer(Int)
  case integers([Int])
  case number(Double)
  case numbers([Double])

  static func number(_ value: Float) -> TransformValue { .number(Double(value)) }

  static func numbers(_ values: [Float]) -> TransformValue { .numbers(values.map { Double($0) }) }

  /// As JSON, but for words, which stand without quotes.
  package var text: String {
    switch self {
    case .flag(let flag): "\(flag)"
    case .word(let word): word
    case .integer(let number): "\(number)"
    case .integers(let numbers): "\(numbers)"
    // Figures are floats: 0.3403, not the double next to it.
    case .number(let number): "\(Float(number))"
    case .numbers(let numbers): "\(numbers.map { Float($0) })"
    }
  }
}

/// The options that were typed.
package struct TransformOptions {
  private let values: [String: TransformValue]

  /// By their names.
  package init(_ values: [String: TransformValue]) { self.values = values }

  subscript(_ option: TransformOption) -> TransformValue? { values[option.name] }

  func flag(_ option: TransformOption) -> Bool? {
    if case .flag(let flag)? = self[option] { flag } else { nil }
  }

  func word(_ option: TransformOption) -> String? {
    if case .word(let word)? = self[option] { word } else { nil }
  }

  func number(_ option: TransformOption) -> Float? {
    if case .number(let number)? = self[option] { Float(number) } else { nil }
  }

  func numbers(_ option: TransformOption) -> [Float]? {
    if case .numbers(let numbers)? = self[option] { numbers.map { Float($0) } } else { nil }
  }
}

/// Why what was typed cannot be done.
package struct TransformRefusal: Error {
  /// The name of the option to blame.
  package let option: String
  package let message: String

  init(_ option: TransformOption, _ message: String) {
    self.option = option.name
    self.message = message
  }
}
