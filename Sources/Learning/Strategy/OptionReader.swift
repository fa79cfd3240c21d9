/// Hands a strategy the values of its options.
///
/// A strategy says all there is to say of an option where it reads it: what is read without any values
/// given is the list of its options, in the order of help. So all options are always read.
public struct OptionReader {
  private let given: [String: OptionValue]
  /// The options read so far.
  public private(set) var options: [StrategyOption] = []

  public init(_ values: OptionValues) { given = values.values }

  mutating func integer(
    _ name: String, _ standard: Int, in range: ClosedRange<Int>, _ summary: String
  ) -> Int {
    guard case .integer(let value) = read(name, .integer(standard, range), summary) else {
      return misfit(name)
    }
    return value
  }

  mutating func real(
    _ name: String, _ standard: Double, in range: ClosedRange<Double>, _ summary: String
  ) -> Double {
    switch read(name, .real(standard, range), summary) {
    case .real(let value): value
    case .integer(let value): Double(value)
    default: misfit(name)
    }
  }

  mutating func float(
    _ name: String, _ standard: Double, in range: ClosedRange<Double>, _ summary: String
  ) -> Float {
    Float(real(name, standard, in: range, summary))
  }

  mutating func flag(_ name: String, _ standard: Bool, _ summary: String) -> Bool {
    guard case .flag(let value) = read(name, .flag(standard), summary) else { return misfit(name) }
    return value
  }

  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ standard: Choice, _ summary: String
  ) -> Choice {
    let words = Choice.allCases.map(\.rawValue)
    guard case .choice(let word) = read(name, .choice(standard.rawValue, words), summary),
      let choice = Choice(rawValue: word)
    else { return misfit(name) }
    return choice
  }

  private mutating func read(
    _ name: String, _ kind: StrategyOption.Kind, _ summary: String
  ) -> OptionValue {
    let option = StrategyOption(name: name, kind: kind, summary: summary)
    options.append(option)
    return given[name] ?? option.standard
  }

  private func misfit<Value>(_ name: String) -> Value {
    preconditionFailure("option '\(name)' was checked against its declaration")
  }
}

extension Strategy {
  public init(_ values: OptionValues) {
    var reader = OptionReader(values)
    self.init(&reader)
  }

  /// All options, in the order of help.
  public static var options: [StrategyOption] {
    var reader = OptionReader(OptionValues([]))
    _ = Self(&reader)
    return reader.options
  }
}
