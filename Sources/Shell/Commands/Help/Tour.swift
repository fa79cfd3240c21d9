import CommandLanguage

private enum TourAction: String, CaseIterable, Sendable {
  case stop
  case again

  var summary: String {
    switch self {
    case .stop: "leaves it"
    case .again: "from the beginning"
    }
  }
}

extension Command<ShellContext> {
  static var tour: ShellCommand {
    let action = Parameter.optionalPositional(
      "action", .choice(of: TourAction.self, \.summary),
      "Leave it, or start again (default: start or continue).")
    let from = Parameter.optional("from", .integer(1...1000), "The step to begin with.")
    return ShellCommand(
      "tour", "Walks through the notebook on drawn signs: each step shown and explained.",
      category: .help, effect: .leaves, searchWords: ["tutorial", "demo", "intro"],
      parameters: [action, from], bringsObjects: true,
      examples: [
        Example("tour", "Starts or continues it; in a script, carries out all of it."),
        Example("tour stop", "Leaves it."), Example("tour again", "From the beginning."),
        Example("tour from=5", "What the steps before make is made first."),
      ], seeAlso: ["lessons", "explain", "help"]
    ) { context, arguments in
      if arguments[action] == .stop { return try context.leaveWalk("tour") }
      if arguments[action] == .again { context.guide.walk = nil }
      return try context.follow(.tour, "tour", arguments, from)
    }
  }
}
