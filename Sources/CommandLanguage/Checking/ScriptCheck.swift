/// A walk over a script that runs nothing.
struct ScriptCheck<Context: CommandContext> {
  let registry: Registry<Context>
  /// Of the statements at hand: of a function, the text that it stands in.
  private var source: Source
  /// Of the script that is checked.
  private let checkedSource: Source
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
    checkedSource = source
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
    for (name, function) in objects.knownFunctions.entries.sorted(by: { $0.key < $1.key })
    where !visited.contains(name) && statements.declares(function.declaration) {
      objects.isOpen = true
      let values = Dictionary(
        uniqueKeysWithValues: function.declaration.parameters.map {
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

  /// What follows a round of a loop.
  private enum Round: Hashable {
    case goesOn
    /// Only the run tells whether it goes on.
    case mayEnd
    /// The body is wrong, leaves the loop, or is never reached.
    case ends
  }

  /// Checks the body of a loop once more.
  private mutating func round(_ body: [Statement], _ flow: inout Flow) -> Round {
    budget -= 1
    let errorCount = errors.count
    let outside = (mayLeave, isUncertain)
    (mayLeave, isUncertain) = (false, false)
    let followed = walk(body)
    let isOpen = mayLeave
    (mayLeave, isUncertain) = outside
    if isOpen { forget(body) }
    switch followed {
    case .left(.stop): return .ends
    case .returned:
      flow = .returned
      return .ends
    case .on, .left(.next): break
    }
    if errors.count > errorCount || isRuledOut { return .ends }
    return isOpen ? .mayEnd : .goesOn
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
    // What it would assign is not assigned, or perhaps; its new names stay known.
    if isRuledOut {
      variables = variables.merging(before)
    } else if isUncertain {
      forget(statements)
    }
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
    var isArgument = false
    if case .command = statement { isArgument = true }
    for expression in statement.expressions {
      try visitCalls(in: expression, isArgument: isArgument)
    }
    if let word = statement.wordOfVariable(among: variables, objects) {
      throw LanguageError(.wordOfVariable(word.value), at: word.span, in: source)
    }
    var flow = Flow.on
    switch statement {
    case .version: break
    case .assignment(let name, let value): try assign(name, value)
    case .loop(let loop):
      let isOpen = try evaluation.value(of: loop.values).isLater
      if isOpen { forget(loop.body) }
      for operand in try evaluation.elements(of: loop.values) where budget > 0 {
        variables[loop.name.value] = operand
        if round(loop.body, &flow) == .ends { break }
      }
      if isOpen { forget(loop.body) }
    case .repetition(let count, let body):
      let isOpen = try evaluation.value(of: count).isLater
      if isOpen { forget(body) }
      // As often as it goes round: sums grow, and `run1`, `run2`, … are made one by one.
      for _ in 0..<(try evaluation.count(count)) where budget > 0 {
        if round(body, &flow) == .ends { break }
      }
      if isOpen { forget(body) }
    case .loopWhile(let condition, let body):
      while budget > 0 {
        let holds = try evaluation.holds(condition, for: "while")
        if holds == nil { forget(body) }
        guard holds != false, round(body, &flow) == .goesOn, holds == true else {
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
      _ = walk(branch: body, isRuledOut: false, isUncertain: true)
      variables["error"] = .later(at: word.span)
      _ = walk(branch: otherwise, isRuledOut: false, isUncertain: true)
    case .function(let declaration):
      let name = declaration.name
      if Function.named(name.value) != nil {
        throw LanguageError(.functionTaken(name.value), at: name.span, in: source)
      }
      objects.knownFunctions.add(declaration, from: source)
    case .call(let expression):
      guard case .call(let name, _) = expression.form,
        objects.knownFunctions[name.value] != nil || objects.isOpen
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
    /// Objects that are there in later branches, since an earlier condition says so by not holding.
    var assumedLater: Set<String> = []
    defer { forgetAssumed(assumedLater) }
    for branch in branches {
      let condition = branch.condition
      let holds: Bool?
      do {
        // Whether an object is there only the run tells for sure.
        holds = try evaluation.holds(condition, for: "if")
      } catch {
        guard isDecided, condition.refersToVariables else { throw error }
        // It is never asked.
        holds = false
      }
      let isOpen = holds == nil || condition.asksForObjects
      let assumed = try assume(condition.wantedObjects(isHolding: true))
      let isRuledOut = isDecided || !isOpen && holds == false
      let followed = walk(
        branch: branch.body, isRuledOut: isRuledOut, isUncertain: isOpen || hasOpen)
      if !isOpen, holds == true, !isDecided, !hasOpen { flow = followed }
      isDecided = isDecided || !isOpen && holds == true
      hasOpen = hasOpen || isOpen
      forgetAssumed(assumed)
      assumedLater.formUnion(try assume(condition.wantedObjects(isHolding: false)))
    }
    let followed = walk(
      branch: otherwise ?? [], isRuledOut: isDecided, isUncertain: hasOpen)
    return isDecided ? flow : hasOpen ? .on : followed
  }

  /// Counts objects as there that are not yet; gives their names.
  private mutating func assume(_ names: [Expression]) throws(LanguageError) -> Set<String> {
    var assumed: Set<String> = []
    for name in names {
      let name = try evaluation.value(of: name).spelling
      guard objects.kind(of: name) == nil else { continue }
      objects.planned[name] = .unknown
      assumed.insert(name)
    }
    return assumed
  }

  private mutating func forgetAssumed(_ names: Set<String>) {
    for name in names where objects.planned[name] == .unknown { objects.planned[name] = nil }
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
    if source == checkedSource, commands[command.verb.span] == nil {
      // The first one may be carried out as it is.
      commands[command.verb.span] = commands.isEmpty ? checked : checked.forgettingVariables
    }
    planColumns(of: checked)
    let made = checked.creates(in: objects)
    objects.planned.merge(made) { $1 }
    let command = checked.acting.command
    // Without a seed it cannot be said what the runs are called that are made of several.
    if command.naming != nil,
      checked.isLater || made.count == 1 && made.values.first != command.result
    {
      objects.uncertain.formUnion(made.keys)
    }
    if command.bringsObjects || checked.hasLaterName { objects.isOpen = true }
    if command.seeding != nil || command.bringsObjects {
      let seed = checked.isLater ? nil : command.seeding?(checked.acting.arguments)
      if seed != nil || checked.isLater || command.bringsObjects {
        objects.seed = isUncertain && seed != objects.seed ? nil : seed
      }
    }
  }

  /// Notes the columns of a table that a command makes. A table that may also be another of the same name
  /// has the columns of both.
  private mutating func planColumns(of command: CheckedCommand<Context>) {
    for (name, _) in command.creates(in: objects) {
      let before = objects.parts(ValueShape.column, of: name)
      let isOther = objects.planned[name] != nil || isUncertain
      let made = command.isLater ? nil : command.acting.command.columns?(command.acting.arguments)
      objects.columns[name] = made.map { columns in
        columns + (isOther ? before.filter { !columns.contains($0) } : [])
      }
    }
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
  ///
  /// - Parameter isArgument: Whether it stands in a command, where only parentheses are worked out.
  private mutating func visitCalls(
    in expression: Expression, isArgument: Bool
  ) throws(LanguageError) {
    var isArgument = isArgument
    if case .group = expression.form { isArgument = false }
    for part in expression.parts { try visitCalls(in: part, isArgument: isArgument) }
    guard !isArgument, case .call(let name, let arguments) = expression.form,
      let function = objects.knownFunctions[name.value]
    else { return }
    let values = try function.declaration.bound(to: arguments, at: expression.span, evaluation)
    // A function on whose way it is already is not walked over again: it might never end.
    guard !callers.contains(name.value), callers.count < FunctionLibrary.depthLimit else {
      return
    }
    walk(body: function, values)
  }

  private mutating func walk(body function: FunctionLibrary.Entry, _ values: Variables) {
    visited.insert(function.declaration.name.value)
    callers.append(function.declaration.name.value)
    let outside = (variables, mayLeave, isUncertain, source)
    (variables, isUncertain, source) = (values, false, function.source)
    _ = walk(function.declaration.body)
    (variables, mayLeave, isUncertain, source) = outside
    callers.removeLast()
  }
}

extension Expression {
  /// Whether it asks what objects there are.
  fileprivate var asksForObjects: Bool {
    if case .exists = form { true } else { parts.contains(where: \.asksForObjects) }
  }

  /// The objects that are there wherever it holds, or wherever it does not.
  fileprivate func wantedObjects(isHolding: Bool) -> [Expression] {
    switch form {
    case .exists(let name): isHolding ? [name] : []
    case .group(let inner): inner.wantedObjects(isHolding: isHolding)
    case .not(let inner): inner.wantedObjects(isHolding: !isHolding)
    case .operation(.and, let left, let right) where isHolding:
      left.wantedObjects(isHolding: true) + right.wantedObjects(isHolding: true)
    case .operation(.or, let left, let right) where !isHolding:
      left.wantedObjects(isHolding: false) + right.wantedObjects(isHolding: false)
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
