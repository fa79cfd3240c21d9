import CommandLanguage
import Foundation
import PlainText
import Plotting

/// What a command gives back: for people, for other programs, and for the eye.
public struct CommandOutput {
  /// What people read first.
  var lines: [String] = []
  var table: Table?
  /// What files of some forms have in place of the table and the lines.
  var tablesOfForms: [String: Table] = [:]
  /// How a LaTeX file has the table.
  var latex = LaTeXFrame()
  /// Whether people are shown the table, or only files and other programs.
  var showsTable = true
  /// What people read below the table.
  var notes: [String] = []
  /// Those of the notes that are said even where a file has no place for them.
  var warnings: [String] = []
  var figure: Figure?
  /// How the figure looks in files.
  var style: PictureStyle?
  /// Those of the command's options that a picture of characters leaves aside.
  var optionsOfFiles: [String] = []
  /// What people read below the figure, where there is one to be seen.
  var pictureNotes: [String] = []
  /// Whether the table only says what the figure shows, to those who cannot see it.
  var tableStandsIn = false
  /// A whole Markdown document, for a file that ends in .md.
  var document: String?
  /// What a script does in place of the command, which was stopped before its end.
  var scripted: [String]?
  /// Why the command could do no more than what it gives: an error that follows its output.
  var failure: Failure?
  /// What was expected and does not hold; a script goes on after it, and fails at its end.
  var unmet: Unmet?
  /// Whether something that was expected holds.
  var isExpectation = false

  struct Unmet {
    var problem: any Problem
    /// Whether a script stops here.
    var isLast: Bool
  }

  /// Writes a form that is no text, such as a file of weights, to the path that `>` names; gives the
  /// paths written.
  var file: ((String) throws -> [String])?
  /// Figures over the whole table, which other programs find beside its rows.
  var summary: ResultRecord?
  /// What other programs read; without one, the table or the lines.
  var record: (any Encodable)?

  static var nothing: CommandOutput { CommandOutput() }

  init(
    _ lines: String..., table: Table? = nil, notes: [String] = [], warnings: [String] = [],
    figure: Figure? = nil, record: (any Encodable)? = nil
  ) {
    self.lines = lines
    self.table = table
    self.notes = notes + warnings
    self.warnings = warnings
    self.figure = figure
    self.record = record
  }

  /// A plot, and the same in numbers.
  static func picture(table: Table, warnings: [String] = [], figure: Figure) -> CommandOutput {
    var output = CommandOutput(table: table, warnings: warnings, figure: figure)
    output.tableStandsIn = true
    return output
  }

  /// As it is delivered in a form, such as `csv`.
  func inForm(_ form: String) -> CommandOutput {
    guard let table = tablesOfForms[form] else { return self }
    var output = self
    (output.table, output.lines) = (table, [])
    return output
  }

  /// As a person sees it, without the figure.
  ///
  /// - Parameters:
  ///   - width: The columns that the table may take.
  ///   - layOut: Lays out lines and notes.
  func text(width: Int, coloured: Bool = false, layOut: (String) -> String = { $0 }) -> String {
    var blocks = lines.map { layOut($0.withoutControlsButLines) }
    if showsTable, let table, !table.rows.isEmpty {
      blocks.append(table.text(width: width, coloured: coloured).trimmingCharacters(in: .newlines))
    }
    blocks += notes.map { layOut($0.withoutControlsButLines) }
    return blocks.isEmpty ? "" : blocks.joined(separator: "\n") + "\n"
  }

  /// The table in Markdown, with what is to be said of it below; nil without one.
  var markdown: String? {
    table.map { ([$0.markdown] + notes.map { $0.asMarkdown + "\n" }).joined(separator: "\n") }
  }

  /// One JSON object on one line.
  func json(of command: String) throws -> String {
    if let record { return try encoded(record) }
    if let table {
      let more = try summary.map { ",\"summary\":\(try encoded($0))" } ?? ""
      return "{\"command\":\(jsonText(command)),\"rows\":\(table.json)\(more)}"
    }
    let lines = (lines + notes).map(jsonText).joined(separator: ",")
    return "{\"command\":\(jsonText(command)),\"text\":[\(lines)]}"
  }

  private func encoded(_ value: any Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return String(decoding: try encoder.encode(value), as: UTF8.self).jsonForTerminal
  }
}
