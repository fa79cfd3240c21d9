import Foundation

/// How often tests that try random cases do so: a few times, or with `WAYMARK_CAMPAIGN=full` in the
/// environment as often as the requirements say.
public enum Campaign {
  public static let isFull = ProcessInfo.processInfo.environment["WAYMARK_CAMPAIGN"] == "full"

  public static func count(_ few: Int, full: Int) -> Int { isFull ? full : few }
}
