import PlainText

/// A gnuplot script in the making, in which text stays text.
///
/// gnuplot runs what stands in back-quotes, expands `@name`, reads `%` in tick labels as a format
/// and runs the lines of inline data when a plot fails: hence single quotes around all text, one place
/// that writes them, and data in blocks that hold nothing but numbers.
package struct Script {
  package private(set) var text = ""
  /// Whether LaTeX reads the texts.
  var isTeX = false

  mutating func add(_ line: String) { text += line + "\n" }

  /// A named data block, `NaN` where a value is not finite.
  mutating func block(_ name: String, _ rows: some Sequence<[Double]>) {
    text += "$\(name) << EOD\n"
    for row in rows { text += row.map(Script.number).joined(separator: " ") + "\n" }
    text += "EOD\n"
  }

  static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "NaN" }

  static func colour(_ colour: Colour) -> String { "rgb '\(colour.hex)'" }

  static func range(_ range: ClosedRange<Double>) -> String {
    "\(number(range.lowerBound)):\(number(range.upperBound))"
  }

  /// gnuplot's words for the text of a column's number, with a comma before every three digits.
  ///
  /// - Parameter decimals: `1f`, or `6g` for as many as tell the number.
  static func number(_ column: Int, decimals: String) -> String {
    "abs($\(column)) < 1000 ? sprintf('%.\(decimals)', $\(column)) : grouped($\(column))"
  }

  /// What `number` asks for: the digits before the last three, a comma, these three.
  static let grouping =
    "grouped(x) = x < 0 ? '-'.grouped(-x) : x < 999.5 ? sprintf('%.0f', x) : "
    + "grouped(floor((x + 0.5) / 1000)).sprintf(',%03.0f', "
    + "floor(x + 0.5) - 1000 * floor((x + 0.5) / 1000))"

  /// Ticks of an axis that reaches to a thousand: `5,000`.
  mutating func thousands(
    axis: String, in range: ClosedRange<Double>, atMost count: Int = 8
  ) {
    guard max(range.lowerBound.magnitude, range.upperBound.magnitude) >= 1000 else { return }
    let ticks = LineChart.roundTicks(in: range, atMost: count)
    guard ticks.count > 1, ticks.allSatisfy({ $0 == $0.rounded() && $0.magnitude < 1e15 }) else {
      return
    }
    let labels = ticks.map { "\(gnuplotTick(groupedFixed($0, 0))) \(Script.number($0))" }
    add("set \(axis)tics (\(labels.joined(separator: ", ")))")
  }

  /// Text that takes so many columns at most.
  func text(_ text: String, within columns: Int = .max) -> String {
    gnuplotText(encoded(columns == .max ? text : text.withoutControls.fitted(to: columns)))
  }

  /// As gnuplot's terminal wants it.
  private func encoded(_ text: String) -> String {
    guard isTeX else { return text }
    let code = text.asTeX
    // What is in brackets at the beginning would say how text is aligned.
    return code.hasPrefix("[") || code.hasPrefix("{") ? "\\relax{}" + code : code
  }

  /// gnuplot's format of numbers.
  func format(_ format: String) -> String { isTeX ? "'$\(format)$'" : "'\(format)'" }

  /// Labels at 0, 1, 2 …
  func ticks(_ labels: [String], within columns: Int) -> String {
    let ticks = labels.enumerated().map {
      "\(gnuplotTick(encoded($1.withoutControls.fittedAtBothEnds(to: columns)))) \($0)"
    }
    return "(\(ticks.joined(separator: ", ")))"
  }

  static let textColour = "textcolor \(colour(.text))"
}

extension Script {
  /// What all figures have in common: title, frame, ticks, grid.
  mutating func decorate(title: String?, on canvas: Canvas) {
    add("unset key")
    add("set format \(format("%g"))")
    if let title { add("set title \(heading(title, on: canvas))") }
    add("set border 3 linecolor \(Script.colour(.axis))")
    add("set tics nomirror out \(Script.textColour)")
    add("set grid linetype 1 linewidth 1 linecolor \(Script.colour(.grid))")
  }

  /// - Parameter place: What gnuplot wants between the text and its looks.
  func heading(_ title: String, at place: String = "", on canvas: Canvas) -> String {
    let room = Canvas.columns(in: canvas.width, font: canvas.heading)
    return "\(text(title, within: room)) \(place)noenhanced \(canvas.font(canvas.heading)) "
      + Script.textColour
  }

  mutating func label(axis: String, _ text: String, on canvas: Canvas, offset: String = "0,0") {
    if !text.isEmpty {
      add("set \(axis)label \(self.text(text)) offset \(offset) noenhanced \(Script.textColour)")
    }
  }

  /// One picture of several clauses, the later ones on top.
  mutating func plot(_ clauses: [String]) {
    add("plot " + (clauses.isEmpty ? "NaN notitle" : clauses.joined(separator: ", \\\n  ")))
  }
}
