public import Sessions

/// The comparison of commands that are carried out with the journal of a saved session: on the same
/// machine bit for bit, on another one within a tolerance.
public struct Verification: Sendable {
  /// What a command gave otherwise than it did then.
  public indirect enum Difference: Hashable, Sendable {
    /// Another command stood there; what it gave may differ too.
    case command(String, Difference?)
    case value(of: String, now: Double, then: Double)
    /// A figure of another name.
    case figure(now: String, then: String)
    case figureCount(now: Int, then: Int)
    /// Names of the objects made.
    case made(now: [String], then: [String])
    /// An object's digest.
    case digest(of: String, now: String, then: String)
    /// Figures beyond those that the journal keeps.
    case otherMetrics
  }

  private let expected: [JournalEntry]
  /// Whether equal bits are asked for.
  public let isExact: Bool
  private let tolerance: Double
  /// Whether a command of the journal only prints what it was given.
  private let onlyPrints: @Sendable (String) -> Bool
  /// The seed that the session was started with, if one was given to the program.
  public let givenSeed: Int?
  /// Commands that were found equal.
  public private(set) var compared = 0
  /// Commands of the script that came after the journal's last.
  public private(set) var surplus = 0

  /// - Parameters:
  ///   - journal: Of the saved session.
  ///   - isExact: Whether it was made on a machine like this one.
  ///   - tolerance: How far figures may be apart otherwise.
  ///   - onlyPrints: Whether a command only prints what it was given.
  /// - Returns: nil if the journal has no command to compare with.
  public init?(
    _ journal: [JournalEntry], isExact: Bool, tolerance: Double,
    onlyPrints: @escaping @Sendable (String) -> Bool
  ) {
    let entries = journal.filter(\.details.isScripted)
    // What the program's options did stands in no script.
    givenSeed = entries.first { $0.details.isOption }.flatMap {
      Int($0.command.split(separator: "=").last ?? "")
    }
    expected = entries.filter { !$0.details.isOption }
    self.isExact = isExact
    self.tolerance = tolerance
    self.onlyPrints = onlyPrints
    if expected.isEmpty { return nil }
  }

  /// The journal's commands that were not met yet.
  public var missing: ArraySlice<JournalEntry> { expected[compared...] }

  /// Compares the next command; a difference leaves the place where it is.
  public mutating func difference(of entry: JournalEntry) -> Difference? {
    guard entry.details.isScripted else { return nil }
    guard compared < expected.count else {
      surplus += 1
      return nil
    }
    if let difference = difference(entry, expected[compared]) { return difference }
    compared += 1
    return nil
  }

  private func difference(_ now: JournalEntry, _ then: JournalEntry) -> Difference? {
    let numbers = then.details.isMeasured ? numbers(now.details, then.details) : nil
    if now.details.essence == then.details.essence || now.command == then.command { return numbers }
    // What only prints may print something else.
    if onlyPrints(now.command) && onlyPrints(then.command) { return nil }
    return .command(then.command, numbers)
  }

  private func numbers(
    _ now: JournalEntry.Details, _ then: JournalEntry.Details
  ) -> Difference? {
    for (mine, theirs) in zip(now.figures, then.figures) {
      guard mine.name == theirs.name else { return .figure(now: mine.name, then: theirs.name) }
      let isEqual =
        isExact ? mine.value == theirs.value : abs(mine.value - theirs.value) <= tolerance
      guard isEqual else { return .value(of: mine.name, now: mine.value, then: theirs.value) }
    }
    guard now.figures.count == then.figures.count else {
      return .figureCount(now: now.figures.count, then: then.figures.count)
    }
    guard now.made.map(\.name) == then.made.map(\.name) else {
      return .made(now: now.made.map(\.name), then: then.made.map(\.name))
    }
    guard isExact else { return nil }
    for (mine, theirs) in zip(now.made, then.made) where mine.digest != theirs.digest {
      return .digest(of: mine.name, now: mine.digest, then: theirs.digest)
    }
    return now.figuresDigest == then.figuresDigest ? nil : .otherMetrics
  }
}

extension JournalEntry.Details {
  /// Whether anything was kept of the result: nothing is of the first of several commands that stand for
  /// one which was interrupted.
  fileprivate var isMeasured: Bool {
    !made.isEmpty || !figures.isEmpty || !figuresDigest.isEmpty || !output.isEmpty
  }
}
