public indirect enum Statement: Hashable, Sendable {
  /// `version 1`: the language that the script was written for.
  case version(Located<Int>)
  case assignment(name: Located<String>, value: Expression)
  case loop(Loop)
  case repetition(count: Expression, body: [Statement])
  /// `while condition { body }`
  case loopWhile(condition: Expression, body: [Statement])
  /// `break` or `next`, within a loop.
  case leave(Located<Leave>)
  case conditional(branches: [Branch], otherwise: [Statement]?)
  /// `try { body } else { otherwise }`
  case attempt(body: [Statement], otherwise: [Statement], at: Located<String>)
  case function(FunctionDeclaration)
  /// `return`, with a value or without, within a function.
  case giveBack(Expression?, at: Located<String>)
  /// A function on its own: `sweep(kd, [8, 32])`.
  case call(Expression)
  case command(CommandStatement)

  /// Where it begins, or a telling part of it.
  public var span: Span {
    switch self {
    case .version(let number): number.span
    case .assignment(let name, _): name.span
    case .loop(let loop): loop.name.span
    case .repetition(let count, _): count.span
    case .loopWhile(let condition, _): condition.span
    case .leave(let word): word.span
    case .conditional(let branches, _):
      branches.first?.condition.span ?? Span(line: 1, column: 1, length: 1)
    case .attempt(_, _, let word), .giveBack(_, let word): word.span
    case .function(let function): function.name.span
    case .call(let call): call.span
    case .command(let command): command.verb.span
    }
  }

  /// The values that it works out before its blocks run.
  var expressions: [Expression] {
    switch self {
    case .version, .leave, .attempt, .function: []
    case .assignment(_, let value), .call(let value): [value]
    case .loop(let loop): [loop.values]
    case .repetition(let count, _): [count]
    case .loopWhile(let condition, _): [condition]
    case .conditional(let branches, _): branches.map(\.condition)
    case .giveBack(let value, _): value.map { [$0] } ?? []
    case .command(let command):
      [command.resultName, command.output?.file].compactMap(\.self)
        + command.arguments.map(\.value)
    }
  }

  /// The statements within its blocks.
  var blocks: [[Statement]] {
    switch self {
    case .loop(let loop): [loop.body]
    case .repetition(_, let body), .loopWhile(_, let body): [body]
    case .conditional(let branches, let otherwise): branches.map(\.body) + [otherwise ?? []]
    case .attempt(let body, let otherwise, _): [body, otherwise]
    case .function(let function): [function.body]
    default: []
    }
  }

  /// Whether what it does depends on the value of a variable; of a block, its first line.
  var refersToVariables: Bool { expressions.contains(where: \.refersToVariables) }

  /// The variables that it may set, but those within functions.
  var assigned: Set<String> {
    switch self {
    case .assignment(let name, _): [name.value]
    case .function: []
    case .loop(let loop): loop.body.reduce(into: [loop.name.value]) { $0.formUnion($1.assigned) }
    case .attempt: blocks.joined().reduce(into: ["error"]) { $0.formUnion($1.assigned) }
    default: blocks.joined().reduce(into: []) { $0.formUnion($1.assigned) }
    }
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

  /// How a loop is left before its end.
  public enum Leave: String, Hashable, Sendable, CaseIterable {
    /// The loop ends.
    case stop = "break"
    /// The next round begins.
    case next
  }
}

/// `function name(a, b=2) { body }`.
public struct FunctionDeclaration: Hashable, Sendable {
  public struct Parameter: Hashable, Sendable {
    public var name: Located<String>
    /// What it is when nothing is given.
    public var standard: Expression?
  }

  public var name: Located<String>
  public var parameters: [Parameter]
  public var body: [Statement]

  /// `name(a, b=2)`
  var form: String {
    name.value + "("
      + parameters.map { $0.name.value + ($0.standard.map { "=\($0)" } ?? "") }
      .joined(separator: ", ") + ")"
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
