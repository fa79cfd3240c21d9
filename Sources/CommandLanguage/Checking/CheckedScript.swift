/// A script that was checked as a whole: what is wrong with it, and what its words stand for.
///
/// History, where abbreviations are spelled out, and execution share it, so that a line that was typed is bound
/// once. Only what follows a statement that ran is bound again, since that may have changed the objects.
public struct CheckedScript<Context: CommandContext>: Sendable {
  public let script: Script
  /// In the order of the source; nothing may run if there are any.
  public let errors: [LanguageError]
  /// By the place of their verb.
  let commands: [Span: CheckedCommand<Context>]

  /// The first statement, if it is a command: nothing changes what it is bound to before it runs.
  public var first: CheckedCommand<Context>? {
    guard case .command(let statement)? = script.statements.first else { return nil }
    return commands[statement.verb.span].flatMap { $0.isLater ? nil : $0 }
  }

  /// The text with the full names of what was abbreviated, as it goes into history; the text itself,
  /// with its comments and blanks, when nothing was.
  public var fullText: String {
    guard script.errors.isEmpty else { return script.source.text }
    let full = expanded(script.statements)
    if full == script.statements { return script.source.text }
    let isBlock = script.source.text.contains { $0.endsLine }
    return full.map(\.description).joined(separator: isBlock ? "\n" : "; ")
  }

  private func expanded(_ statements: [Statement]) -> [Statement] {
    statements.map { statement in
      switch statement {
      case .version, .assignment, .leave, .giveBack, .call: return statement
      case .loop(var loop):
        loop.body = expanded(loop.body)
        return .loop(loop)
      case .repetition(let count, let body):
        return .repetition(count: count, body: expanded(body))
      case .loopWhile(let condition, let body):
        return .loopWhile(condition: condition, body: expanded(body))
      case .attempt(let body, let otherwise, let word):
        return .attempt(body: expanded(body), otherwise: expanded(otherwise), at: word)
      case .function(var function):
        function.body = expanded(function.body)
        return .function(function)
      case .conditional(var branches, let otherwise):
        for index in branches.indices { branches[index].body = expanded(branches[index].body) }
        return .conditional(branches: branches, otherwise: otherwise.map { expanded($0) })
      case .command(let command): return .command(commands[command.verb.span]?.statement ?? command)
      }
    }
  }
}
