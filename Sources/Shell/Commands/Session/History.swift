import CommandLanguage
import Sessions

extension Command<ShellContext> {
  static var history: ShellCommand {
    let count = Parameter.optionalPositional(
      "n", .integer(1...1_000_000), "How many of the last commands.")
    return ShellCommand(
      "history", "Lists the commands of this session, in full.", category: .session, effect: .looks,
      parameters: [count], formats: .table, repetition: .never,
      examples: [Example("history 10", "The last ten with their seconds.")],
      seeAlso: ["save script"]
    ) { context, arguments in
      let journal = context.session.journal
      let first = max(0, journal.count - (arguments[count] ?? journal.count))
      let rows = journal.enumerated().dropFirst(first).map { index, entry -> [Table.Cell] in
        [.integer(index + 1), .text(entry.command), .number(entry.seconds, decimals: 2)]
      }
      return CommandOutput(table: Table(["number", "command", "seconds"], rows: Array(rows)))
    }
  }
}
