import CommandLanguage
import Foundation
import PlainText
import Plotting
import Sessions
import System

extension ShellContext {
  /// Prints what a command gave back, or writes it where `>` says.
  ///
  /// - Returns: The files that were written.
  func deliver(_ output: CommandOutput, of arguments: Arguments) throws -> [String] {
    var output = output.inForm(arguments.format ?? arguments.output?.ending ?? "")
    // The ^C that a terminal shows would stand before the first line, which is as wide as it.
    if training.isInterrupted(), console.isInteractive, console.terminal.isTerminal,
      !console.terminal.isPlain
    {
      try console.show("\r\u{1B}[K")
    }
    if let target = arguments.output {
      if record.verification != nil { return [] }
      let paths = try write(output, of: arguments, to: target)
      let notes = notes(output, in: arguments.format ?? target.ending, of: arguments)
      if console.printsJSON {
        let written = paths.map(jsonText).joined(separator: ",")
        let said = notes.isEmpty ? "" : ",\"notes\":[\(notes.map(jsonText).joined(separator: ","))]"
        try say("{\"command\":\(jsonText(arguments.verb)),\"written\":[\(written)]\(said)}\n")
      } else {
        if !console.isQuiet {
          try say(["wrote \(paths.joined(with: "and"))".withoutControls])
        }
        try say(notes.map(\.withoutControls))
      }
      return paths
    }
    if console.printsJSON || arguments.format == "json" {
      try say(try output.json(of: arguments.verb) + "\n")
      return []
    }
    if let format = arguments.format, let text = try text(output, format, arguments) {
      try say(text.withoutControlsButLines)
      return []
    }
    if let figure = output.figure, session.settings.plots == .window {
      let (window, notes) = try console.pictures.window(figure, of: windowTitle(of: arguments))
      if let window {
        try say(
          output.lines + ["in window \(window)"] + notes + asideNotes(output)
            + output.pictureNotes + output.notes)
        return []
      }
      output.notes = notes + output.notes
    }
    if let figure = output.figure, showsPictures {
      let picture = try console.pictures.terminalPicture(figure, session.settings.plots)
      let (above, below) = (
        laidOut(output.lines),
        laidOut(picture.notes + asideNotes(output) + output.pictureNotes + output.notes)
      )
      if picture.isOfCharacters {
        try page(above + picture.text + below)
      } else {
        try say(above)
        try console.show(picture.text)
        try say(below)
      }
    } else if output.tableStandsIn, !self.console.terminal.isTerminal {
      try say(["\(arguments.verb) draws a picture; add '> FILE.png' to write it"] + output.notes)
    } else {
      let terminal = self.console.terminal
      try page(
        output.text(
          width: terminal.width, coloured: terminal.isColoured, layOut: terminal.laidOut))
    }
    return []
  }

  /// What is to be said of a file of this form besides that it was written.
  private func notes(
    _ output: CommandOutput, in format: String, of arguments: Arguments
  ) -> [String] {
    // Texts have their notes in them.
    let isText =
      ["md", "html", "txt"].contains(format)
      || format == "tex" && !isPicture(output, of: arguments)
    if output.file == nil, isText { return [] }
    let notes = output.file == nil ? output.warnings : output.notes
    guard let figure = output.figure, let picture = PictureFormat(rawValue: format) else {
      return notes
    }
    return notes + output.pictureNotes + PictureDesk.fontNotes(figure, in: picture)
      + PictureDesk.fontNotes(output.style, in: picture) + idleOptions(output, in: picture)
  }

  /// That options mean something for other files only.
  private func idleOptions(_ output: CommandOutput, in format: PictureFormat) -> [String] {
    var idle: [String] = []
    if format != .tex { idle += ["tex", "standalone"] }
    if format != .png, format != .gp { idle.append("dpi") }
    return output.optionsOfFiles.filter(idle.contains).map {
      $0 == "dpi" ? "dpi= is for .png files" : "\($0)= is for .tex files"
    }
  }

  /// What a picture that is not in a file leaves aside.
  private func asideNotes(_ output: CommandOutput) -> [String] {
    let options = output.optionsOfFiles.map { $0 + "=" }
    guard !options.isEmpty else { return [] }
    return [
      "\(options.joined(with: "and")) \(options.count == 1 ? "is" : "are") for pictures in files: "
        + "add '> FILE.pdf'"
    ]
  }

