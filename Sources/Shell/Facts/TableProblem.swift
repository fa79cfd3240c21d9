import Sessions

/// What is wrong with a table of one's own, or with what is asked of it.
enum TableProblem: Problem {
  /// Such as a word of the language.
  case impossibleColumn(String)
  case repeatedColumn(String)
  case tooManyColumns(Int)
  case full(table: String)
  case emptyRow(table: String, columns: [String])
  /// What a cell was given is no number, no text, and neither on nor off.
  case noCell(column: String, found: String)
  case longText(column: String)
  /// An option that only tables take.
  case onlyForTables(option: String, name: String, kind: String)
  case noColumn(String, table: String, known: [String])
  case empty(table: String)
  /// No row meets the condition.
  case noRow(table: String, condition: String)

  // Figures.
  case noAxes(table: String)
  case axesAndDistribution
  case onlyDistribution(option: String)
  case notNumbers(column: String, example: String)
  case noNumber(column: String)
  case notAnAxis(column: String, kind: String)
  /// Of a metric against an option.
  case withoutOption(String, run: String, known: [String])
}
