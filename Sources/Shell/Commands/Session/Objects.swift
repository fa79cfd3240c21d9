import CommandLanguage
import Sessions

extension Command<ShellContext> {
  static var objects: ShellCommand {
    ShellCommand(
      "objects", "Lists what is live in the session.", category: .session, effect: .looks,
      searchWords: ["ls", "who", "whos"], formats: .table,
      examples: [Example("objects", "A row per object.")], seeAlso: ["show", "drop", "status"]
    ) { context, _ in
      let rows = context.session.names.compactMap { name -> [Table.Cell]? in
        context.session[name].map {
          [.text(name), .text($0.objectKind.word), .text(context.description(of: $0, named: name))]
        }
      }
      return CommandOutput(
        table: Table(["name", "kind", "what"], rows: rows),
        notes: rows.isEmpty ? ["Nothing yet: 'load synthetic as signs' is a beginning."] : [])
    }
  }
}
