import Plotting
import Testing

/// Characters that no installed font has. These stand in no font: the last private one, one that is
/// unassigned, and both with a mark behind them.
struct FontTests {
  static let missing: [Character] = ["\u{10FFFD}", "\u{378}", "\u{10FFFD}\u{FE0F}"]

  /// gnuplot's library would draw a black letter as large as the picture.
  @Test(.needsGnuplot, arguments: missing, [PictureFormat.png, .pdf])
  func missingCharacterIsASign(character: Character, format: PictureFormat) throws {
    let gnuplot = Gnuplot()
    let medium: Canvas.Medium = format == .png ? .png : .pdf
    for (odd, plain) in zip(Samples.all("a\(character)b"), Samples.all("a□b")) {
      let script = try Drawing(odd, medium: medium, output: "o", pixelPath: { _ in "p" }).script
      #expect(!script.contains(character))
      #expect(
        try script == Drawing(plain, medium: medium, output: "o", pixelPath: { _ in "p" }).script)
      // A PDF names the time at which it was made.
      guard format == .png else { continue }
      #expect(
        try gnuplot.bytes(of: odd, medium, size: nil)
          == gnuplot.bytes(of: plain, medium, size: nil))
    }
  }

  @Test(.needsGnuplot) func missingCharactersAreNamedOnce() {
    let figure = Samples.lines("\u{10FFFD}é\u{378}", title: "\u{378} ± \u{10FFFD}")
    #expect(figure.charactersWithoutFont(in: .png) == ["\u{378}", "\u{10FFFD}"])
    #expect(figure.charactersWithoutFont(in: .pdf) == ["\u{378}", "\u{10FFFD}"])
    // Those who look at an SVG have their own fonts.
    #expect(figure.charactersWithoutFont(in: .svg) == [])
  }

  @Test(.needsGnuplot) func ordinaryTextStaysWhatItIs() throws {
    for text in ["Speed limit (20km/h)", "Größe é ± … – ×", "a\u{301}", "50 % \"x\" 'y'"] {
      #expect(Samples.lines(text).charactersWithoutFont(in: .png) == [], "\(text)")
    }
    let script = try Drawing(
      Samples.lines("Größe ±"), medium: .png, output: "o", pixelPath: { _ in "p" }
    ).script
    #expect(script.contains("Größe ±"))
  }

  @Test(.needsGnuplot) func vectorPictureKeepsItsCharacters() throws {
    let script = try Drawing(
      Samples.lines("Kinder 🚸"), medium: .svg, output: "o", pixelPath: { _ in "p" }
    ).script
    #expect(script.contains("Kinder 🚸"))
  }
}