  /// Prints text: everything but pictures of pixels comes this way, and no control sequence of a
  /// file's.
  func say(_ text: String) throws { try console.show(text.forTerminal) }

  /// Says sentences, a line each unless the terminal is narrower.
  private func say(_ sentences: [String]) throws { try say(laidOut(sentences)) }

  private func laidOut(_ sentences: [String]) -> String {
    sentences.map { console.terminal.laidOut($0.withoutControlsButLines) + "\n" }.joined()
  }

  /// Whether figures are drawn in the terminal; those who asked for words get tables.
  private var showsPictures: Bool {
    switch session.settings.plots {
    case .auto, .window: console.terminal.isTerminal && !console.terminal.isPlain
    case .off: false
    case .kitty, .sixel, .text: console.terminal.isTerminal
    }
  }

  /// The command that draws, by which its window is known.
  func windowTitle(of arguments: Arguments) -> String {
    guard var statement = workspace.running else { return arguments.verb }
    statement.output = nil
    return "\(statement)"
  }

  /// Shows a text, in a pager if a person reads it and it is longer than the screen.
  private func page(_ text: String) throws {
    let isPaged =
      safety.permissions.mayStartPrograms && console.isInteractive && console.terminal.isTerminal
      && !console.terminal.isPlain
      && Pager.isLong(text, width: console.terminal.width, height: console.terminal.height)
    if isPaged, let pager = Pager.chosen, pager.show(text.forTerminal) { return }
    try say(text)
  }

  /// Whether LaTeX gets the picture: of a plot, where other commands write their table.
  private func isPicture(_ output: CommandOutput, of arguments: Arguments) -> Bool {
    output.figure != nil && arguments.verb.hasPrefix("plot ")
  }

  /// A text form by its ending, or nil for a picture's.
  private func text(
    _ output: CommandOutput, _ format: String, _ arguments: Arguments
  ) throws -> String? {
    let verb = arguments.verb
    switch format {
    case "csv":
      guard let table = output.table else { throw FileProblem.noTable }
      return table.csv
    case "tex":
      if isPicture(output, of: arguments) { return nil }
      guard let table = output.table else { throw FileProblem.noTable }
      return table.latex(
        madeBy: windowTitle(of: arguments), notes: output.notes, output.latex)
    case "md": return output.document ?? output.markdown ?? output.text(width: 100)
    case "html":
      return try output.page(title: output.figure?.title ?? verb) {
        try console.pictures.vector($0, named: $1, in: output.style)
      }
    case "json": return try output.json(of: verb) + "\n"
    case "txt": return output.text(width: 100)
    default: return nil
    }
  }

  private func write(
    _ output: CommandOutput, of arguments: Arguments, to target: Arguments.Output
  ) throws -> [String] {
    if let file = output.file { return try file(target.path) }
    let format = arguments.format ?? target.ending
    if let text = try text(output, format, arguments) {
      if target.appends {
        try TextFile.append(text, to: target.path)
      } else {
        try TextFile.write(text, to: target.path)
      }
      return [target.path]
    }
    guard let figure = output.figure else { throw FileProblem.noPicture(path: target.path) }
    guard !target.appends else { throw FileProblem.cannotAppend }
    return try console.pictures.write(figure, to: target.path, style: output.style)
  }

  /// Tells before any work whether a file can and may be written; the gate that every file passes
  /// (`FileGate`) would tell only then.
  ///
  /// - Parameters:
  ///   - parameter: What names the file, which the caret shall mark; nil if `>` does.
  ///   - isFolder: Whether it is a folder, which is made with those above it.
  func checkCanWrite(
    _ path: String, named parameter: (any AnyParameter)? = nil, isFolder: Bool = false
  ) throws {
    do throws(Permissions.Denial) {
      _ = try safety.permissions.target(path)
    } catch {
      throw FileProblem.denied(path: path, error, parameter: parameter?.name)
    }
    guard !isFolder else { return }
    do throws(FileFailure) {
      try FileGate.check(path)
    } catch {
      throw FileProblem.unwritable(error, parameter: parameter?.name)
    }
  }
}
