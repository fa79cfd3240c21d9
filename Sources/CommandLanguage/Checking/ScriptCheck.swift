/// A walk over a script that runs nothing.
struct ScriptCheck<Context: CommandContext> {
  let registry: Registry<Context>
  let source: Source
  let reading: Reading
  var variables: Variables
  var objects: PlannedObjects
  private(set) var errors: [LanguageError] = []
  /// The commands by the place of their verb, as they were bound first.
  private(set) var commands: [Span: CheckedCommand<Context>] = [:]
  /// Whether the values of the variables rule out that the statements at hand are ever reached.
  private var isRuledOut = false
  /// Whether only the run tells if the statements at hand are reached, and whether a loop or function
  /// may end in such.
  private var isUncertain = false
  private var mayLeave = false
  /// The functions on whose way the walk is, and those that it has been in.
  private var callers: [String] = []
  private var visited: Set<String> = []
  /// The commands that may still be checked, so that nested loops end soon.
  private var budget = 20_000

  init(
    registry: Registry<Context>, source: Source, reading: Reading, variables: Variables,
    objects: PlannedObjects
  ) {
    self.registry = registry
    self.source = source
    self.reading = reading
    self.variables = variables
    self.objects = objects
  }

  private var evaluation: Evaluation { Evaluation(variables, in: source, objects) }

  /// What follows a statement for sure.
  private enum Flow: Hashable {
    case on
    case left(Statement.Leave)
    case returned
  }

  /// Walks over a script, then over the functions in it that nothing called.
  mutating func walkAll(_ statements: [Statement]) {
    _ = walk(statements)
    for (name, function) in objects.functions.sorted(by: { $0.key < $1.key })
    where !visited.contains(name) && statements.declares(function) {
      objects.isOpen = true
      let values = Dictionary(
        uniqueKeysWithValues: function.parameters.map {
          ($0.name.value, Operand.later(at: $0.name.span))
        })
      walk(body: function, variables.locally(setting: values))
    }
  }

  private mutating func walk(_ statements: [Statement]) -> Flow {
    for statement in statements where budget > 0 {
      do {
        let flow = try walk(statement)
        if flow != .on {
          if isUncertain || isRuledOut { mayLeave = mayLeave || !isRuledOut } else { return flow }
        }
      } catch {
        if !isRuledOut || !statement.refersToVariables { errors.append(error) }
      }
    }
    return .on
  }

  /// Checks the body of a loop once more.
  ///
  /// - Returns: Whether the loop goes on: it does not if the body is wrong or leaves it, or if only the
  ///   run tells whether it does.
  private mutating func goesRound(_ body: [Statement], _ flow: inout Flow) -> Bool {
    budget -= 1
    let errorCount = errors.count
    let outside = mayLeave
    mayLeave = false
    defer { mayLeave = outside }
    switch walk(body) {
    case .left(.stop): return false
    case .returned:
      flow = .returned
      return false
    case .on, .left(.next): break
    }
    if mayLeave { forget(body) }
    return errors.count == errorCount && !mayLeave
  }

  /// Checks the statements of a branch.
  private mutating func walk(
    branch statements: [Statement], isRuledOut: Bool, isUncertain: Bool
  ) -> Flow {
    let outside = (self.isRuledOut, self.isUncertain)
    self.isRuledOut = outside.0 || isRuledOut
    self.isUncertain = outside.1 || isUncertain
    let before = variables
    let flow = walk(statements)
    // What it would assign is not assigned; its new names stay known.
    if isRuledOut { variables = variables.merging(before) }
    (self.isRuledOut, self.isUncertain) = outside
    return flow
  }

  /// What statements that may have run have set is known only when the script runs.
  private mutating func forget(_ statements: [Statement]) {
    for name in statements.reduce(into: Set<String>(), { $0.formUnion($1.assigned) })
    where !variables.isGiven(name) {
      variables[name] = .later(at: variables[name]?.span ?? Span(line: 1, column: 1, length: 1))
    }
  }

  private mutating func walk(_ statement: Statement) throws(LanguageError) -> Flow {
    budget -= 1
    for expression in statement.expressions { try visitCalls(in: expression) }
    var flow = Flow.on
    switch statement {
    case .version: break
    case .assignment(let name, let value): try assign(name, value)
    case .loop(let loop):
      for operand in try evaluation.elements(of: loop.values) where budget > 0 {
        variables[loop.name.value] = operand
        guard goesRound(loop.body, &flow) else { break }
      }
    case .repetition(let count, let body):
      // As often as it goes round: sums grow, and `run1`, `run2`, … are made one by one.
      for _ in 0..<(try evaluation.count(count)) where budget > 0 {
        guard goesRound(body, &flow) else { break }
      }
    case .loopWhile(let condition, let body):
      while budget > 0 {
        let holds = try evaluation.holds(condition, for: "while")
        guard holds != false, goesRound(body, &flow), holds == true else {
          if holds == nil { forget(body) }
          break
        }
      }
    case .leave(let word): return .left(word.value)
    case .giveBack(let value, _):
      if let value { _ = try evaluation.value(of: value) }
      return .returned
    case .conditional(let branches, let otherwise): return try walk(branches, otherwise)
    case .attempt(let body, let otherwise, let word):
      let first = walk(branch: body, isRuledOut: false, isUncertain: true)
      variables["error"] = .later(at: word.span)
      _ = walk(branch: otherwise, isRuledOut: false, isUncertain: true)
      return otherwise.isEmpty ? .on : first
    case .function(let declaration):
      let name = declaration.name
      if Function.named(name.value) != nil {
        throw LanguageError(.functionTaken(name.value), at: name.span, in: source)
      }
      objects.functions[name.value] = declaration
    case .call(let expression):
      guard case .call(let name, _) = expression.form,
        objects.functions[name.value] != nil || objects.isOpen
      else {
        throw Intention(registry: registry, directory: objects)
          .unknownCall(expression, in: source)
      }
    case .command(let command): try walk(command)
    }
    return flow
  }

