import CommandLanguage
import PlainText
import Sessions

extension Command<ShellContext> {
  static var add: ShellCommand {
    let table = Parameter.positional("table", .object(.table), "The table.")
    return ShellCommand(
      "add", "Puts a row into a table of results.", category: .session, effect: .changes,
      searchWords: ["append"], parameters: [table],
      pairs:
        "A value for each column: a number, a text, on or off; what is worked out stands in ( ).",
      pairsOf: table.name,
      examples: [
        Example("add results strategy=kd memory=50 final=(final(kd))", "A row, without a word."),
        Example("add results strategy=ft", "The other cells stay empty, which is said once."),
      ], seeAlso: ["table", "show", "plot table"],
      discussion: """
        A column that is not named has an empty cell in this row. Nothing is printed, so that a loop \
        may add many rows; the first row that leaves cells of a column empty says so. A percentage is \
        kept as its number, a duration in seconds.
        """
    ) { context, arguments in
      let name = arguments[table].name
      var table = try context.table(name)
      guard !arguments.pairs.isEmpty else {
        throw TableProblem.emptyRow(table: name, columns: table.columns)
      }
      var cells = [ResultTable.Value](repeating: .missing, count: table.columns.count)
      for pair in arguments.pairs {
        guard let place = table.columns.firstIndex(of: pair.key.value) else {
          throw TableProblem.noColumn(pair.key.value, table: name, known: table.columns)
        }
        cells[place] = try cell(of: pair)
      }
      // Said of the first row only.
      let empty = zip(table.columns, cells).enumerated().filter { place, cell in
        cell.1 == .missing && !table.rows.contains { $0[place] == .missing }
      }.map(\.element.0)
      guard table.add(cells) else { throw TableProblem.full(table: name) }
      context.session.set(name, to: .table(table))
      return CommandOutput(
        notes: empty.isEmpty
          ? [] : ["no value for \(empty.joined(with: "and")): such cells stay empty"],
        record: ["name": name, "kind": ObjectKind.table.word, "rows": table.rows.count]
          as ResultRecord)
    }
  }
}

private func cell(of pair: Arguments.Pair) throws -> ResultTable.Value {
  func none(_ found: String) -> TableProblem { .noCell(column: pair.key.value, found: found) }
  switch pair.operand.value {
  case .integer(let number): return .integer(number)
  case .real(let number), .percentage(let number), .duration(let number):
    return ResultTable.Value(number)
  case .flag(let flag): return .flag(flag)
  case .word(let text), .text(let text):
    guard text.utf8.count <= ResultTable.textLimit else {
      throw TableProblem.longText(column: pair.key.value)
    }
    return .text(text)
  case .list: throw none("a list")
  case .range: throw none("a range")
  case .call(let call): throw none("'\(call.name)(…)' as a word")
  case .condition, .later: throw none("a condition")
  }
}
