/// The value of a variable of the environment; nil if it is not set, or empty.
public func environmentVariable(_ name: String) -> String? {
  guard let value = getenv(name), value[0] != 0 else { return nil }
  return String(cString: value)
}

/// Where the program keeps its files (XDG Base Directory Specification).
public enum Folders {
  /// The user's, as the environment names it.
  public static var home: String? { environmentVariable("HOME") }

  /// History and autosaved sessions.
  public static var state: String {
    own("XDG_STATE_HOME", ".local/state") ?? "./.local/state/waymark"
  }

  /// Settings and the rc file.
  public static var configuration: String {
    own("XDG_CONFIG_HOME", ".config") ?? "./.config/waymark"
  }

  /// What can be made again; nil without a home folder.
  public static var cache: String? { cache(environmentVariable) }

  package static func cache(_ value: (_ variable: String) -> String?) -> String? {
    own("XDG_CACHE_HOME", ".cache", value)
  }

  /// As the specification has it, a relative path does not count.
  private static func own(
    _ variable: String, _ standard: String,
    _ value: (_ variable: String) -> String? = environmentVariable
  ) -> String? {
    if let path = value(variable), path.hasPrefix("/") { return FilePath.joined(path, "waymark") }
    guard let home = value("HOME"), home.hasPrefix("/") else { return nil }
    return FilePath.joined(home, standard) + "/waymark"
  }
}
