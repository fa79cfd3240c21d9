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

  /// Literals that gnuplot takes as they stand, joined by `"'"` for each apostrophe: doubled ones,
  /// its own way, end the literal in gnuplot 5.4 when they come first or follow one another.
  package static func quoted(_ text: String) -> String {
    text.plain.split(separator: "'", omittingEmptySubsequences: false).map { "'\($0)'" }
      .joined(separator: #"."'"."#)
  }

  /// A literal for a tick, where gnuplot would put the tick's value for a percent sign.
  package static func tick(_ text: String) -> String {
    quoted(text.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%"))
  }

  static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "NaN" }

  static func colour(_ colour: Colour) -> String { "rgb '\(colour.hex)'" }
}
