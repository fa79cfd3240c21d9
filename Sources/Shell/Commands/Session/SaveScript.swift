import CommandLanguage
import PlainText
import Sessions

extension Command<ShellContext> {
  static var saveScript: ShellCommand {
    let file = Parameter.positional("file", .path, "The script's file, ending in .way.")
    return ShellCommand(
      "save script", "Writes the commands of this session as a script.", category: .session,
      effect: .changes, parameters: [file], touches: [.writesNamed], repetition: .never,
      examples: [Example("save script lesson.way", "'waymark lesson.way' does it all again.")],
      seeAlso: ["history", "source"]
    ) { context, arguments in
      try context.checkCanWrite(arguments[file], named: file)
      if context.record.verification != nil { return .nothing }
      let entries = context.session.journal.filter(\.details.isScripted)
      let lines = ["version 1"] + entries.flatMap(\.scriptLines)
      try TextFile.write(lines.joined(separator: "\n") + "\n", to: arguments[file])
      return CommandOutput("wrote \(counted(entries.count, "command")) to \(arguments[file])")
    }
  }
}
