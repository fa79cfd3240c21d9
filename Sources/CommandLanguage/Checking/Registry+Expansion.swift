extension Registry {
  /// A typed text with the full names of what was abbreviated, as it goes into history; the text
  /// itself, with its comments and blanks, when nothing was.
  public func expanded(
    _ script: Script, variables: Variables = Variables(), in directory: some ObjectDirectory
  ) -> String {
    guard script.errors.isEmpty else { return script.source.text }
    var variables = variables
    let statements = expanded(script.statements, script.source, &variables, directory)
    if statements == script.statements { return script.source.text }
    let isBlock = script.source.text.contains { $0.endsLine }
    return statements.map(\.description).joined(separator: isBlock ? "\n" : "; ")
  }

  private func expanded(
    _ statements: [Statement], _ source: Source, _ variables: inout Variables,
    _ directory: some ObjectDirectory
  ) -> [Statement] {
    var result: [Statement] = []
    for statement in statements {
      switch statement {
      case .version: result.append(statement)
      case .assignment(let name, let value):
        variables[name.value] = try? variables.evaluate(value, in: source)
        result.append(statement)
      case .loop(var loop):
        variables[loop.name.value] = try? variables.elements(of: loop.values, in: source).first {
          _ in true
        }
        loop.body = expanded(loop.body, source, &variables, directory)
        result.append(.loop(loop))
      case .repetition(let count, let body):
        result.append(
          .repetition(count: count, body: expanded(body, source, &variables, directory)))
      case .conditional(var branches, let otherwise):
        for index in branches.indices {
          branches[index].body = expanded(branches[index].body, source, &variables, directory)
        }
        result.append(
          .conditional(
            branches: branches,
            otherwise: otherwise.map { expanded($0, source, &variables, directory) }))
      case .command(let command):
        let full = try? check(
          command, from: source, variables: variables, reading: .abbreviated, in: directory
        ).statement
        result.append(.command(full ?? command))
      }
    }
    return result
  }
}
