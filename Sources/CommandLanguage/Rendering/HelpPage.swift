import PlainText

/// What `help VERB` says, as data for text and for the manual page.
public struct HelpPage: Hashable, Sendable {
  public var title: String
  public var summary: String
  public var usage: String
  public var parameters: [Row]
  public var discussion: String
  public var examples: [Example]
  public var searchWords: [String]
  public var seeAlso: [String]

  /// One parameter: its name, how it is written, its limits and default, what it does.
  public struct Row: Hashable, Sendable {
    public var form: String
    public var limits: String
    public var standard: String
    public var help: String

    init(_ parameter: any AnyParameter) {
      form = parameter.form
      if case .choice(let choices) = parameter.shape, parameter.place == .positional {
        limits = choices.map(\.word).joined(separator: ", ")
      } else {
        limits = parameter.shape.limits
      }
      standard =
        parameter.isRequired && parameter.place == .option
        ? "required" : parameter.defaultText ?? ""
      help = parameter.help
    }
  }
}

extension HelpPage {
  init<Context>(_ command: Command<Context>, in registry: Registry<Context>) {
    let parameters = command.parameters + command.universalOptions
    title = command.verb
    summary = command.summary
    usage = Self.usage(of: command)
    self.parameters = parameters.map(Row.init)
    discussion = command.discussion
    if let options = command.options {
      let words = command.dependentTopics.map(\.choice.word).joined(with: "and")
      discussion +=
        (discussion.isEmpty ? "" : "\n\n")
        + "More options depend on \(options.parameter.uppercased()); "
        + "'help WORD' lists them, for \(words)."
    }
    examples = registry.examples(of: command)
    searchWords = command.searchWords
    seeAlso = command.seeAlso
  }

  /// The page of a word that brings options of its own, such as a strategy's name.
  init<Context>(
    _ choice: ValueShape.Choice, _ options: [any AnyParameter], of command: Command<Context>,
    in registry: Registry<Context>
  ) {
    title = choice.word
    summary = choice.summary
    usage = Self.usage(of: command).replacing(
      (command.options?.parameter ?? "").uppercased(), with: choice.word, maxReplacements: 1)
    parameters = options.map(Row.init)
    discussion = ""
    examples = registry.examples(of: command).filter {
      $0.line.split(separator: " ").contains(Substring(choice.word))
    }
    searchWords = []
    seeAlso = [command.verb]
  }

  private static func usage<Context>(of command: Command<Context>) -> String {
    var words = [command.verb]
    for parameter in command.parameters.filter({ $0.place != .option }) + command.options() {
      let form = parameter.form + (parameter.place == .rest ? "…" : "")
      words.append(parameter.isRequired ? form : "[\(form)]")
    }
    if command.options != nil { words.append("[option=…]") }
    if command.pairs != nil { words.append("[key=value…]") }
    if command.result != nil { words.append("[as NAME]") }
    if !command.formats.isEmpty { words.append("[> FILE]") }
    return words.joined(separator: " ")
  }

  /// The page for a terminal of this width.
  public func text(width: Int = 80) -> String {
    var blocks = ["\(title): \(summary)"]
    blocks.append(wrap(usage, width: width, first: "  ", rest: "      "))
    if !parameters.isEmpty { blocks.append(table(width: width)) }
    if !discussion.isEmpty {
      blocks += discussion.split(separator: "\n\n").map { wrap(String($0), width: width) }
    }
    if !examples.isEmpty {
      blocks.append(
        (["examples"]
          + examples.flatMap { example in
            ["  \(example.line)", wrap(example.shows, width: width, first: "      ")]
              + (example.prints ?? []).map { $0.isEmpty ? "" : "    | \($0)".fitted(to: width) }
          })
          .joined(separator: "\n"))
    }
    if !searchWords.isEmpty {
      blocks.append("also found as " + searchWords.joined(separator: ", "))
    }
    if !seeAlso.isEmpty {
      blocks.append("see also " + seeAlso.map { "help \($0)" }.joined(separator: ", "))
    }
    return blocks.joined(separator: "\n\n")
  }

  private func table(width: Int) -> String {
    // In a narrow window both columns would be a word wide.
    let form = width < 60 ? 2 : min(28, parameters.map { displayWidth($0.form) }.max() ?? 0)
    return parameters.map { row in
      let standard =
        ["", "required"].contains(row.standard) ? row.standard : "default \(row.standard)"
      let details = [row.limits, standard].filter { !$0.isEmpty }.joined(separator: "; ")
      let help = row.help + (details.isEmpty ? "" : " (\(details))")
      let indentation = String(repeating: " ", count: form + 4)
      if displayWidth(row.form) > form {
        return "  \(row.form)\n" + wrap(help, width: width, first: indentation)
      }
      let padding = String(repeating: " ", count: form - displayWidth(row.form))
      return wrap(help, width: width, first: "  \(row.form)\(padding)  ", rest: indentation)
    }.joined(separator: "\n")
  }

  /// The page as a section of the manual.
  public var markdown: String {
    func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
    var blocks = ["### \(title)", summary, "```\n\(usage)\n```"]
    if !parameters.isEmpty {
      let rows = parameters.map {
        "| `\(cell($0.form))` | \(cell($0.limits)) | \(cell($0.standard)) | \(cell($0.help)) |"
      }
      blocks.append(
        (["| parameter | values | default | |", "|---|---|---|---|"] + rows)
          .joined(separator: "\n"))
    }
    if !discussion.isEmpty { blocks.append(discussion) }
    for example in examples {
      let lines = [example.line] + (example.prints ?? []).map { $0.isEmpty ? "" : "  \($0)" }
      blocks.append("```\n\(lines.joined(separator: "\n"))\n```\n\(example.shows)")
    }
    if !seeAlso.isEmpty {
      blocks.append("See also " + seeAlso.map { "`\($0)`" }.joined(separator: ", ") + ".")
    }
    return blocks.joined(separator: "\n\n")
  }
}
