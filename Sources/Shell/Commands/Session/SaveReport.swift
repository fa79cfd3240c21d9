import CommandLanguage
import Foundation
import PlainText
import Plotting
import System

extension Command<ShellContext> {
  static var saveReport: ShellCommand {
    let file = Parameter.positional("file", .path, "The report's file, ending in .html or .md.")
    let title = Parameter.optional("title", .text, "The heading.")
    return ShellCommand(
      "save report", "Writes commands, tables, pictures and digests as one document.",
      category: .session, effect: .changes, parameters: [file, title],
      touches: [.writesNamed, .draws],
      examples: [
        Example("save report day1.html", "One page with everything in it, in light and dark."),
        Example(
          "save report day1.md title=\"Forgetting\"",
          "Markdown, with the pictures in the folder day1-pictures."),
      ], seeAlso: ["save notebook", "save script", "history"],
      discussion: """
        What 'print' says stands between the commands: a short line is a heading. Shown is what \
        was seen, also before 'restore session'.
        """
    ) { context, arguments in
      let path = arguments[file]
      try context.checkCanWrite(path, named: file)
      let report = context.report(titled: arguments[title] ?? "Waymark session")
      switch (path as NSString).pathExtension.lowercased() {
      case "html", "htm":
        try TextFile.write(report.html(draw: context.console.pictures.vector), to: path)
      case "md", "markdown":
        let folder = (path as NSString).deletingPathExtension + "-pictures"
        let text = report.markdown { figure, number in
          try context.checkCanWrite(folder, named: file, isFolder: true)
          guard FileGate.makeFolder(folder) == 0 else {
            throw TextFile.Failure(path: folder, code: errno)
          }
          let picture = "\(folder)/\(number).png"
          _ = try context.console.pictures.write(figure, to: picture)
          return "\((folder as NSString).lastPathComponent)/\(number).png"
        }
        try TextFile.write(text, to: path)
      default:
        throw FileProblem.notAReport(name: (path as NSString).lastPathComponent)
      }
      return CommandOutput(
        "wrote \(counted(report.items.count, "command")) to \(path.withoutControls)")
    }
  }
}
