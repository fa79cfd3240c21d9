import CommandLanguage
import PlainText
import Sessions

extension TableProblem {
  var failure: Failure {
    var failure = failureWithoutHelp
    failure.help = "help tables"
    return failure
  }

  private var failureWithoutHelp: Failure {
    switch self {
    case .impossibleColumn(let name):
      Failure(
        "no column can be called '\(name)'",
        suggestion: "a letter, then letters, digits, _ and -; no word of the language",
        parameter: "columns")
    case .repeatedColumn(let name):
      Failure("the column '\(name)' stands twice", parameter: "columns")
    case .tooManyColumns(let count):
      Failure(
        "\(grouped(count)) columns are more than the \(ResultTable.columnLimit) of a table",
        parameter: "columns")
    case .full(let table):
      Failure(
        "'\(table)' has \(grouped(ResultTable.rowLimit)) rows, and a table has room for no more",
        parameter: "table")
    case .emptyRow(let table, let columns):
      Failure(
        "nothing says what the row holds",
        suggestion: "add \(table) "
          + columns.prefix(3).map { "\($0)=…" }.joined(separator: " "))
    case .noCell(let column, let found):
      Failure(
        "'\(column)' is given \(found)",
        suggestion: "a cell holds a number, a text, on or off; calculations stand in ( )")
    case .longText(let column):
      Failure(
        "the text for '\(column)' is too long",
        suggestion: "a cell holds \(grouped(ResultTable.textLimit)) bytes")
    case .onlyForTables(let option, let name, let kind):
      Failure(
        "'\(option)' is for tables of results, and '\(name)' is \(kind)", parameter: option)
    case .noColumn(let name, let table, let known):
      Failure(
        "'\(table)' has no column '\(name)'",
        suggestion: Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
          ?? "the columns are \(known.abridged())")
    case .empty(let table):
      Failure("'\(table)' has no rows yet", suggestion: "'add \(table) …' makes one")
    case .noRow(let table, let condition):
      Failure("no row of '\(table)' meets '\(condition)'", parameter: "where")
    case .noAxes(let table):
      Failure(
        "nothing says what is drawn",
        suggestion: "plot \(table) x=COLUMN y=COLUMN, or plot \(table) of=COLUMN for a histogram")
    case .axesAndDistribution:
      Failure(
        "of= draws how one column is distributed, x= and y= draw one against another",
        suggestion: "leave out the one or the other", parameter: "of")
    case .onlyDistribution(let option):
      Failure(
        "'\(option)' is for a histogram", suggestion: "of=COLUMN draws one", parameter: option)
    case .notNumbers(let column, let example):
      Failure(
        "the column '\(column)' holds more than numbers: '\(example)'",
        suggestion: "where … leaves rows out")
    case .noNumber(let column):
      Failure("the column '\(column)' holds no number")
    case .notAnAxis(let column, let kind):
      Failure(
        "kind=\(kind) needs numbers along the axis, and '\(column)' has texts",
        suggestion: "kind=bars", parameter: "kind")
    case .withoutOption(let option, let run, let known):
      Failure(
        "'\(run)' has no option '\(option)'",
        suggestion: Suggestion.nearest(to: option, among: known).map { "did you mean '\($0)'?" }
          ?? "it has \(known.abridged())",
        parameter: "against")
    }
  }
}
