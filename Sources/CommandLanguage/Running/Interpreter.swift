/// Runs statements one after the other, and keeps the variables between them.
public struct Interpreter<Context: CommandContext>: Sendable {
  public let registry: Registry<Context>
  public let reading: Reading
  public var variables: Variables
  /// Asked before every statement: whether to stop there, with `LanguageError.Fact.interrupted`.
  public var isInterrupted: @Sendable () -> Bool = { false }
  /// The next command, if it is bound already.
  private var bound: CheckedCommand<Context>?

  /// `reading` is `.abbreviated` at the prompt and `.exact` elsewhere.
  public init(
    registry: Registry<Context>, reading: Reading = .exact, variables: Variables = Variables()
  ) {
    self.registry = registry
    self.reading = reading
    self.variables = variables
  }

  /// One command that ran, with what it gave.
  public struct Step {
    public let command: CheckedCommand<Context>
    public let output: Context.Output
  }

  /// Runs a script without errors of form up to its end or its first error.
  ///
  /// `first` is its first command, if that was bound before and nothing has changed since.
  /// `before` sees every command when it was checked and before it runs, and may throw to stop it
  /// (a name that is taken, a stop that was asked for); `after` prints or writes its output.
  public mutating func run(
    _ script: Script, first: CheckedCommand<Context>? = nil, in context: inout Context,
    before: (CheckedCommand<Context>, inout Context) throws(LanguageError) -> Void = { _, _ in },
    after: (Step, inout Context) throws(LanguageError) -> Void
  ) throws(LanguageError) {
    if let error = script.errors.first { throw error }
    bound = first
    defer { bound = nil }
    try run(script.statements, of: script.source, in: &context, before: before, after: after)
  }

  private mutating func run(
    _ statements: [Statement], of source: Source, in context: inout Context,
    before: (CheckedCommand<Context>, inout Context) throws(LanguageError) -> Void,
    after: (Step, inout Context) throws(LanguageError) -> Void
  ) throws(LanguageError) {
    for statement in statements where !context.ends {
      try stopIfAsked(at: statement, of: source)
      switch statement {
      case .version: break
      case .assignment(let name, let value):
        let operand = try Evaluation(variables, in: source, context).value(of: value)
        if !variables.isGiven(name.value) { variables[name.value] = operand }
      case .loop(let loop):
        for operand in try Evaluation(variables, in: source, context).elements(of: loop.values) {
          try stopIfAsked(at: statement, of: source)
          variables[loop.name.value] = operand
          try run(loop.body, of: source, in: &context, before: before, after: after)
        }
      case .repetition(let count, let body):
        for _ in 0..<(try Evaluation(variables, in: source, context).count(count)) {
          try stopIfAsked(at: statement, of: source)
          try run(body, of: source, in: &context, before: before, after: after)
        }
      case .conditional(let branches, let otherwise):
        var chosen = otherwise ?? []
        for branch in branches
        where try Evaluation(variables, in: source, context).holds(branch.condition, for: "if") {
          chosen = branch.body
          break
        }
        try run(chosen, of: source, in: &context, before: before, after: after)
      case .command(let command):
        let checked: CheckedCommand<Context>
        if let bound {
          checked = bound
        } else {
          checked = try registry.check(
            command, from: source, variables: variables, reading: reading, in: context)
        }
        bound = nil
        try before(checked, &context)
        let output = try checked.run(in: &context)
        try after(Step(command: checked, output: output), &context)
      }
    }
  }

  private func stopIfAsked(at statement: Statement, of source: Source) throws(LanguageError) {
    if isInterrupted() { throw LanguageError(.interrupted, at: statement.span, in: source) }
  }
}
