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
      if printsJSON {
        let written = paths.map(quoted).joined(separator: ",")
        try show("{\"command\":\(quoted(arguments.verb)),\"written\":[\(written)]}\n")
      } else if !isQuiet {
        try show("wrote \(paths.joined(separator: " and ").withoutControls)\n")
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
    guard let figure = output.figure, self.output.isTerminal, session.settings.plots != "off"
    else {
      try show(output.text(width: self.output.width, coloured: self.output.isColoured))
      return []
    }
    try show(output.lines.map { $0 + "\n" }.joined())
    try show(try pictures.terminalText(figure, mode: session.settings.plots))
    try show(output.notes.map { $0 + "\n" }.joined())
    return []
  }

  /// A text form by its ending, or nil for a picture's.
  private func text(_ output: CommandOutput, _ format: String, _ verb: String) throws -> String? {
    switch format {
    case "csv": output.table?.csv
    case "md": output.document ?? output.table?.markdown
    case "json": try output.json(of: verb) + "\n"
    case "txt": output.text(width: 100)
    case "html": try output.page(title: output.figure?.title ?? verb, draw: pictures.vector)
    default: nil
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
