/// Lines above the progress bar that are drawn again in place.
///
/// The cursor stands in the bar's line, below the lines. Where the terminal was made wider or narrower,
/// or showed another program meanwhile, nobody knows how far up they are: a new picture begins below.
struct LivePicture: Sendable {
  var lines: [String] = [] {
    didSet { isDrawn = false }
  }
  /// Whether the screen shows the lines as they are.
  private var isDrawn = true
  /// Lines on the screen above the bar's.
  private var shown = 0
  private var width = 0
  private var stops = 0

  /// What brings the lines onto the screen, with the cursor below them; nothing if they are there.
  ///
  /// - Parameters:
  ///   - width: The terminal's columns.
  ///   - stops: How often the program was stopped so far.
  mutating func drawing(width: Int, stops: Int) -> String {
    let isLost = shown > 0 && (width != self.width || stops != self.stops)
    if isDrawn, !isLost { return "" }
    let start = erasing(width: width, stops: stops)
    (isDrawn, shown) = (true, lines.count)
    return start + lines.map { $0 + "\u{1B}[K\n" }.joined()
  }

  /// What takes the lines and the bar away, with the cursor where they began.
  mutating func erasing(width: Int, stops: Int) -> String {
    let isLost = width != self.width || stops != self.stops
    let up = shown > 0 && !isLost ? "\u{1B}[\(shown)A" : ""
    (self.width, self.stops, shown, isDrawn) = (width, stops, 0, lines.isEmpty)
    return "\r" + up + (up.isEmpty ? "\u{1B}[K" : "\u{1B}[J")
  }
}
