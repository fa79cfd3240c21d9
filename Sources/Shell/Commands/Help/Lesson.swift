import CommandLanguage

extension Command<ShellContext> {
  static var lesson: ShellCommand {
    let which = Parameter.positional(
      "lesson", ValueKind.choice((1...8).map(String.init) + ["stop"]).or(.path),
      "A lesson's number, a script's file, or stop.")
    let from = Parameter.optional("from", .integer(1...1000), "The step to begin with.")
    return ShellCommand(
      "lesson", "Walks through a lesson step by step; in a script, carries it out.",
      category: .help, effect: .leaves, parameters: [which, from], bringsObjects: true,
      examples: [
        Example("lesson 1", "Each step is explained, then typed or taken with Enter."),
        Example("lesson stop", "Leaves it; the command that started it continues it."),
        Example("lesson sessions/notebook.way", "Any script whose comments explain it."),
      ], seeAlso: ["lessons", "tour", "expect"]
    ) { context, arguments in
      let word = arguments[which]
      if word == "stop" { return try context.leaveWalk("lesson") }
      let walk: Walk
      if let number = Int(word) {
        let lessons = try context.shelf().lessons()
        guard let lesson = lessons.first(where: { $0.number == number }) else {
          throw HelpProblem.noLesson(number, count: lessons.count)
        }
        walk = lesson.walk
      } else {
        walk = Walk(script: try ScriptFile.read(word))
      }
      return try context.follow(walk, "lesson \(TextExpression(word))", arguments, from)
    }
  }
}
