extension Registry {
  /// What is wrong with a script; see `checked`.
  public func check(
    _ script: Script, variables: Variables = Variables(), reading: Reading = .exact,
    in directory: any ObjectDirectory
  ) -> [LanguageError] {
    checked(
      script, variables: variables, reading: reading, in: directory
    ).errors
  }

  /// Checks a whole script before anything runs: names, options, types and ranges, loops with
  /// every value of their variable. Gives the errors of its form and of its commands.
  ///
  /// Objects that a statement will make count as live for those after it. `variables` are those
  /// that the command line sets. In a branch
  /// that these values rule out only what does not depend on values is checked: `if $strategy ==
  /// slda` may guard options that other strategies lack.
  public func checked(
    _ script: Script, variables: Variables = Variables(), reading: Reading = .exact,
    in directory: any ObjectDirectory
  ) -> CheckedScript<Context> {
    var check = ScriptCheck(
      registry: self, source: script.source, reading: reading, variables: variables,
      objects: PlannedObjects(live: directory))
    check.walkAll(script.statements)
    var seen: Set<[AnyHashable]> = []
    let intention = Intention(registry: self, directory: check.objects)
    // Half a statement says nothing of its words.
    let broken = Set(script.errors.map(\.span.line))
    let found =
      script.errors.map(intention.explained)
      + check.errors.filter { error in
        if case .wordOfVariable = error.fact { !broken.contains(error.span.line) } else { true }
      }
    let errors = found.map(intention.translated).filter {
      seen.insert([$0.fact, $0.span]).inserted
    }.sorted {
      ($0.span.line, $0.span.column) < ($1.span.line, $1.span.column)
    }
    return CheckedScript(script: script, errors: errors, commands: check.commands)
  }
}