  private mutating func assign(
    _ name: Located<String>, _ value: Expression
  ) throws(LanguageError) {
    if variables.isGiven(name.value) { return }
    do {
      variables[name.value] = try evaluation.value(of: value)
    } catch {
      // A value that cannot be known leaves its name known, so that one error is not many.
      if variables[name.value] == nil {
        variables[name.value] = Operand(.text(""), spelling: "", at: value.span)
      }
      throw error
    }
  }

  private mutating func walk(
    _ branches: [Statement.Branch], _ otherwise: [Statement]?
  ) throws(LanguageError) -> Flow {
    var isDecided = false
    var hasOpen = false
    var flow = Flow.on
    for branch in branches {
      let condition = branch.condition
      // Whether an object is there only the run tells for sure.
      let holds = try evaluation.holds(condition, for: "if")
      let isOpen = holds == nil || condition.asksForObjects
      var assumed: [String] = []
      for name in condition.wantedObjects {
        let name = try evaluation.value(of: name).spelling
        if objects.kind(of: name) == nil { assumed.append(name) }
      }
      for name in assumed { objects.planned[name] = .unknown }
      let isRuledOut = isDecided || !isOpen && holds == false
      let followed = walk(
        branch: branch.body, isRuledOut: isRuledOut, isUncertain: isOpen || hasOpen)
      if !isOpen, holds == true, !isDecided, !hasOpen { flow = followed }
      isDecided = isDecided || !isOpen && holds == true
      hasOpen = hasOpen || isOpen
      for name in assumed where objects.planned[name] == .unknown { objects.planned[name] = nil }
      if holds == nil { forget(branch.body) }
    }
    let followed = walk(
      branch: otherwise ?? [], isRuledOut: isDecided, isUncertain: hasOpen)
    return isDecided ? flow : hasOpen ? .on : followed
  }

  private mutating func walk(_ command: CommandStatement) throws(LanguageError) {
    let checked: CheckedCommand<Context>
    do {
      checked = try registry.check(
        command, from: source, variables: variables, reading: reading, in: objects)
    } catch {
      plan(command)
      throw error
    }
    if commands[command.verb.span] == nil { commands[command.verb.span] = checked }
    objects.planned.merge(checked.creates) { $1 }
    if checked.acting.command.bringsObjects || checked.hasLaterName { objects.isOpen = true }
  }

  /// Counts the result of a wrong command as made, so that one error is not many.
  private mutating func plan(_ statement: CommandStatement) {
    guard let expression = statement.resultName,
      let name = try? evaluation.value(of: expression).spelling
    else { return }
    let command = try? registry.resolve(statement, reading, in: source, objects).command
    objects.planned[name] = command?.result ?? .unknown
    if command?.naming != nil { objects.uncertain.insert(name) }
  }

  // MARK: Functions

  /// Walks over the functions that an expression calls, with what they are given.
  private mutating func visitCalls(in expression: Expression) throws(LanguageError) {
    for part in expression.parts { try visitCalls(in: part) }
    guard case .call(let name, let arguments) = expression.form,
      let function = objects.functions[name.value]
    else { return }
    let values = try function.bound(to: arguments, at: expression.span, evaluation)
    // A function on whose way it is already is not walked over again: it might never end.
    guard !callers.contains(name.value), callers.count < FunctionLibrary.depthLimit else {
      return
    }
    walk(body: function, values)
  }

  private mutating func walk(body function: FunctionDeclaration, _ values: Variables) {
    visited.insert(function.name.value)
    callers.append(function.name.value)
    let outside = (variables, mayLeave)
    variables = values
    _ = walk(function.body)
    (variables, mayLeave) = outside
    callers.removeLast()
  }
}

extension Expression {
  /// Whether it asks what objects there are.
  fileprivate var asksForObjects: Bool {
    if case .exists = form { true } else { parts.contains(where: \.asksForObjects) }
  }

  /// The objects that are there wherever it holds.
  fileprivate var wantedObjects: [Expression] {
    switch form {
    case .exists(let name): [name]
    case .group(let inner): inner.wantedObjects
    case .operation(.and, let left, let right): left.wantedObjects + right.wantedObjects
    // `not not exists`
    case .not(let inner):
      if case .not(let innermost) = inner.form { innermost.wantedObjects } else { [] }
    default: []
    }
  }
}

extension [Statement] {
  /// Whether a function is declared in them, at any depth.
  fileprivate func declares(_ function: FunctionDeclaration) -> Bool {
    contains { statement in
      if case .function(let declared) = statement, declared == function { return true }
      return statement.blocks.contains { $0.declares(function) }
    }
  }
}
