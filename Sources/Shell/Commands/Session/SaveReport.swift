import CommandLanguage
import Files
import Foundation
import Plotting

extension Command<ShellContext> {
  static var saveReport: ShellCommand {
    let file = Parameter.positional("file", .path, "The report's file, ending in .html or .md.")
    let title = Parameter.optional("title", .text, "Its heading.")
    return ShellCommand(
      "save report", "Writes commands, tables, pictures and digests as one document.",
      category: .session, searchWords: ["report"], parameters: [file, title],
      effects: [.writesNamed, .draws],
      examples: [
        Example("save report day1.html", "One page with everything in it, in light and dark."),
        Example(
          "save report day1.md title=\"Forgetting\"",
          "Markdown, with the pictures in the folder day1-pictures."),
      ],
      seeAlso: ["save notebook", "save script", "history"],
      discussion: """
        What 'print' says stands between the commands: a short line is a heading. Shown is what \
        was seen, also before 'restore session'.
        """
    ) { context, arguments in
      let path = arguments[file]
      try context.checkCanWrite(path, named: file)
      let report = context.report(titled: arguments[title] ?? "Waymark session")
      let name = (path as NSString).lastPathComponent
      switch (path as NSString).pathExtension.lowercased() {
      case "html", "htm":
        try TextFile.write(report.html(draw: context.pictures.vector), to: path)
      case "md", "markdown":
        let folder = (path as NSString).deletingPathExtension + "-pictures"
        let text = report.markdown { figure, number in
          try context.checkCanWrite(folder, named: file, isFolder: true)
          guard FileGate.makeFolder(folder) == 0 else {
            throw TextFile.Failure(path: folder, code: errno)
          }
          let picture = "\(folder)/\(number).png"
          _ = try context.pictures.write(figure, to: picture)
          return "\((folder as NSString).lastPathComponent)/\(number).png"
        }
        try TextFile.write(text, to: path)
      default:
        throw arguments.failure(
          at: file, "'\(name.withoutControls)' ends neither in .html nor in .md",
          help: "help save report")
      }
      return CommandOutput(
        "wrote \(counted(report.items.count, "command")) to \(path.withoutControls)")
    }
  }

  static var saveNotebook: ShellCommand {
    let file = Parameter.positional("file", .path, "The notebook's file, ending in .ipynb.")
    let title = Parameter.optional("title", .text, "Its heading.")
    return ShellCommand(
      "save notebook", "Writes commands and what they showed as a Jupyter notebook.",
      category: .session, searchWords: ["ipynb", "jupyter"], parameters: [file, title],
      effects: [.writesNamed, .draws],
      examples: [Example("save notebook day1.ipynb", "A cell for each command, with outputs.")],
      seeAlso: ["save report", "save script"]
    ) { context, arguments in
      let path = arguments[file]
      try context.checkCanWrite(path, named: file)
      let report = context.report(titled: arguments[title] ?? "Waymark session")
      let notebook = Notebook(report, draw: context.pictures.png)
      try TextFile.write(try notebook.text(), to: path)
      return CommandOutput(
        "wrote \(counted(report.items.count, "command")) to \(path.withoutControls)")
    }
  }
}
