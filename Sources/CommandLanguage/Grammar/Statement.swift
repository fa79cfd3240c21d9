public indirect enum Statement: Hashable, Sendable {
  /// `version 1`: the language that the script was written for.
  case version(Located<Int>)
  case assignment(name: Located<String>, value: Expression)
  case loop(Loop)
  case repetition(count: Expression, body: [Statement])
  case conditional(branches: [Branch], otherwise: [Statement]?)
  case command(CommandStatement)

  /// Where it begins, or a telling part of it.
  public var span: Span {
    switch self {
    case .version(let number): number.span
    case .assignment(let name, _): name.span
    case .loop(let loop): loop.name.span
    case .repetition(let count, _): count.span
    case .conditional(let branches, _):
      branches.first?.condition.span ?? Span(line: 1, column: 1, length: 1)
    case .command(let command): command.verb.span
    }
  }

  /// Whether what it does depends on the value of a variable; of a block, its first line.
  var refersToVariables: Bool {
    let expressions: [Expression] =
      switch self {
      case .version: []
      case .assignment(_, let value): [value]
      case .loop(let loop): [loop.values]
      case .repetition(let count, _): [count]
      case .conditional(let branches, _): branches.map(\.condition)
      case .command(let command):
        [command.resultName, command.output?.file].compactMap(\.self)
          + command.arguments.map(\.value)
      }
    return expressions.contains(where: \.refersToVariables)
  }

  /// `for name in values { body }`.
  public struct Loop: Hashable, Sendable {
    public var name: Located<String>
    public var values: Expression
    public var body: [Statement]
  }

  /// `if condition { body }`, or an `elif`.
  public struct Branch: Hashable, Sendable {
    public var condition: Expression
    public var body: [Statement]
  }
}

/// A verb with its arguments, before the verb is looked up.
///
/// `show batch signs` has the verb `show` and two arguments: only the registry knows that
/// `show batch` is one verb.
public struct CommandStatement: Hashable, Sendable {
  public var verb: Located<String>
  public var arguments: [Argument] = []
  /// The name after `as`.
  public var resultName: Expression?
  public var output: Output?

  public struct Argument: Hashable, Sendable {
    public var key: Located<String>?
    public var value: Expression

    public init(key: Located<String>?, value: Expression) {
      self.key = key
      self.value = value
    }

    public var span: Span { key.map { $0.span.joined(to: value.span) } ?? value.span }
  }

  /// The command that some of this one's arguments make up, as those of `time` do, with its result;
  /// nil if they do not begin with a word.
  func inner(_ arguments: [Argument]) -> CommandStatement? {
    guard let first = arguments.first, first.key == nil, let verb = first.value.plainWord else {
      return nil
    }
    return CommandStatement(
      verb: Located(verb, at: first.span), arguments: Array(arguments.dropFirst()),
      resultName: resultName, output: output)
  }

  /// `> FILE`, or `>> FILE` when it appends.
  public struct Output: Hashable, Sendable {
    public var file: Expression
    public var appends: Bool
  }
}
