/// What the command line sets.
public struct ShellOptions: Sendable {
  /// A script, with the variables it is given.
  public var script: String?
  public var variables: [(name: String, value: String)] = []
  /// Statements to run instead of a script.
  public var commands: String?
  /// A session file to restore first.
  public var sessionFile: String?
  public var seed: Int?
  public var threads: Int?
  public var printsJSON = false
  public var isQuiet = false
  public var isSafe = false
  public var isColourless = false
  /// Whether the prompt begins with the rc file.
  public var readsConfiguration = true

  public init() {}
}
