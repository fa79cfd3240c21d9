/// One parameter of a command, and the key under which its body finds the value.
///
/// A body reads `arguments[epochs]`, which is an `Int` for a `Parameter<Int>`; an optional one
/// without a default is a `Parameter<Int?>`.
public struct Parameter<Value: Sendable>: AnyParameter {
  public let name: String
  public let help: String
  public let shape: ValueShape
  public let place: ParameterPlace
  public internal(set) var isRequired = false
  public internal(set) var defaultText: String?
  public internal(set) var searchWords: [String] = []
  var absent: Value?
  let convert: @Sendable (Operand, any ObjectDirectory) throws(ValueProblem) -> Value

  public func read(
    _ operand: Operand, _ directory: any ObjectDirectory
  ) throws(ValueProblem) -> any Sendable {
    try convert(operand, directory)
  }
}

public enum ParameterPlace: Hashable, Sendable {
  /// Among the words, by order.
  case positional
  /// `name=value`, in any order.
  case option
  /// All words that are left.
  case rest
}

/// A parameter of any type, as help, completion and checking see it.
public protocol AnyParameter: Sendable {
  var name: String { get }
  /// One sentence.
  var help: String { get }
  var shape: ValueShape { get }
  var place: ParameterPlace { get }
  var isRequired: Bool { get }
  /// The default as one would write it, or nil.
  var defaultText: String? { get }
  /// What other tools call it: `learning_rate`.
  var searchWords: [String] { get }
  /// Converts what was written.
  func read(
    _ operand: Operand, _ directory: any ObjectDirectory
  ) throws(ValueProblem) -> any Sendable
}

extension AnyParameter {
  /// How it is written: `NET`, `on=TASK`.
  var form: String {
    guard place == .option else { return name.uppercased() }
    return name + (shape == .condition ? " " : "=") + shape.placeholder
  }
}

// MARK: Declaring

extension Parameter {
  /// A word that must be given: `net` in `summary net`.
  public static func positional(
    _ name: String, _ kind: ValueKind<Value>, _ help: String
  ) -> Parameter {
    Parameter(name, kind, help, .positional, isRequired: true)
  }

  /// A word that may be left out.
  public static func positional(
    _ name: String, _ kind: ValueKind<Value>, default value: Value, _ help: String
  ) -> Parameter {
    Parameter(name, kind, help, .positional, default: value)
  }

  /// `name=value` that must be given.
  public static func required(
    _ name: String, _ kind: ValueKind<Value>, _ help: String, searchWords: [String] = []
  ) -> Parameter {
    Parameter(name, kind, help, .option, isRequired: true, searchWords: searchWords)
  }

  /// `name=value` with a default.
  public static func option(
    _ name: String, _ kind: ValueKind<Value>, default value: Value, _ help: String,
    searchWords: [String] = []
  ) -> Parameter {
    Parameter(name, kind, help, .option, default: value, searchWords: searchWords)
  }

  /// A word that may be left out; its value is then nil.
  public static func optionalPositional<Wrapped: Sendable>(
    _ name: String, _ kind: ValueKind<Wrapped>, _ help: String
  ) -> Parameter where Value == Wrapped? {
    Parameter(
      name: name, help: help, shape: kind.shape, place: .positional, absent: .some(nil),
      convert: kind.read)
  }

  /// `name=value` that may be left out; its value is then nil.
  public static func optional<Wrapped: Sendable>(
    _ name: String, _ kind: ValueKind<Wrapped>, _ help: String, searchWords: [String] = []
  ) -> Parameter where Value == Wrapped? {
    Parameter(
      name: name, help: help, shape: kind.shape, place: .option, searchWords: searchWords,
      absent: .some(nil), convert: kind.read)
  }

  private init(
    _ name: String, _ kind: ValueKind<Value>, _ help: String, _ place: ParameterPlace,
    isRequired: Bool = false, default value: Value? = nil, searchWords: [String] = []
  ) {
    self.init(
      name: name, help: help, shape: kind.shape, place: place, isRequired: isRequired,
      defaultText: value.map(kind.spell), searchWords: searchWords, absent: value,
      convert: kind.read)
  }
}

extension Parameter where Value == [Operand] {
  /// All words that are left, as values with their spelling; none is fine.
  public static func words(
    _ name: String, _ help: String, shape: ValueShape = .words
  ) -> Parameter {
    Parameter(name: name, help: help, shape: shape, place: .rest, absent: []) { operand, _ in
      [operand]
    }
  }

  /// All words that are left, which together name one of a few things; Tab offers these.
  ///
  /// The command's body says what is none of them.
  public static func phrase(
    _ name: String, _ choices: [ValueShape.Choice], _ help: String
  ) -> Parameter {
    words(name, help, shape: .choice(choices))
  }
}

extension Parameter where Value == CommandStatement {
  /// A whole command: `time pretrain net on=T.1`; its words are checked as that command's.
  public static func command(_ name: String, _ help: String) -> Parameter {
    Parameter(name: name, help: help, shape: .command, place: .rest, isRequired: true) {
      operand, _ throws(ValueProblem) in throw .wrongType(operand, expected: .command)
    }
  }
}
