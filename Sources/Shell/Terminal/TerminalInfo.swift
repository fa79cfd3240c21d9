import CommandLanguage
import Foundation

/// What an output stream can show.
public struct TerminalInfo: Hashable, Sendable {
  /// The stream's file descriptor: 1 for output, 2 for messages.
  public let descriptor: Int32
  public let isTerminal: Bool
  public let isColoured: Bool
  /// Words and appended lines instead of glyphs and redrawing: `ACCESSIBLE=1` or `TERM=dumb`.
  public let isPlain: Bool
  /// Whether block characters can be shown.
  public let showsUnicode: Bool

  public static let output = TerminalInfo(1)
  public static let messages = TerminalInfo(2)

  public init(_ descriptor: Int32) {
    self.init(
      descriptor, isTerminal: isatty(descriptor) == 1,
      environment: ProcessInfo.processInfo.environment)
  }

  package init(_ descriptor: Int32, isTerminal: Bool, environment: [String: String]) {
    func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
    let isDumb = environment["TERM"] == "dumb"
    self.descriptor = descriptor
    self.isTerminal = isTerminal
    isPlain = !isTerminal || isDumb || isSet("ACCESSIBLE") && environment["ACCESSIBLE"] != "0"
    isColoured =
      isSet("NO_COLOR")
      ? false
      : isSet("CLICOLOR_FORCE") && environment["CLICOLOR_FORCE"] != "0" || isTerminal && !isDumb
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].first(where: isSet).flatMap { environment[$0] }
    showsUnicode = locale.map { $0.uppercased().contains("UTF") } ?? false
  }

  /// The columns at this moment: of the terminal, else `COLUMNS`, else 80.
  public var width: Int { size.width }

  public var height: Int { size.height }

  /// Text on its way to the stream: at a terminal its lines are broken between words, in files and
  /// pipes they stay as they are.
  func laidOut(_ text: String) -> String { isTerminal ? text.broken(toWidth: width) : text }

  private var size: (width: Int, height: Int) {
    var window = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else {
      let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80
      return ((20...1000).contains(columns) ? columns : 80, 24)
    }
    return (Int(window.ws_col), max(1, Int(window.ws_row)))
  }
}

/// Where the program keeps its files (XDG Base Directory Specification).
public enum Folders {
  /// History and autosaved sessions.
  public static var state: String { folder("XDG_STATE_HOME", ".local/state") }

  /// Settings and the rc file.
  public static var configuration: String { folder("XDG_CONFIG_HOME", ".config") }

  private static func folder(_ variable: String, _ standard: String) -> String {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment[variable], path.hasPrefix("/") { return path + "/waymark" }
    return (environment["HOME"] ?? ".") + "/" + standard + "/waymark"
  }
}
