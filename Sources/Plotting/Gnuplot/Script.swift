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
}
