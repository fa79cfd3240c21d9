import PlainText

/// gnuplot's terminals that are windows on a desktop, the best first.
package enum WindowTerminal: String, CaseIterable, Sendable {
  case qt
  case wxt
  case x11

  /// The best of those that a gnuplot has; nil if it has none.
  ///
  /// - Parameter terminals: gnuplot's `GPVAL_TERMINALS`: names between blanks.
  package init?(among terminals: String) {
    let names = Set(terminals.split { $0.isWhitespace })
    guard let best = Self.allCases.first(where: { names.contains(Substring($0.rawValue)) }) else {
      return nil
    }
    self = best
  }

  /// Whether gnuplot tells that a window was closed. That of `x11` says the same whenever it has drawn;
  /// there the window's number in the display shows it.
  var tellsOfClosing: Bool { self != .x11 }
}

/// A window in which figures of one command are drawn.
struct WindowFrame {
  /// gnuplot's number of it.
  let number: Int
  /// The command; what is drawn by the same one goes into the same window.
  let title: String
  let terminal: WindowTerminal
  /// Whether it stays when gnuplot has ended.
  let persists: Bool

  static let closedMark = "@@closed"
  static let identityMark = "@@window"
  static let timeMark = "@@seconds"

  /// gnuplot's statements that open the window, or choose it if it is open.
  func opening(on canvas: Canvas) -> String {
    let title = gnuplotText(title.withoutControls.fitted(to: 120))
    let lines = [
      "set terminal \(terminal.rawValue) \(number) noenhanced size \(canvas.width),\(canvas.height) "
        + "title \(title) font 'Sans,\(canvas.fontSize(canvas.body))' "
        + "\(persists ? "persist" : "nopersist") noraise",
      terminal.tellsOfClosing
        ? "bind 'Close' \"set print '-'; print '\(Self.closedMark)'\"" : "bind 'Close' ''",
      "waymark_start = time(0.0)",
    ]
    return lines.map { $0 + "\n" }.joined()
  }

  /// Prints the window's number in the display, which is another one once it was closed, and the seconds
  /// that drawing took.
  static let closing = """
    print '\(identityMark) ', exists('GPVAL_TERM_WINDOWID') ? GPVAL_TERM_WINDOWID : 0
    print sprintf('\(timeMark) %.4f', time(0.0) - waymark_start)

    """

  /// What a script has printed of the window's number in the display.
  static func identity(in printed: String) -> String? { word(after: identityMark, in: printed) }

  /// What a script has printed of the seconds that drawing took.
  static func seconds(in printed: String) -> Double? {
    word(after: timeMark, in: printed).flatMap(Double.init)
  }

  private static func word(after mark: String, in printed: String) -> String? {
    printed.split(separator: "\n").last { $0.hasPrefix(mark + " ") }
      .map { String($0.dropFirst(mark.count + 1)) }
  }
}
