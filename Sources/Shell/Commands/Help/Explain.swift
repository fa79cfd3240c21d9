import CommandLanguage
import PlainText
import Sessions

extension Command<ShellContext> {
  static var explain: ShellCommand {
    let topic = Parameter.phrase(
      "topic", Topic.all.map { .init($0.name, $0.summary) },
      "An idea, a measure or a strategy; without one, lists them.")
    return ShellCommand(
      "explain", "Explains an idea, a measure or a strategy: in words, as a formula, to be tried.",
      category: .help, effect: .leaves, searchWords: ["what", "why"], parameters: [topic],
      formats: ["md", "txt"],
      examples: [
        Example("explain", "All topics."),
        Example("explain forgetting", "The idea, the formula, the papers, commands to try."),
        Example("explain head growth", "Blanks or hyphens, as you like."),
        Example("explain rehearsal-kd", "How a strategy works and when it fails."),
        Example("explain > concepts.md", "All of it in one document."),
      ], seeAlso: ["tour", "lessons", "help"]
    ) { context, arguments in
      let width = context.console.terminal.readingWidth
      let wanted = arguments[topic].map(\.spelling).joined(separator: " ")
      guard !wanted.isEmpty else {
        var output = CommandOutput(Topic.overview(width: width))
        output.document = Topic.handbook
        return output
      }
      guard let found = Topic.named(wanted) else {
        if Registry.waymark.command(wanted) != nil { throw HelpProblem.isCommand(verb: wanted) }
        throw HelpProblem.noTopic(wanted, meant: Topic.nearest(to: wanted))
      }
      return context.explanation(of: found)
    }
  }
}

extension ShellContext {
  /// What `explain` says of a topic, with all that has to be typed before its commands.
  func explanation(of topic: Topic) -> CommandOutput {
    var output = CommandOutput(
      topic.text(width: console.terminal.readingWidth, live: session.names))
    output.document = topic.markdown + "\n"
    return output
  }
}

extension Topic {
  /// The name of the topic that somebody who mistyped it probably meant.
  static func nearest(to name: String) -> String? {
    Suggestion.nearest(to: name, among: all.flatMap { [$0.name] + $0.otherNames })
      .flatMap { named($0)?.name }
  }

  /// Every topic with its summary, below its kind.
  static func overview(width: Int) -> String {
    let column = all.map(\.name.count).max() ?? 0
    let sections = Kind.allCases.map { kind in
      let lines = all.filter { $0.kind == kind }.map { topic in
        wrap(
          topic.summary, width: width,
          first: "  \(topic.name)\(String(repeating: " ", count: column - topic.name.count))  ",
          rest: String(repeating: " ", count: column + 4))
      }
      return ([kind.rawValue] + lines).joined(separator: "\n")
    }
    return (sections + ["'explain NAME' explains one."]).joined(separator: "\n\n")
  }
}
