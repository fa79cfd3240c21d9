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
  /// The first words of verbs of two.
  private let firstWords: Set<Substring>
  /// The first lines that examples print, by their lines.
  private let prints: [String: [String]]

  /// `objectVerb` names a command with one positional object; `prints` tells what examples print,
  /// by their lines.
  public init(
    _ commands: [Command<Context>], objectVerb: String? = nil, prints: [String: [String]] = [:],
    habits: [Habit] = [], ideas: [ValueShape.Choice] = []
  ) {
    self.commands = commands.enumerated().sorted {
      ($0.element.category.order, $0.offset) < ($1.element.category.order, $1.offset)
    }.map(\.element)
    self.objectVerb = objectVerb
    self.habits = habits
    self.ideas = ideas
    byVerb = Dictionary(
      self.commands.enumerated().map { ($0.element.verb, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    firstWords = Set(self.commands.filter { $0.words.count == 2 }.map { $0.words[0] })
    self.prints = prints
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
    prints[line]
  }

  /// A command's examples, with what they print.
  func examples(of command: Command<Context>) -> [Example] {
    command.examples.map { example in
      var example = example
      example.prints = prints[example.line]
      return example
    }
  }

  /// The command of two words.
  func command(_ first: String, _ second: String) -> Command<Context>? {
    firstWords.contains(first[...]) ? command("\(first) \(second)") : nil
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
