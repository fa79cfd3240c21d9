public struct Registry<Context: CommandContext>: Sendable {
  /// Sorted by category, in the order of declaration within one.
  public let commands: [Command<Context>]
  /// The command that a lone object's name stands for: with `show`, `net` means `show net`.
  public let objectVerb: String?
  /// What to do instead of words that other tools have: `clear`.
  public let habits: [Habit]
  /// What else help is asked on: ideas, and the words of the language.
  public let ideas: [ValueShape.Choice]
  private let byVerb: [String: Int]

  /// `objectVerb` names a command with one positional object; `prints` tells what examples print,
  /// by their lines.
  public init(
    _ commands: [Command<Context>], objectVerb: String? = nil, prints: [String: [String]] = [:],
    habits: [Habit] = [], ideas: [ValueShape.Choice] = []
  ) {
    self.commands = commands.enumerated().sorted {
      ($0.element.category.order, $0.offset) < ($1.element.category.order, $1.offset)
    }.map { _, command in
      var command = command
      for index in command.examples.indices {
        command.examples[index].prints = prints[command.examples[index].line]
      }
      return command
    }
    self.objectVerb = objectVerb
    self.habits = habits
    self.ideas = ideas
    byVerb = Dictionary(
      self.commands.enumerated().map { ($0.element.verb, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The command with exactly this verb: `load gtsrb`.
  public func command(_ verb: String) -> Command<Context>? {
    byVerb[verb].map { commands[$0] }
  }

  /// The command that other tools call so.
  func elsewhere(called word: String) -> Command<Context>? {
    commands.first { $0.searchWords.contains(word) }
  }

  /// The first lines that an example prints; nil where that is not told.
  public func prints(of line: String) -> [String]? {
    commands.lazy.flatMap(\.examples).first { $0.line == line }?.prints
  }

  /// The second words of two-word verbs that begin with `first`.
  func continuations(of first: String) -> [String] {
    commands.map(\.words).filter { $0.count == 2 && $0[0] == first }.map { String($0[1]) }
  }

  /// What to do instead of a word of other tools; nil if it is none.
  func hint(for word: String, at place: Habit.Place) -> String? {
    habits.first { habit in
      habit.place == place
        && habit.words.contains { place == .argument ? word.hasPrefix($0) : word == $0 }
    }?.hint
  }
}
