import Foundation
public import Testing

/// How often tests that try random cases do so: a few times, or with `WAYMARK_CAMPAIGN=full` in the
/// environment as often as the requirements say.
public enum Campaign {
  public static let isFull = ProcessInfo.processInfo.environment["WAYMARK_CAMPAIGN"] == "full"

  /// Whether it is more than what is tried between two edits.
  public static var isLong: Bool { isFull || LongTests.areWanted }

  public static func count(_ few: Int, full: Int) -> Int { isFull ? full : few }

  /// Few between two edits, more where tests that take long are wanted.
  public static func count(_ few: Int, long: Int, full: Int) -> Int {
    isFull ? full : isLong ? long : few
  }
}

/// Tests that take long, such as those that learn the real data: `scripts/test` runs them when it runs
/// everything. Between two edits, and with a filter, `WAYMARK_LONG_TESTS=yes` asks for them.
public enum LongTests {
  public static let areWanted = ProcessInfo.processInfo.environment["WAYMARK_LONG_TESTS"] == "yes"
}

extension Trait where Self == ConditionTrait {
  /// A test or suite for `LongTests` alone.
  public static var takesLong: Self {
    .enabled(if: LongTests.areWanted, "takes long; WAYMARK_LONG_TESTS=yes asks for it")
  }
}
