import PlainText

/// A gnuplot script in the making, in which text stays text.
///
/// gnuplot runs what stands in back-quotes, expands `@name`, reads `%` in tick labels as a format
/// and runs the lines of inline data when a plot fails: hence single quotes around all text, one place
/// that writes them, and data in blocks that hold nothing but numbers.
package struct Script {
  package private(set) var text = ""

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

  /// Text that takes so many columns at most.
  static func text(_ text: String, within columns: Int) -> String {
    gnuplotText(text.withoutControls.fitted(to: columns))
  }

  /// Labels at 0, 1, 2 …
  static func ticks(_ labels: [String], within columns: Int) -> String {
    let ticks = labels.enumerated().map {
      "\(gnuplotTick($1.withoutControls.fitted(to: columns))) \($0)"
    }
    return "(\(ticks.joined(separator: ", ")))"
  }

  static let textColour = "textcolor \(colour(.text))"
}

extension Script {
  /// What all figures have in common: title, frame, ticks, grid.
  mutating func decorate(title: String?, on canvas: Canvas) {
    add("unset key")
    add("set format '%g'")
    if let title { add("set title \(Script.heading(title, on: canvas))") }
    add("set border 3 linecolor \(Script.colour(.axis))")
    add("set tics nomirror out \(Script.textColour)")
    add("set grid linetype 1 linewidth 1 linecolor \(Script.colour(.grid))")
  }

  /// - Parameter place: What gnuplot wants between the text and its looks.
  static func heading(_ title: String, at place: String = "", on canvas: Canvas) -> String {
    let room = Canvas.columns(in: canvas.width, font: Canvas.heading)
    return "\(text(title, within: room)) \(place)noenhanced \(canvas.font(Canvas.heading)) "
      + textColour
  }

  mutating func label(axis: String, _ text: String, on canvas: Canvas, offset: String = "0,0") {
    if !text.isEmpty {
      add("set \(axis)label \(gnuplotText(text)) offset \(offset) noenhanced \(Script.textColour)")
    }
  }

  /// One picture of several clauses, the later ones on top.
  mutating func plot(_ clauses: [String]) {
    add("plot " + (clauses.isEmpty ? "NaN notitle" : clauses.joined(separator: ", \\\n  ")))
  }
}
