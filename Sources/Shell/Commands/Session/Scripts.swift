import CommandLanguage
import Foundation
import Sessions

extension Command<ShellContext> {
  static var history: ShellCommand {
    let count = Parameter.optionalPositional("n", .integer(1...1_000_000), "The last so many.")
    return ShellCommand(
      "history", "Lists the commands that were carried out, in full.", category: .session,
      parameters: [count], formats: .table, repetition: .never,
      examples: [Example("history 10", "The last ten with their seconds.")],
      seeAlso: ["save script"]
    ) { context, arguments in
      let journal = context.session.journal
      let first = max(0, journal.count - (arguments[count] ?? journal.count))
      let rows = journal.enumerated().dropFirst(first).map { index, entry -> [Table.Cell] in
        [.integer(index + 1), .text(entry.command), .number(entry.seconds, decimals: 2)]
      }
      return CommandOutput(table: Table(["number", "command", "seconds"], rows: Array(rows)))
    }
  }

  static var saveScript: ShellCommand {
    let file = Parameter.positional("file", .path, "The script's file, ending in .way.")
    return ShellCommand(
      "save script", "Writes the commands that were carried out as a script.",
      category: .session, parameters: [file], effects: [.writesNamed], repetition: .never,
      examples: [Example("save script lesson.way", "'waymark lesson.way' does it all again.")],
      seeAlso: ["history", "source"]
    ) { context, arguments in
      try context.checkCanWrite(arguments[file], named: file)
      if context.verification != nil { return .nothing }
      let entries = context.session.journal.filter(\.details.isScripted)
      let lines = ["version 1"] + entries.flatMap(\.scriptLines)
      try TextFile.write(lines.joined(separator: "\n") + "\n", to: arguments[file])
      return CommandOutput("wrote \(counted(entries.count, "command")) to \(arguments[file])")
    }
  }

  static var source: ShellCommand {
    let file = Parameter.positional("file", .path, "The script.")
    return ShellCommand(
      "source", "Carries out a script in this session.", category: .session,
      searchWords: ["include"], parameters: [file], pairs: "Variables that the script sees.",
      bringsObjects: true, repetition: .byStatements,
      examples: [Example("source lesson.way epochs=2", "The script sees $epochs.")],
      seeAlso: ["save script"]
    ) { context, arguments in
      let path = arguments[file]
      let script = Script(try ScriptFile.read(path), name: path)
      try context.carryOut(script, arguments.pairs)
      return .nothing
    }
  }

  static var time: ShellCommand {
    let command = Parameter.command("command", "The command.")
    return ShellCommand(
      "time", "Carries out a command and says how long it took.", category: .session,
      searchWords: ["timeit"], parameters: [command],
      examples: [Example("time evaluate net on=T.1", "Its output, then seconds.")]
    ) { context, arguments in
      let checked = try Registry.waymark.check(
        arguments[command], from: arguments.source, variables: arguments.variables, in: context)
      context.running = checked.repeatable(in: context.session)
      let start = ContinuousClock.now
      var output = try checked.run(in: &context)
      let seconds = "\(fixed((ContinuousClock.now - start) / .seconds(1), 3)) s"
      output.notes.append(seconds)
      output.warnings.append(seconds)
      return output
    }
  }

  static var print: ShellCommand {
    let words = Parameter.words("words", "What to print; \"…\" with $name inside is filled in.")
    return ShellCommand(
      "print", "Prints words.", category: .session, searchWords: ["echo"], parameters: [words],
      examples: [Example("print \"Section 2: images\"", "As it stands.")]
    ) { _, arguments in
      CommandOutput(arguments[words].map(\.spelling).joined(separator: " ").withoutControls)
    }
  }

  static var quit: ShellCommand {
    ShellCommand(
      "quit", "Ends the session.", category: .session, searchWords: ["exit", "q", "bye"],
      repetition: .never,
      examples: [Example("quit", "What was not saved is gone.")], seeAlso: ["save session"],
      discussion: "At a prompt it asks, once, if there are runs that no file holds; so does Ctrl-D."
    ) { context, _ in
      context.ends = context.mayLeave()
      return .nothing
    }
  }
}
