import CommandLanguage
import Learning
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
      let version = context.version(of: entries)
      let lines = ["version \(version)"] + entries.flatMap(\.scriptLines)
      try TextFile.write(lines.joined(separator: "\n") + "\n", to: arguments[file])
      return CommandOutput("wrote \(counted(entries.count, "command")) to \(arguments[file])")
    }
  }
}

extension ShellContext {
  /// The version that the commands are written in. Version 1 does for all but runs of several seeds, which
  /// it calls by their number, as sessions of earlier programs have them.
  fileprivate func version(of entries: [JournalEntry]) -> Int {
    guard entries.contains(where: { $0.command.contains(" seeds=") }) else { return 1 }
    let areNumbered = session.groups.contains { group in
      session.runs(of: group).contains { member in
        guard case .run(let run)? = session[member] else { return false }
        return member != Session.memberName(group, seed: run.run.setup.seed)
      }
    }
    return areNumbered ? 1 : 2
  }
}
