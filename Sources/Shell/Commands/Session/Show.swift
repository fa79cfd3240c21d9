import CommandLanguage
import Datasets
import Experiments
import Learning
import Metrics
import Networks
import PlainText
import Sessions
import Tensors

extension Command<ShellContext> {
  static var show: ShellCommand {
    let object = Parameter.positional("object", .anyObject, "The object.")
    return ShellCommand(
      "show", "Describes an object; its name alone does the same.", category: .session,
      effect: .looks, parameters: [object], formats: .table,
      examples: [
        Example("show T", "The tasks and their classes."), Example("net", "In one line."),
      ], seeAlso: ["objects"]
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
      default: return context.told(name)
      }
    }
  }
}
