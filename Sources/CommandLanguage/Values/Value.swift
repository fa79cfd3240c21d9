import PlainText

/// A value after references were looked up.
public indirect enum Value: Hashable, Sendable {
  case integer(Int)
  case real(Double)
  /// `80%` is 80.
  case percentage(Double)
  case duration(seconds: Double)
  case flag(Bool)
  /// `1..5`, both ends included; not necessarily rising.
  case range(lower: Int, upper: Int)
  case list([Operand])
  case call(Call)
  case word(String)
  /// A quoted text, which is never a number or a flag.
  case text(String)
  /// What rows of a table shall meet.
  case condition(RowCondition)
  /// What only the run of the script tells; while a script is checked.
  case later
}

/// `conv(32, 5)`, or a plain `lrelu` where calls are expected.
public struct Call: Hashable, Sendable {
  public var name: String
  public var arguments: [Operand]
  @Incidental public var span: Span

  public init(name: String, arguments: [Operand], span: Span) {
    self.name = name
    self.arguments = arguments
    self.span = span
  }

  /// A call, or a bare word as one without arguments; nil for anything else.
  public init?(_ operand: Operand) {
    switch operand.value {
    case .call(let call): self = call
    case .word(let word): self.init(name: word, arguments: [], span: operand.span)
    default: return nil
    }
  }

  /// The arguments, when all are whole numbers.
  public var integers: [Int]? {
    let integers = arguments.compactMap {
      if case .integer(let integer) = $0.value { integer } else { nil }
    }
    return integers.count == arguments.count ? integers : nil
  }
}

/// A value, how it was spelled, and where it stands; equality looks at the value only.
public struct Operand: Hashable, Sendable {
  public var value: Value
  /// Its text with references replaced: what a path or a title takes.
  @Incidental public var spelling: String
  @Incidental public var span: Span

  public init(_ value: Value, spelling: String, at span: Span) {
    self.value = value
    self.spelling = spelling
    self.span = span
  }

  /// What the words of a script mean: `5` is a number, `name` a word.
  public init(_ spelling: String, at span: Span = Span(line: 1, column: 1, length: 1)) {
    self.init(Value(bareWord: spelling), spelling: spelling, at: span)
  }
}

extension Operand {
  /// A number, as a whole one where it is one.
  init(number: Double, at span: Span) {
    if let whole = Int(exactly: number), whole.magnitude < 1 << 53 {
      self.init(.integer(whole), spelling: String(whole), at: span)
    } else {
      self.init(.real(number), spelling: String(number), at: span)
    }
  }

  /// The values of a list; a range, alone or in a list, stands for its numbers. Nil for what is no
  /// list, and where a range is too long for one.
  var elements: [Operand]? {
    switch value {
    case .list(let operands):
      var elements: [Operand] = []
      for operand in operands {
        guard case .range = operand.value else {
          elements.append(operand)
          continue
        }
        guard let numbers = operand.elements else { return nil }
        elements += numbers
      }
      return elements
    case .range(let lower, let upper):
      let (count, overflow) = upper.subtractingReportingOverflow(lower)
      guard !overflow, count.magnitude < Self.elementLimit else { return nil }
      return stride(from: lower, through: upper, by: lower <= upper ? 1 : -1).map {
        Operand(.integer($0), spelling: String($0), at: span)
      }
    default: return nil
    }
  }

  private static let elementLimit = 1_000_000

  /// Whether two values mean the same, or are spelled the same.
  func isSame(as other: Operand) -> Bool {
    if let mine = value.number, let others = other.value.number { return mine == others }
    return value == other.value || spelling == other.spelling
  }

  /// The same, as if it were written there.
  func standing(at span: Span) -> Operand {
    var operand = self
    operand.span = span
    if case .list(let operands) = value {
      operand.value = .list(operands.map { $0.standing(at: span) })
    }
    return operand
  }

  /// What only the run of the script tells.
  static func later(at span: Span) -> Operand { Operand(.later, spelling: "", at: span) }

  /// Whether it, or a part of it, is known only when the script runs.
  var isLater: Bool {
    switch value {
    case .later: true
    case .list(let operands): operands.contains(where: \.isLater)
    case .call(let call): call.arguments.contains(where: \.isLater)
    default: false
    }
  }

  /// Whether it was quoted, or a function gave it as a text.
  var isText: Bool { if case .text = value { true } else { false } }

  /// As people write it: 0.3, not 0.30000000000000004.
  public var shown: String {
    switch value {
    case .real(let number): number.shortText
    case .list(let operands): "[" + operands.map(\.shown).joined(separator: ", ") + "]"
    default: spelling
    }
  }

  /// How deep lists and calls nest.
  var depth: Int {
    switch value {
    case .list(let operands): 1 + (operands.map(\.depth).max() ?? 0)
    case .call(let call): 1 + (call.arguments.map(\.depth).max() ?? 0)
    default: 0
    }
  }
}

extension Value {
  /// As the language writes it.
  public var written: String {
    switch self {
    case .integer(let integer): "\(integer)"
    case .real(let number): "\(number)"
    case .percentage(let number): "\(number.plainText)%"
    case .duration(let seconds): "\(seconds.plainText)s"
    case .flag(let flag): flag ? "on" : "off"
    case .range(let lower, let upper): "\(lower)..\(upper)"
    case .list(let operands): "[" + operands.map(\.spelling).joined(separator: ", ") + "]"
    case .call(let call):
      call.name + "(" + call.arguments.map(\.spelling).joined(separator: ", ") + ")"
    case .word(let text), .text(let text): text
    case .condition(let condition): condition.description
    case .later: ""
    }
  }

  /// What errors call a value of this type.
  var typeName: String {
    switch self {
    case .integer: "a whole number"
    case .real: "a number"
    case .percentage: "a percentage"
    case .duration: "a duration"
    case .flag: "on or off"
    case .range: "a range"
    case .list: "a list"
    case .call: "a call"
    case .word, .text: "a text"
    case .condition: "a condition"
    case .later: "a value"
    }
  }

  /// The number, without its unit.
  var number: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .real(let number), .percentage(let number), .duration(let number): number
    default: nil
    }
  }
}
