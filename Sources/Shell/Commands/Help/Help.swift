import CommandLanguage
import Foundation
import Learning
import PlainText
import System

extension Command<ShellContext> {
  static var help: ShellCommand {
    let words = Parameter.words(
      "topic", "A command, a strategy or another tool's word.", shape: .topics)
    return ShellCommand(
      "help", "Explains a command or a strategy; alone, lists all commands.", category: .help,
      effect: .leaves, searchWords: ["?", "man"], parameters: [words],
      examples: [
        Example("help", "The overview."), Example("help pretrain", "Usage, options, examples."),
        Example("help rehearsal-kd", "The formula and every option of a strategy."),
      ], seeAlso: ["explain", "tour", "strategies"]
    ) { context, arguments in
      let registry = Registry<ShellContext>.waymark
      let width = min(100, context.console.terminal.width)
      let topic = arguments[words].map(\.spelling).joined(separator: " ")
      guard !topic.isEmpty else {
        return CommandOutput(
          registry.overview(width: width), "",
          "'help NAME' explains one. Tab completes, Ctrl-C stops work and keeps everything.")
      }
      var output = CommandOutput()
      if let strategy = Strategies.named(topic)?.description { output.lines = facts(strategy) }
      let option = Option(topic, in: registry)
      let more = option.map {
        ["", wrap("'\(topic)' is also \($0.text): see '\($0.help)'", width: width)]
      }
      switch registry.help(on: topic) {
      case .page(let page):
        output.lines.append(page.text(width: width))
        output.notes = more ?? []
        return output
      case .several(let pages):
        output.lines += pages.map { $0.text(width: width) }
        output.notes = more ?? []
        return output
      case .unknown(let suggestion):
        if let idea = Topic.named(topic) {
          output = context.explanation(of: idea)
          output.notes = more ?? []
          return output
        }
        if let kind = context.kind(of: topic) {
          throw HelpProblem.isObject(name: topic, kind: kind)
        }
        if let option {
          throw HelpProblem.isOption(name: topic, text: option.text, help: option.help)
        }
        let meant = registry.commands.first { $0.verb.hasSuffix(" \(topic)") }?.verb ?? suggestion
        throw HelpProblem.noHelp(topic: topic, meant: meant)
      }
    }
  }
}

private func facts(_ strategy: StrategyDescription) -> [String] {
  [
    "\(strategy.name): \(strategy.idea)", "  loss    \(strategy.formula)",
    "  keeps   \(strategy.keeps)", "  source  \(strategy.source)", "",
  ]
}

/// An option that help is asked on.
private struct Option {
  /// `an option of ewc and si`; before it, what it is called here, if that is another word.
  let text: String
  /// What explains it.
  let help: String

  /// - Parameter word: Its name, or what other tools call it; nil if it is neither.
  init?(_ word: String, in registry: Registry<ShellContext>) {
    guard let found = registry.options(named: word) else { return nil }
    let isName = found.names == [word]
    let names = found.names.map { "'\($0)'" }.joined(with: "or")
    text = (isName ? "" : "called \(names) here, ") + "an option of \(found.pages.abridged())"
    help = "help \(found.pages[0])"
  }
}
