import CommandLanguage
import Foundation
import Plotting
import Sessions

extension ShellContext {
  /// Prints what a command gave back, or writes it where `>` says.
  func deliver(_ output: CommandOutput, of arguments: Arguments) throws {
    if let target = arguments.output {
      let paths = try write(output, of: arguments, to: target)
      if printsJSON {
        show("{\"command\":\(quoted(arguments.verb)),\"written\":[")
        show(paths.map(quoted).joined(separator: ",") + "]}\n")
      } else if !isQuiet {
        show("wrote \(paths.joined(separator: " and "))\n")
      }
      return
    }
    if printsJSON || arguments.format == "json" {
      show(try output.json(of: arguments.verb) + "\n")
      return
    }
    if let format = arguments.format, let text = try text(output, format, arguments.verb) {
      show(text)
      return
    }
    guard let figure = output.figure, self.output.isTerminal, session.settings.plots != "off"
    else {
      show(output.text(width: self.output.width, coloured: self.output.isColoured))
      return
    }
    show(output.lines.map { $0 + "\n" }.joined())
    show(try pictures.terminalText(figure, mode: session.settings.plots))
    show(output.notes.map { $0 + "\n" }.joined())
  }

  private func show(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  /// A text form by its ending, or nil for a picture's.
  private func text(_ output: CommandOutput, _ format: String, _ verb: String) throws -> String? {
    switch format {
    case "csv": output.table?.csv
    case "md": output.document ?? output.table?.markdown
    case "json": try output.json(of: verb) + "\n"
    case "txt": output.text(width: 100)
    default: nil
    }
  }

  private func write(
    _ output: CommandOutput, of arguments: Arguments, to target: Arguments.Output
  ) throws -> [String] {
    try checkMayWrite(target.path)
    let format = arguments.format ?? target.ending
    if let text = try text(output, format, arguments.verb) {
      try write(text, to: target.path, appending: target.appends)
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

  private func write(_ text: String, to path: String, appending: Bool) throws {
    let data = Data(text.utf8)
    guard appending, FileManager.default.fileExists(atPath: path) else {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
      return
    }
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: data)
  }

  /// With `--safe`, nothing outside the working directory is written.
  func checkMayWrite(_ path: String) throws {
    guard isSafe else { return }
    let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
      .resolvingSymlinksInPath().path
    let target = URL(fileURLWithPath: path).deletingLastPathComponent().resolvingSymlinksInPath()
    guard target.path == here || target.path.hasPrefix(here + "/") else {
      throw Failure("--safe: '\(path)' is outside the working directory")
    }
  }
}

/// A JSON string with its quotes.
func quoted(_ text: String) -> String { jsonText(text) }
