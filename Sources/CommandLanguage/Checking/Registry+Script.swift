extension Registry {
  /// What is wrong with a script; see `checked`.
  public func check(
    _ script: Script, variables: Variables = Variables(), reading: Reading = .exact,
    in directory: any ObjectDirectory
  ) -> [LanguageError] {
    checked(script, variables: variables, reading: reading, in: directory).errors
  }

  /// Checks a whole script before anything runs: names, options, types and ranges, loops with
  /// every value of their variable. Gives the errors of its form and of its commands.
  ///
  /// Objects that a statement will make count as live for those after it. `variables` are those
  /// that the command line sets. In a branch that these values rule out only what does not depend on
  /// values is checked: `if $strategy == slda` may guard options that other strategies lack.
  public func checked(
    _ script: Script, variables: Variables = Variables(), reading: Reading = .exact,
    in directory: any ObjectDirectory
  ) -> CheckedScript<Context> {
    var check = ScriptCheck(
      registry: self, source: script.source, reading: reading, directory: directory)
    var variables = variables
    check.walk(script.statements, &variables)
    var seen: Set<LanguageError.Occurrence> = []
    let ofForm = script.errors.map { explained($0, check.objects) }
    let errors = (ofForm + check.errors).filter {
      seen.insert(LanguageError.Occurrence(fact: $0.fact, span: $0.span)).inserted
    }.sorted {
      ($0.span.line, $0.span.column) < ($1.span.line, $1.span.column)
    }
    var first: CheckedCommand<Context>?
    if case .command(let statement)? = script.statements.first {
      first = check.commands[statement.verb.span]
    }
    return CheckedScript(
      script: script, errors: errors, first: first,
      statements: check.commands.mapValues(\.statement))
  }
}

extension LanguageError {
  /// What tells two errors of one source apart.
  fileprivate struct Occurrence: Hashable {
    var fact: Fact
    var span: Span
  }
}

/// A walk over a script that runs nothing.
private struct ScriptCheck<Context: CommandContext> {
  let registry: Registry<Context>
  let source: Source
  let reading: Reading
  var objects: PlannedObjects
  var errors: [LanguageError] = []
  /// The commands by the place of their verb, as they were bound first.
  var commands: [Span: CheckedCommand<Context>] = [:]
  /// Whether the values of the variables rule out that the statements at hand are ever reached.
  var isRuledOut = false
  /// The commands that may still be checked, so that nested loops end soon.
  var budget = 20_000

  init(
    registry: Registry<Context>, source: Source, reading: Reading, directory: any ObjectDirectory
  ) {
    self.registry = registry
    self.source = source
    self.reading = reading
    objects = PlannedObjects(live: directory)
  }

  mutating func walk(_ statements: [Statement], _ variables: inout Variables) {
    for statement in statements where budget > 0 {
      do {
        try walk(statement, &variables)
      } catch {
        if !isRuledOut || !statement.refersToVariables { errors.append(error) }
      }
    }
  }

  /// Checks the statements of a branch.
  private mutating func walk(
    branch statements: [Statement], isRuledOut: Bool, _ variables: inout Variables
  ) {
    let outside = self.isRuledOut
    self.isRuledOut = outside || isRuledOut
    let before = variables
    walk(statements, &variables)
    // What it would assign is not assigned; its new names stay known.
    if isRuledOut { variables = variables.merging(before) }
    self.isRuledOut = outside
  }

  private mutating func walk(
    _ statement: Statement, _ variables: inout Variables
  ) throws(LanguageError) {
    budget -= 1
    switch statement {
    case .version: break
    case .assignment(let name, let value):
      if variables.isGiven(name.value) { break }
      do {
        variables[name.value] = try variables.evaluate(value, in: source)
      } catch {
        // A value that cannot be known leaves its name known, so that one error is not many.
        if variables[name.value] == nil {
          variables[name.value] = Operand(.text(""), spelling: "", at: value.span)
        }
        throw error
      }
    case .loop(let loop):
      for operand in try variables.elements(of: loop.values, in: source) where budget > 0 {
        budget -= 1
        let errorCount = errors.count
        variables[loop.name.value] = operand
        walk(loop.body, &variables)
        if errors.count > errorCount { break }
      }
    case .repetition(let count, let body):
      // As often as it goes round: sums grow, and `run1`, `run2`, … are made one by one.
      for _ in 0..<(try variables.count(count, in: source)) where budget > 0 {
        budget -= 1
        let errorCount = errors.count
        walk(body, &variables)
        if errors.count > errorCount { break }
      }
    case .conditional(let branches, let otherwise):
      var isDecided = false
      for branch in branches {
        let holds = try variables.holds(branch.condition, in: source, objects)
        let isKnown = !branch.condition.dependsOnObjects
        let assumed = branch.condition.neededObjects(variables, in: source).filter {
          objects.kind(of: $0) == nil
        }
        for name in assumed { objects.planned[name] = .unknown }
        walk(branch: branch.body, isRuledOut: isDecided || isKnown && !holds, &variables)
        isDecided = isDecided || isKnown && holds
        for name in assumed where objects.planned[name] == .unknown { objects.planned[name] = nil }
      }
      walk(branch: otherwise ?? [], isRuledOut: isDecided, &variables)
    case .command(let command):
      let checked: CheckedCommand<Context>
      do {
        checked = try registry.check(
          command, from: source, variables: variables, reading: reading, in: objects)
      } catch {
        plan(command, variables)
        throw error
      }
      if commands[command.verb.span] == nil { commands[command.verb.span] = checked }
      objects.planned.merge(checked.creates) { $1 }
      if checked.acting.command.bringsObjects { objects.isOpen = true }
    }
  }

  /// Counts the result of a wrong command as made, so that one error is not many.
  private mutating func plan(_ statement: CommandStatement, _ variables: Variables) {
    guard let expression = statement.resultName,
      let name = try? variables.evaluate(expression, in: source).spelling
    else { return }
    let command = try? registry.resolve(statement, reading, in: source, objects).command
    objects.planned[name] = command?.result ?? .unknown
    if command?.naming != nil { objects.uncertain.insert(name) }
  }
}

extension Condition {
  /// Whether it asks what objects there are, which only the run of the script tells for sure.
  fileprivate var dependsOnObjects: Bool {
    switch self {
    case .exists: true
    case .not(let inner): inner.dependsOnObjects
    case .comparison, .flag: false
    }
  }

  /// The objects without which the condition does not hold.
  fileprivate func neededObjects(_ variables: Variables, in source: Source) -> [String] {
    switch self {
    case .exists(let name): [try? variables.evaluate(name, in: source).spelling].compactMap(\.self)
    case .not(.not(let inner)): inner.neededObjects(variables, in: source)
    case .comparison, .flag, .not: []
    }
  }
}
