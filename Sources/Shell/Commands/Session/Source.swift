import CommandLanguage

extension Command<ShellContext> {
  static var source: ShellCommand {
    let file = Parameter.positional("file", .path, "The script.")
    return ShellCommand(
      "source", "Runs a script in this session.", category: .session, effect: .changes,
      searchWords: ["include"], parameters: [file], pairs: "Variables that the script sees.",
      bringsObjects: true, repetition: .byStatements,
      examples: [Example("source lesson.way epochs=2", "The script sees $epochs.")],
      seeAlso: ["save script"]
    ) { context, arguments in
      let path = arguments[file]
      let script = Script(try ScriptFile.read(path), name: path)
      try context.summingUp { try $0.carryOut(script, arguments.pairs) }
      return .nothing
    }
  }
}
