import CommandLanguage
import Foundation
import Plotting
import Sessions

extension ShellContext {
  /// Prints what a command gave back, or writes it where `>` says.
  ///
  /// - Returns: The files that were written.
  func deliver(_ output: CommandOutput, of arguments: Arguments) throws -> [String] {
    if let target = arguments.output {
      if verification != nil { return [] }
      let paths = try write(output, of: arguments, to: target)
      // Texts and tables have their notes in them.
      let notes = output.file == nil ? [] : output.notes
      if printsJSON {
        let written = paths.map(quoted).joined(separator: ",")
        let said =
          notes.isEmpty ? "" : ",\"notes\":[\(notes.map(quoted).joined(separator: ","))]"
        try show("{\"command\":\(quoted(arguments.verb)),\"written\":[\(written)]\(said)}\n")
      } else {
        if !isQuiet {
          try show("wrote \(paths.joined(separator: " and ").withoutControls)\n")
        }
        try show(notes.map { "\($0.withoutControls)\n" }.joined())
      }
      return paths
    }
    if printsJSON || arguments.format == "json" {
      try show(try output.json(of: arguments.verb) + "\n")
      return []
    }
    if let format = arguments.format, let text = try text(output, format, arguments.verb) {
      try show(text)
      return []
    }
    if let figure = output.figure, showsPictures {
      try show(output.lines.map { $0 + "\n" }.joined())
      try show(try pictures.terminalText(figure, mode: session.settings.plots))
      try show(output.notes.map { $0 + "\n" }.joined())
    } else if output.tableStandsIn, !self.output.isTerminal {
      try show("\(arguments.verb): a picture, which '> FILE.png' behind it would write\n")
      try show(output.notes.map { $0 + "\n" }.joined())
    } else {
      try page(output.text(width: self.output.width, coloured: self.output.isColoured))
    }
    return []
  }

  /// Whether figures are drawn in the terminal; those who asked for words get tables.
  private var showsPictures: Bool {
    switch session.settings.plots {
    case "auto": output.isTerminal && !output.isPlain
    case "off": false
    default: output.isTerminal
    }
  }

  /// Shows a text, in a pager if a person reads it and it is longer than the screen.
  private func page(_ text: String) throws {
    let isPaged =
      isInteractive && output.isTerminal && !output.isPlain
      && Pager.isLong(text, width: output.width, height: output.height)
    if isPaged, let pager = Pager.chosen, pager.show(text) { return }
    try show(text)
  }

  /// A text form by its ending, or nil for a picture's.
  private func text(_ output: CommandOutput, _ format: String, _ verb: String) throws -> String? {
    switch format {
    case "csv":
      guard let table = output.table else {
        throw Failure("this result has no table; write it as .json or .txt")
      }
      return table.csv
    case "md": return output.document ?? output.table?.markdown ?? output.text(width: 100)
    case "html":
      return try output.page(title: output.figure?.title ?? verb, draw: pictures.vector)
    case "json": return try output.json(of: verb) + "\n"
    case "txt": return output.text(width: 100)
    default: return nil
    }
  }

  private func write(
    _ output: CommandOutput, of arguments: Arguments, to target: Arguments.Output
  ) throws -> [String] {
    try checkMayWrite(target.path)
    if let file = output.file { return try file(target.path) }
    let format = arguments.format ?? target.ending
    if let text = try text(output, format, arguments.verb) {
      if target.appends {
        try TextFile.append(text, to: target.path)
      } else {
        try TextFile.write(text, to: target.path)
      }
      return [target.path]
    }
    guard let figure = output.figure else {
      throw Failure("there is no picture to write to '\(target.path)'")
    }
    guard !target.appends else {
      throw Failure("a picture cannot be added to a file; use > instead of >>")
    }
    return try pictures.write(figure, to: target.path)
  }

  /// With `--safe`, nothing outside the working directory is written.
  func checkMayWrite(_ path: String) throws {
    guard isSafe else { return }
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
      .resolvingSymlinksInPath().path
    let target = URL(fileURLWithPath: path)
    let folder = target.deletingLastPathComponent().resolvingSymlinksInPath().path
    // A link leads to where its file is.
    let file = target.resolvingSymlinksInPath().path
    guard folder == here || folder.hasPrefix(here + "/"), file.hasPrefix(here + "/") else {
      throw Failure("--safe: '\(path)' is outside the working directory")
    }
  }
}

/// A JSON string with its quotes.
func quoted(_ text: String) -> String { jsonText(text) }
