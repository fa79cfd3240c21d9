import CommandLanguage
import Sessions

extension Command<ShellContext> {
  static var lessons: ShellCommand {
    ShellCommand(
      "lessons", "Lists the lessons that a class can work through.", category: .help,
      searchWords: ["course", "tutorials"], formats: .table,
      examples: [Example("lessons", "Number, title, how many steps, file.")],
      seeAlso: ["lesson", "tour", "explain"]
    ) { context, _ in
      let lessons = try context.shelf().lessons()
      let rows = lessons.map { lesson -> [Table.Cell] in
        [
          .integer(lesson.number), .text(lesson.title), .integer(lesson.walk.steps.count),
          .text(lesson.path),
        ]
      }
      return CommandOutput(
        table: Table(["lesson", "title", "steps", "file"], rows: rows),
        notes: ["'lesson 1' begins one; 'waymark FILE' carries it out and checks what came out."])
    }
  }

  static var lesson: ShellCommand {
    let which = Parameter.positional(
      "lesson", .path, "A lesson's number, a script's file, or stop.")
    let from = Parameter.optional("from", .integer(1...1000), "The step to begin with.")
    return ShellCommand(
      "lesson", "Walks through a lesson step by step; in a script, carries it out.",
      category: .help, parameters: [which, from], bringsObjects: true,
      examples: [
        Example("lesson 1", "Each step is explained, then typed or taken with Enter."),
        Example("lesson stop", "Leaves it; the same command as at first goes on."),
        Example("lesson sessions/notebook.way", "Any script whose comments explain it."),
      ],
      seeAlso: ["lessons", "tour", "expect"]
    ) { context, arguments in
      let word = arguments[which]
      if word == "stop" { return try context.leaveWalk("lesson") }
      let walk: Walk
      if let number = Int(word) {
        let lessons = try context.shelf().lessons()
        guard let lesson = lessons.first(where: { $0.number == number }) else {
          throw arguments.failure(
            at: which, "there is no lesson \(number): there are 1 to \(lessons.count)",
            help: "lessons")
        }
        walk = lesson.walk
      } else {
        walk = Walk(script: try ScriptFile.read(word))
      }
      return try context.follow(walk, "lesson \(TextExpression(word))", arguments, from)
    }
  }

  static var tour: ShellCommand {
    let action = Parameter.optionalPositional(
      "action", .choice([.init("stop", "leaves it"), .init("again", "from the beginning")]),
      "Leave it, or begin anew; else begin or go on.")
    let from = Parameter.optional("from", .integer(1...1000), "The step to begin with.")
    return ShellCommand(
      "tour", "Walks through the notebook on drawn signs: each step shown and explained.",
      category: .help, searchWords: ["tutorial", "demo", "intro"], parameters: [action, from],
      bringsObjects: true,
      examples: [
        Example("tour", "Begins, or goes on; in a script, carries out all of it."),
        Example("tour stop", "Leaves it."), Example("tour again", "From the beginning."),
        Example("tour from=5", "What the steps before make is made first."),
      ],
      seeAlso: ["lessons", "explain", "help"]
    ) { context, arguments in
      if arguments[action] == "stop" { return try context.leaveWalk("tour") }
      if arguments[action] == "again" { context.walk = nil }
      return try context.follow(.tour, "tour", arguments, from)
    }
  }
}

extension ShellContext {
  fileprivate func shelf() throws -> LessonShelf {
    guard let shelf = LessonShelf() else {
      throw Failure(
        "the lessons' files are not here; set WAYMARK_LESSONS to their folder, which is "
          + "sessions/lessons where Waymark's sources are", help: "help lesson")
    }
    return shelf
  }

  /// Begins a walk, or goes on with it where it was left.
  fileprivate mutating func follow(
    _ walk: Walk, _ command: String, _ arguments: Arguments, _ from: Parameter<Int?>
  ) throws -> CommandOutput {
    let first = arguments[from]
    if let first, first > walk.steps.count {
      throw arguments.failure(
        at: from, "there are only \(counted(walk.steps.count, "step"))")
    }
    if first == nil, guidesWalks, var left = self.walk, left.command == command {
      left.goOn()
      self.walk = left
      return .nothing
    }
    return try begin(walk, named: command, from: first ?? 1)
  }

  fileprivate mutating func leaveWalk(_ kind: String) throws -> CommandOutput {
    guard var walk = followedWalk, walk.command.hasPrefix(kind) else {
      throw Failure("no \(kind) is under way", help: "help \(kind)")
    }
    walk.isFollowed = false
    self.walk = walk
    return CommandOutput(
      "'\(walk.command)' goes on here; in another session, "
        + "'\(walk.command) from=\(walk.position + 1)'")
  }
}
