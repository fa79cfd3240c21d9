public import CommandLanguage
import Foundation
import Learning
import Sessions

extension Command<ShellContext> {
  static var help: ShellCommand {
    let topic = Parameter.words(
      "topic", "A command, a strategy or another tool's word.", shape: .topics)
    return ShellCommand(
      "help", "Explains a command or a strategy; alone, lists all commands.", category: .help,
      searchWords: ["?", "man"], parameters: [topic],
      examples: [
        Example("help", "The overview."), Example("help pretrain", "Usage, options, examples."),
        Example("help rehearsal-kd", "The formula and every option of a strategy."),
      ], seeAlso: ["explain", "tour", "strategies"]
    ) { context, arguments in
      let registry = Registry<ShellContext>.waymark
      let width = min(100, context.output.width)
      let topicWords = topic
      let topic = arguments[topicWords].map(\.spelling).joined(separator: " ")
      guard !topic.isEmpty else {
        return CommandOutput(
          registry.overview(width: width), "",
          "'help NAME' explains one. Tab completes, Ctrl-C stops work and keeps everything.")
      }
      var output = CommandOutput()
      if let strategy = Strategies.named(topic)?.description { output.lines = facts(strategy) }
      switch registry.help(on: topic) {
      case .page(let page):
        output.lines.append(page.text(width: width))
        return output
      case .several(let pages):
        output.lines += pages.map { $0.text(width: width) }
        return output
      case .unknown(let suggestion):
        if let idea = Topic.named(topic) { return context.explanation(of: idea) }
        if let kind = context.kind(of: topic) {
          throw arguments.failure(
            at: topicWords, "'\(topic)' is \(kind.phrase)", suggestion: "see 'show \(topic)'",
            help: "help")
        }
        let places = optionPlaces(topic, registry)
        if let first = places.first {
          throw arguments.failure(
            at: topicWords, "'\(topic)' is an option of \(someOf(places))",
            suggestion: "see 'help \(first)'", help: "help")
        }
        let meant = registry.commands.first { $0.verb.hasSuffix(" \(topic)") }?.verb ?? suggestion
        throw arguments.failure(
          at: topicWords, "there is no help on '\(topic)'",
          suggestion: meant.map { "did you mean '\($0)'?" }, help: "help")
      }
    }
  }

  /// The pages that explain an option: those of commands, then those of strategies.
  private static func optionPlaces(_ name: String, _ registry: Registry<ShellContext>) -> [String] {
    registry.commands.filter { command in
      command.parameters.contains { $0.place == .option && $0.name == name }
    }.map(\.verb)
      + Strategies.all.map { $0.description }.filter { strategy in
        strategy.options.contains { $0.name == name }
      }.map(\.name)
  }

  static var manual: ShellCommand {
    ShellCommand(
      "manual", "Prints the help on everything in one piece.", category: .help,
      formats: ["md"],
      examples: [Example("manual > commands.md", "As a Markdown file.")], seeAlso: ["help"]
    ) { _, _ in
      let manual = Registry<ShellContext>.waymark.handbook
      var output = CommandOutput(manual.trimmingCharacters(in: .newlines))
      output.document = manual
      return output
    }
  }

  static var version: ShellCommand {
    ShellCommand(
      "about", "Prints the program's version.", category: .help,
      examples: [Example("about", "Name and version.")], seeAlso: ["status"]
    ) { _, _ in CommandOutput("Waymark \(Program.version)") }
  }
}

extension Registry<ShellContext> {
  /// `docs/commands.md`.
  public var handbook: String {
    """
    # Commands

    Written by `manual > docs/commands.md`, from the declarations that the program's help and its
    checks follow as well. KEY=VALUE arguments go in any order; *default* is what holds without one.

    \(manual)
    """
  }
}

private func facts(_ strategy: StrategyDescription) -> [String] {
  [
    "\(strategy.name): \(strategy.idea)", "  loss    \(strategy.formula)",
    "  keeps   \(strategy.keeps)", "  source  \(strategy.source)", "",
  ]
}

/// `a`, `a and b`, or the first four and how many more there are.
private func someOf(_ names: [String]) -> String {
  guard names.count > 5 else { return names.joined(with: "and") }
  return (Array(names.prefix(4)) + ["\(names.count - 4) more"]).joined(with: "and")
}
