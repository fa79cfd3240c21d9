import CommandLanguage
import Datasets
import Experiments
import Learning
import Metrics
import Networks
import Sentences
import Sessions
import Tensors

extension Command<ShellContext> {
  static var objects: ShellCommand {
    ShellCommand(
      "objects", "Lists what is live in the session.", category: .session,
      searchWords: ["ls", "who", "whos"], formats: .table,
      examples: [Example("objects", "A row per object.")], seeAlso: ["show", "drop", "status"]
    ) { context, _ in
      let rows = context.session.names.compactMap { name -> [Table.Cell]? in
        context.session[name].map {
          let mark = context.session.staleness(of: name).isEmpty ? "" : ", stale"
          return [
            .text(name), .text($0.objectKind.word), .text(context.description(of: $0) + mark),
          ]
        }
      }
      return CommandOutput(
        table: Table(["name", "kind", "what"], rows: rows),
        notes: rows.isEmpty ? ["Nothing yet: 'load synthetic as signs' is a beginning."] : [])
    }
  }

  static var show: ShellCommand {
    let object = Parameter.positional("object", .anyObject, "The object.")
    return ShellCommand(
      "show", "Describes an object; its name alone does the same.", category: .session,
      parameters: [object], formats: .table,
      examples: [
        Example("show T", "The tasks and their classes."), Example("net", "In one line."),
      ],
      seeAlso: ["objects"]
    ) { context, arguments in
      let name = arguments[object].name
      if let (tasks, position) = context.session.task(name) {
        return CommandOutput(
          "\(name): classes "
            + tasks.sequence.tasks[position].map { "\($0)" }.joined(separator: " "))
      }
      if arguments[object].kind == .runs {
        let set = try context.runSet(name)
        var output = CommandOutput(
          table: comparisonTable([set]), warnings: context.tableNotes(on: [set]))
        output.lines = context.session.runs(of: name).map { context.described($0) }
        return output
      }
      if arguments[object].kind == .checkpoint {
        return context.report(of: name, try context.checkpoint(arguments[object]).state)
      }
      switch context.session[name] {
      case .run(let run)?: return context.report(of: name, run.run)
      case .tasks(let tasks)?:
        let table = (try? context.data(tasks.data)).map {
          context.table(of: tasks.sequence, $0, named: name)
        }
        return CommandOutput(
          context.described(name), table: table,
          warnings: [context.misfitNote(name, tasks)].compactMap(\.self),
          record: context.record(of: name))
      default: return CommandOutput(context.described(name), record: context.record(of: name))
      }
    }
  }

  static var digest: ShellCommand {
    let object = Parameter.positional("object", .anyObject, "The object.")
    return ShellCommand(
      "digest", "Prints SHA-256 over an object's numbers: equal bits, equal digest.",
      category: .session, searchWords: ["sha256"], parameters: [object],
      formats: ["json", "txt", "html"],
      examples: [Example("digest net", "The same on every run with the same seed.")],
      seeAlso: ["save session"]
    ) { context, arguments in
      let name = arguments[object].name
      guard arguments[object].kind != .runs else {
        throw arguments.failure(
          at: object,
          "'\(name)' is several runs; name one: "
            + context.session.runs(of: name).joined(with: "or"))
      }
      if arguments[object].kind == .checkpoint { _ = try context.checkpoint(arguments[object]) }
      guard let text = context.session.digest(of: name) else {
        throw Failure("'\(name)' has no numbers", help: "objects")
      }
      return CommandOutput("\(text)  \(name)", record: DigestRecord(name: name, digest: text))
    }
  }
}

private struct DigestRecord: Encodable {
  var name: String
  var digest: String
}
