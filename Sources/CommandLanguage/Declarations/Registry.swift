/// All commands of a program.
public struct Registry<Context: CommandContext>: Sendable {
  /// Sorted by category, in the order of declaration within one.
  public let commands: [Command<Context>]
  /// The command that a lone object's name stands for: with `show`, `net` means `show net`.
  public let objectVerb: String?
  private let byVerb: [String: Int]

  /// `objectVerb` names a command with one positional object.
  public init(_ commands: [Command<Context>], objectVerb: String? = nil) {
    self.commands = commands.enumerated().sorted {
      ($0.element.category.order, $0.offset) < ($1.element.category.order, $1.offset)
    }.map(\.element)
    self.objectVerb = objectVerb
    byVerb = Dictionary(
      self.commands.enumerated().map { ($0.element.verb, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The command with exactly this verb: `load gtsrb`.
  public func command(_ verb: String) -> Command<Context>? {
    byVerb[verb].map { commands[$0] }
  }

  /// The second words of two-word verbs that begin with `first`.
  func continuations(of first: String) -> [String] {
    commands.compactMap { command in
      let words = command.verb.split(separator: " ")
      return words.count == 2 && words[0] == first ? String(words[1]) : nil
    }
  }
}
