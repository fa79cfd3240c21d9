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
    let rows = TableParameters(of: object)
    return ShellCommand(
      "show", "Describes an object; its name alone does the same.", category: .session,
      effect: .looks, parameters: [object] + rows.all, formats: .table,
      examples: [
        Example("show T", "The tasks and their classes."), Example("net", "In one line."),
        Example("show results sort=-final n=2", "The two best rows of a table of results."),
        Example("results where memory > 50 and strategy == kd", "The rows that meet a condition."),
      ], seeAlso: ["objects", "table"],
      discussion: """
        Of a table of results 'where' chooses rows: names of columns stand for the values of a row, \
        other words for themselves. A row whose cell is empty meets no comparison with it. Behind a \
        condition '> FILE' writes the rows. Empty cells come last, however sort= orders them.
        """
    ) { context, arguments in
      let name = arguments[object].name
      if arguments[object].kind == .table {
        return try context.listing(
          of: name, meeting: arguments[rows.condition], sortedBy: arguments[rows.sort],
          falling: arguments[rows.order] == .falling, columns: arguments[rows.columns],
          first: arguments[rows.count])
      }
      if let option = rows.all.first(where: { arguments.isGiven($0) }) {
        throw TableProblem.onlyForTables(
          option: option.name, name: name, kind: arguments[object].kind.phrase)
      }
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
