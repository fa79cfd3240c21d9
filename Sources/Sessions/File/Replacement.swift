/// What a save may put its file in the place of.
public enum Replacement: Hashable, Sendable {
  /// Nothing: there must be no file yet, or an empty one.
  case nothing
  /// The file that had this stamp, if it is still the same.
  case file(FileStamp)
  /// Any session file.
  case anything
}
