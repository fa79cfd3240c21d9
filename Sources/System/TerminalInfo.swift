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
    self.init(descriptor, isTerminal: isatty(descriptor) == 1, environmentVariable)
  }

  /// - Parameter value: Of a variable of the environment.
  package init(
    _ descriptor: Int32, isTerminal: Bool, _ value: (_ variable: String) -> String?
  ) {
    func setting(_ name: String) -> String? { value(name).flatMap { $0.isEmpty ? nil : $0 } }
    func isOn(_ name: String) -> Bool { setting(name).map { $0 != "0" } ?? false }
    let isDumb = setting("TERM") == "dumb"
    self.descriptor = descriptor
    self.isTerminal = isTerminal
    isPlain = !isTerminal || isDumb || isOn("ACCESSIBLE")
    isColoured =
      setting("NO_COLOR") == nil && (isOn("CLICOLOR_FORCE") || isTerminal && !isDumb)
    let locale = setting("LC_ALL") ?? setting("LC_CTYPE") ?? setting("LANG")
    showsUnicode = locale.map { $0.uppercased().contains("UTF") } ?? false
  }

  /// The columns at this moment: of the terminal, else `COLUMNS`, else 80.
  public var width: Int {
    if let window { return window.columns }
    let columns = environmentVariable("COLUMNS").flatMap { Int($0) } ?? 80
    return (20...1000).contains(columns) ? columns : 80
  }

  public var height: Int { window?.rows ?? 24 }

  /// The terminal's size at this moment in characters, and in pixels where it tells.
  public var window: (columns: Int, rows: Int, pixels: (width: Int, height: Int)?)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    let hasPixels = size.ws_xpixel > 0 && size.ws_ypixel > 0
    return (
      Int(size.ws_col), max(1, Int(size.ws_row)),
      hasPixels ? (Int(size.ws_xpixel), Int(size.ws_ypixel)) : nil
    )
  }
}
