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
      registry: self, source: script.source, reading: reading, variables: variables,
      objects: PlannedObjects(live: directory))
    check.walk(script.statements)
    var seen: Set<[AnyHashable]> = []
    let ofForm = script.errors.map(Intention(registry: self, directory: check.objects).explained)
    let errors = (ofForm + check.errors).filter {
      seen.insert([$0.fact, $0.span]).inserted
    }.sorted {
      ($0.span.line, $0.span.column) < ($1.span.line, $1.span.column)
    }
    return CheckedScript(script: script, errors: errors, commands: check.commands)
  }
}

/// A walk over a script that runs nothing.
private struct ScriptCheck<Context: CommandContext> {
  let registry: Registry<Context>
  let source: Source
  let reading: Reading
  var variables: Variables
  var objects: PlannedObjects
  var errors: [LanguageError] = []
  /// The commands by the place of their verb, as they were bound first.
  var commands: [Span: CheckedCommand<Context>] = [:]
  /// Whether the values of the variables rule out that the statements at hand are ever reached.
  var isRuledOut = false
  /// The commands that may still be checked, so that nested loops end soon.
  var budget = 20_000

  private var evaluation: Evaluation { Evaluation(variables, in: source, objects) }

  mutating func walk(_ statements: [Statement]) {
    for statement in statements where budget > 0 {
      do {
        try walk(statement)
      } catch {
        if !isRuledOut || !statement.refersToVariables { errors.append(error) }
      }
    }
  }

  /// Checks the body of a loop once more; false if it is wrong.
  private mutating func goesRound(_ body: [Statement]) -> Bool {
    budget -= 1
    let errorCount = errors.count
    walk(body)
    return errors.count == errorCount
  }

  /// Checks the statements of a branch.
  private mutating func walk(branch statements: [Statement], isRuledOut: Bool) {
    let outside = self.isRuledOut
    self.isRuledOut = outside || isRuledOut
    let before = variables
    walk(statements)
    // What it would assign is not assigned; its new names stay known.
    if isRuledOut { variables = variables.merging(before) }
    self.isRuledOut = outside
  }

  private mutating func walk(_ statement: Statement) throws(LanguageError) {
    budget -= 1
    switch statement {
    case .version: break
    case .assignment(let name, let value):
      if variables.isGiven(name.value) { break }
      do {
        variables[name.value] = try evaluation.value(of: value)
      } catch {
        // A value that cannot be known leaves its name known, so that one error is not many.
        if variables[name.value] == nil {
          variables[name.value] = Operand(.text(""), spelling: "", at: value.span)
        }
        throw error
      }
    case .loop(let loop):
      for operand in try evaluation.elements(of: loop.values)
      where budget > 0 {
        variables[loop.name.value] = operand
        guard goesRound(loop.body) else { break }
      }
    case .repetition(let count, let body):
      // As often as it goes round: sums grow, and `run1`, `run2`, … are made one by one.
      for _ in 0..<(try evaluation.count(count)) where budget > 0 {
        guard goesRound(body) else { break }
      }
    case .conditional(let branches, let otherwise):
      var isDecided = false
      for branch in branches {
        let holds = try evaluation.holds(branch.condition, for: "if")
        let object = branch.condition.object
        var assumed: String?
        if let object, !object.isUnwanted {
          let name = try evaluation.value(of: object.name).spelling
          if objects.kind(of: name) == nil { assumed = name }
        }
        if let assumed { objects.planned[assumed] = .unknown }
        walk(branch: branch.body, isRuledOut: isDecided || object == nil && !holds)
        isDecided = isDecided || object == nil && holds
        if let assumed, objects.planned[assumed] == .unknown { objects.planned[assumed] = nil }
      }
      walk(branch: otherwise ?? [], isRuledOut: isDecided)
    case .command(let command):
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
      if checked.acting.command.bringsObjects { objects.isOpen = true }
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
}

extension Expression {
  /// The object that a condition asks for, which only the run of the script tells for sure, and
  /// whether it holds without.
  fileprivate var object: (name: Expression, isUnwanted: Bool)? {
    switch form {
    case .exists(let name): (name, false)
    case .not(let inner): inner.object.map { ($0.name, !$0.isUnwanted) }
    case .group(let inner): inner.object
    default: nil
    }
  }
}
