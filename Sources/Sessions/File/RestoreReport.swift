public import Datasets

/// What a restore brought back, and what it did not.
public struct RestoreReport: Hashable, Sendable {
  public enum Note: Hashable, Sendable {
    /// In the session as `Object.unavailable`.
    case dataUnavailable(name: String, source: DataSource, UnavailableData.Reason)
    /// Not in the session.
    case lost(name: String, kind: String, Damage)
    /// In the session as `Object.unknown`.
    case unknownKind(name: String, kind: String)
    /// An object was asked for without the data set it makes use of.
    case withoutData(name: String, data: String)
    /// The list of contents is damaged: no settings, no journal, and perhaps not all objects.
    case contentsLost
    case journalLost
    /// They are out of range; the standard ones are in their place.
    case settingsLost
  }

  /// What is wrong with an object.
  public enum Damage: Error, Hashable {
    case missing
    /// Its digest is another one.
    case changed
    /// The array of numbers with this key is missing or changed.
    case tensor(String)
    /// It claims more bytes than there can be.
    case tooLarge(bytes: Int, limit: Int)
    case unreadable(String)
  }

  /// Seconds since 1970, if known.
  public internal(set) var saved: Double?
  /// The version of the program that saved the session, if known.
  public internal(set) var program: String?
  /// In the session's order.
  public internal(set) var restored: [String] = []
  public internal(set) var notes: [Note] = []

  /// Whether all that was asked for is there.
  public var isComplete: Bool { notes.isEmpty }
}
