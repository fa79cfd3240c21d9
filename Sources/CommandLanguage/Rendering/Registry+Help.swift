import PlainText

/// What `help TOPIC` found.
public enum HelpAnswer: Hashable, Sendable {
  case page(HelpPage)
  /// The first word of several commands: `load`.
  case several([HelpPage])
  case unknown(suggestion: String?)
}

extension Registry {
  /// The page of a verb, of a word with options of its own (`rehearsal-kd`) or of another tool's
  /// word; all pages of a first word such as `load`, or of a word that is both a verb and a choice.
  public func help(on topic: String) -> HelpAnswer {
    let named = command(topic).map { [HelpPage($0, in: self)] } ?? []
    let chosen = commands.lazy.flatMap { command in
      command.dependentTopics.filter { $0.choice.word == topic }
        .map { HelpPage($0.choice, $0.options, of: command, in: self) }
    }.prefix(1)
    // A word may be both, as 'replay' is.
    let pages = named + chosen
    if let page = pages.first { return pages.count == 1 ? .page(page) : .several(pages) }
    let several = commands.filter {
      $0.verb.hasPrefix(topic + " ") || $0.category.title.lowercased() == topic.lowercased()
    }
    if !several.isEmpty { return .several(several.map { HelpPage($0, in: self) }) }
    if let command = elsewhere(called: topic) { return .page(HelpPage(command, in: self)) }
    return .unknown(suggestion: Suggestion.nearest(to: topic, among: topics))
  }

  /// The option of this name, or else those that other tools call so, with the pages that explain
  /// them: those of commands, then those of words with options of their own; nil if there are none.
  public func options(named word: String) -> (names: [String], pages: [String])? {
    var pages = commands.map { ($0.verb, $0.options()) }
    var told: Set<String> = []
    for topic in commands.flatMap(\.dependentTopics) where told.insert(topic.choice.word).inserted {
      pages.append((topic.choice.word, topic.options))
    }
    func found(_ isMeant: (any AnyParameter) -> Bool) -> (names: [String], pages: [String])? {
      var names: [String] = []
      for option in pages.flatMap(\.1) where isMeant(option) && !names.contains(option.name) {
        names.append(option.name)
      }
      return names.isEmpty ? nil : (names, pages.filter { $0.1.contains(where: isMeant) }.map(\.0))
    }
    return found { $0.name == word } ?? found { $0.searchWords.contains(word) }
  }

  /// All that `help` can be asked about.
  public var topics: [String] {
    commands.map(\.verb) + commands.flatMap { $0.dependentTopics.map(\.choice.word) }
  }

  /// The overview: every command with its summary, below its category.
  public func overview(width: Int = 80) -> String {
    let column = commands.map { $0.verb.count }.max() ?? 0
    var blocks: [String] = []
    for title in categories {
      let lines = commands.filter { $0.category.title == title }.map { command in
        let padding = String(repeating: " ", count: column - command.verb.count)
        return wrap(
          command.summary, width: width, first: "  \(command.verb)\(padding)  ",
          rest: String(repeating: " ", count: column + 4))
      }
      blocks.append(([title] + lines).joined(separator: "\n"))
    }
    return blocks.joined(separator: "\n\n")
  }

  /// The manual in Markdown: all commands, each followed by the words that bring options of their
  /// own where those were not told before.
  public var manual: String {
    var told: Set<String> = []
    return categories.map { title in
      let pages = commands.filter { $0.category.title == title }.flatMap { command in
        [HelpPage(command, in: self)]
          + command.dependentTopics.filter { told.insert($0.choice.word).inserted }.map {
            HelpPage($0.choice, $0.options, of: command, in: self)
          }
      }
      return (["## \(title)"] + pages.map(\.markdown)).joined(separator: "\n\n")
    }.joined(separator: "\n\n") + "\n"
  }

  private var categories: [String] {
    var seen: Set<String> = []
    return commands.map(\.category.title).filter { seen.insert($0).inserted }
  }
}
