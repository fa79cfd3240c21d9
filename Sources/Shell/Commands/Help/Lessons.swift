import CommandLanguage

extension Command<ShellContext> {
  static var lessons: ShellCommand {
    ShellCommand(
      "lessons", "Lists the lessons that a class can work through.", category: .help,
      effect: .leaves, searchWords: ["course", "tutorials"], formats: .table,
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
}
