/// A text in a gnuplot script: literals that gnuplot takes as they stand, joined by `"'"` for each
/// apostrophe. Doubled ones, its own way, end the literal in gnuplot 5.4 when they come first or follow
/// one another.
///
/// gnuplot runs what stands in back-quotes and expands `@name`, but for what single quotes enclose.
public func gnuplotText(_ text: String) -> String {
  // By scalars: an apostrophe with an accent is another character, but not to gnuplot.
  text.withoutControls.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false)
    .map { "'\(String($0))'" }.joined(separator: #"."'"."#)
}

/// A literal for a tick, where gnuplot would put the tick's value for a percent sign.
public func gnuplotTick(_ text: String) -> String {
  gnuplotText(text.unicodeScalars.map { $0 == "%" ? "%%" : String($0) }.joined())
}
