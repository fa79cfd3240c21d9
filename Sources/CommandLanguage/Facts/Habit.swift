/// Words of other tools that mean nothing here, and what to do instead.
public struct Habit: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    /// Where a command should stand: `cd`.
    case verb
    /// Among a command's words; others may be joined to it: `| less`, `|less`.
    case argument
  }

  public let words: [String]
  public let place: Place
  /// Stands behind the caret; begins in lower case.
  public let hint: String

  public init(_ words: String..., at place: Place = .verb, hint: String) {
    self.words = words
    self.place = place
    self.hint = hint
  }
}
