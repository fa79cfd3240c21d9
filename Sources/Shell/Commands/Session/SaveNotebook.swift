import CommandLanguage
import PlainText

extension Command<ShellContext> {
  static var saveNotebook: ShellCommand {
    let file = Parameter.positional("file", .path, "The notebook's file, ending in .ipynb.")
    let title = Parameter.optional("title", .text, "The heading.")
    return ShellCommand(
      "save notebook", "Writes commands and what they showed as a Jupyter notebook.",
      category: .session, effect: .changes, searchWords: ["ipynb", "jupyter"],
      parameters: [file, title], touches: [.writesNamed, .draws],
      examples: [Example("save notebook day1.ipynb", "A cell for each command, with outputs.")],
      seeAlso: ["save report", "save script"]
    ) { context, arguments in
      let path = arguments[file]
      try context.checkCanWrite(path, named: file)
      let report = context.report(titled: arguments[title] ?? "Waymark session")
      let notebook = Notebook(report, draw: context.console.pictures.png)
      try TextFile.write(try notebook.text(), to: path)
      return CommandOutput(
        "wrote \(counted(report.items.count, "command")) to \(path.withoutControls)")
    }
  }
}
