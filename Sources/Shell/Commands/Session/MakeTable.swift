import CommandLanguage
import PlainText
import Sessions

extension Command<ShellContext> {
  static var makeTable: ShellCommand {
    let name = Parameter.optionalPositional("name", .name, "What it is called; 'as NAME' does too.")
    let columns = Parameter.required(
      "columns", .list(of: .text, count: 1...ResultTable.columnLimit),
      "What the columns are called: [strategy, memory, final].")
    return ShellCommand(
      "table", "Makes a table of one's own, for results.", category: .session, effect: .changes,
      searchWords: ["DataFrame", "dataframe"], parameters: [name, columns], result: .table,
      namedBy: name.name,
      examples: [
        Example("table mine columns=[strategy, memory, final]", "A table without rows.")
      ], seeAlso: ["add", "show", "plot table", "compare"],
      discussion: """
        'add' puts rows into it, 'show' sorts and chooses them, 'mine > mine.csv' writes it, 'plot \
        mine' draws it. It is an object as runs are: a session file keeps it, 'objects' lists it and \
        'drop' forgets it. 'compare … as NAME' makes one of runs. 'help tables' tells more.
        """,
      columns: { $0[columns] }
    ) { context, arguments in
      let names = arguments[columns]
      for (index, name) in names.enumerated() {
        guard ResultTable.isColumnName(name) else { throw TableProblem.impossibleColumn(name) }
        guard !names[..<index].contains(name) else { throw TableProblem.repeatedColumn(name) }
      }
      guard let table = ResultTable(columns: names) else {
        throw TableProblem.tooManyColumns(names.count)
      }
      let name = arguments.resultName ?? ObjectKind.table.word
      context.session.set(name, to: .table(table))
      return context.told(name)
    }
  }
}
