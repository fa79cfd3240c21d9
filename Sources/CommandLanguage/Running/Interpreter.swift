/// Runs statements one after the other, and keeps the variables between them.
public struct Interpreter<Context: CommandContext>: Sendable {
  public let registry: Registry<Context>
  public let reading: Reading
  public var variables: Variables
  /// How deep functions call each other at this moment.
  private var callDepth = 0
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
    _ = try run(script.statements, of: script.source, in: &context, before: before, after: after)
  }

  /// What follows a statement.
  private enum Flow {
    case on
    case left(Statement.Leave)
    case returned(Operand?)
  }

  private mutating func run(
    _ statements: [Statement], of source: Source, in context: inout Context,
    before: (CheckedCommand<Context>, inout Context) throws(LanguageError) -> Void,
    after: (Step, inout Context) throws(LanguageError) -> Void
  ) throws(LanguageError) -> Flow {
    for statement in statements where !context.ends {
      try stopIfAsked(at: statement, of: source)
      let flow = try run(statement, of: source, in: &context, before: before, after: after)
      guard case .on = flow else { return flow }
    }
    return .on
  }

  private mutating func run(
    _ statement: Statement, of source: Source, in context: inout Context,
    before: (CheckedCommand<Context>, inout Context) throws(LanguageError) -> Void,
    after: (Step, inout Context) throws(LanguageError) -> Void
  ) throws(LanguageError) -> Flow {
    /// With the values of functions that scripts declared in their place.
    func known(_ expression: Expression) throws(LanguageError) -> Expression {
      context.functions.isEmpty
        ? expression
        : try resolved(expression, of: source, in: &context, before: before, after: after)
    }
    func evaluation() -> Evaluation { Evaluation(variables, in: source, context) }
    /// One round of a loop; false when it was the last.
    func goesRound(_ body: [Statement], _ flow: inout Flow) throws(LanguageError) -> Bool {
      try stopIfAsked(at: statement, of: source)
      switch try run(body, of: source, in: &context, before: before, after: after) {
      case .on, .left(.next): return !context.ends
      case .left(.stop): return false
      case .returned(let operand):
        flow = .returned(operand)
        return false
      }
    }
    var flow = Flow.on
    switch statement {
    case .version: break
    case .assignment(let name, let value):
      let operand = try evaluation().value(of: known(value))
      if !variables.isGiven(name.value) { variables[name.value] = operand }
    case .loop(let loop):
      for operand in try evaluation().elements(of: known(loop.values)) {
        variables[loop.name.value] = operand
        guard try goesRound(loop.body, &flow) else { break }
      }
    case .repetition(let count, let body):
      for _ in 0..<(try evaluation().count(known(count))) {
        guard try goesRound(body, &flow) else { break }
      }
    case .loopWhile(let condition, let body):
      while try evaluation().holds(known(condition), for: "while") == true {
        guard try goesRound(body, &flow) else { break }
      }
    case .leave(let word): return .left(word.value)
    case .conditional(let branches, let otherwise):
      var chosen = otherwise ?? []
      for branch in branches
      where try evaluation().holds(known(branch.condition), for: "if") == true {
        chosen = branch.body
        break
      }
      return try run(chosen, of: source, in: &context, before: before, after: after)
    case .attempt(let body, let otherwise, let word):
      context.tries += 1
      do throws(LanguageError) {
        let flow = try run(body, of: source, in: &context, before: before, after: after)
        context.tries -= 1
        return flow
      } catch {
        context.tries -= 1
        // Who wants to stop is not held up.
        guard error.fact != .interrupted, !isInterrupted() else { throw error }
        let message = error.wording.message
        variables["error"] = Operand(.text(message), spelling: message, at: word.span)
      }
      return try run(otherwise, of: source, in: &context, before: before, after: after)
    case .function(let declaration):
      guard Function.named(declaration.name.value) == nil else {
        throw LanguageError(
          .functionTaken(declaration.name.value), at: declaration.name.span, in: source)
      }
      context.functions.add(declaration, from: source)
    case .giveBack(let value, _):
      return .returned(
        try value.map { value throws(LanguageError) in try evaluation().value(of: known(value)) })
    case .call(let expression):
      _ = try call(
        expression, of: source, in: &context, before: before, after: after)
    case .command(let command):
      let checked: CheckedCommand<Context>
      if let bound {
        checked = bound
      } else {
        var command = command
        for index in command.arguments.indices where !context.functions.isEmpty {
          command.arguments[index].value = try resolved(
            command.arguments[index].value, isArgument: true, of: source, in: &context,
            before: before, after: after)
        }
        checked = try registry.check(
          command, from: source, variables: variables, reading: reading, in: context)
      }
      bound = nil
      try before(checked, &context)
      let output = try checked.run(in: &context)
      try after(Step(command: checked, output: output), &context)
    }
    return flow
  }

  // MARK: Functions of scripts

  /// The value that a function gives, nil if it gives none.
  private mutating func call(
    _ expression: Expression, of source: Source, in context: inout Context,
    before: (CheckedCommand<Context>, inout Context) throws(LanguageError) -> Void,
    after: (Step, inout Context) throws(LanguageError) -> Void
  ) throws(LanguageError) -> Operand? {
    guard case .call(let name, let arguments) = expression.form,
      let function = context.functions[name.value]
    else {
      throw Intention(registry: registry, directory: context).unknownCall(expression, in: source)
    }
    guard callDepth < FunctionLibrary.depthLimit else {
      throw LanguageError(
        .functionsTooDeep(limit: FunctionLibrary.depthLimit), at: expression.span, in: source)
    }
    var values = function.declaration.completed(arguments)
    for index in values.indices {
      values[index].value = try resolved(
        values[index].value, of: source, in: &context, before: before, after: after)
    }
    let outside = variables
    variables = try function.declaration.bound(
      to: values, at: expression.span, Evaluation(variables, in: source, context))
    callDepth += 1
    defer {
      variables = outside
      callDepth -= 1
    }
    let flow = try run(
      function.declaration.body, of: function.source, in: &context, before: before, after: after)
    guard case .returned(var operand?) = flow else { return nil }
    operand.span = expression.span
    return operand
  }

  /// An expression with the values of the functions that scripts declared in their place.
  ///
  /// - Parameter isArgument: Whether it stands in a command, where only parentheses are worked out.
  private mutating func resolved(
    _ expression: Expression, isArgument: Bool = false, of source: Source,
    in context: inout Context,
    before: (CheckedCommand<Context>, inout Context) throws(LanguageError) -> Void,
    after: (Step, inout Context) throws(LanguageError) -> Void
  ) throws(LanguageError) -> Expression {
    guard expression.calls(anyOf: context.functions, isArgument: isArgument) else {
      return expression
    }
    if case .call(let name, _) = expression.form, context.functions[name.value] != nil, !isArgument
    {
      guard
        let operand = try call(
          expression, of: source, in: &context, before: before, after: after)
      else {
        // After 'quit' nothing has a value.
        throw LanguageError(
          context.ends ? .interrupted : .noReturn(name.value), at: expression.span, in: source)
      }
      return Expression(operand)
    }
    if case .operation(let operation, let left, let right) = expression.form,
      operation == .and || operation == .or
    {
      // What decides alone keeps the other from being called.
      let first = try resolved(left, of: source, in: &context, before: before, after: after)
      let holds = try Evaluation(variables, in: source, context).holds(first, for: operation.sign)
      if holds == (operation == .or) { return first }
      let second = try resolved(right, of: source, in: &context, before: before, after: after)
      return Expression(.operation(operation, first, second), at: expression.span)
    }
    var isArgument = isArgument
    if case .group = expression.form { isArgument = false }
    var result = expression
    for (index, part) in expression.parts.enumerated() {
      result.setPart(
        index,
        try resolved(
          part, isArgument: isArgument, of: source, in: &context, before: before, after: after))
    }
    return result
  }

  private func stopIfAsked(at statement: Statement, of source: Source) throws(LanguageError) {
    if isInterrupted() { throw LanguageError(.interrupted, at: statement.span, in: source) }
  }
}
