import PlainText
import Testing

/// Columns in a terminal, after Unicode Standard Annex 11: wide characters and emoji take two, marks
/// and controls none.
struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("\u{1B}a", 1), ("a\u{7F}b", 2), ("é", 1), ("e\u{301}", 1), ("標識", 4),
    ("ｆ", 2), ("한", 2), ("\u{200B}", 0),
    // A stop sign, and a heart without and with the mark that makes it an emoji.
    ("🛑", 2), ("\u{2764}", 1), ("\u{2764}\u{FE0F}", 2), ("👍🏽", 2),
  ])
  func textTakesColumns(text: String, columns: Int) {
    #expect(displayWidth(text) == columns)
  }

  @Test(arguments: [
    ("abcd", 4, "abcd"), ("abcde", 4, "abc…"), ("abcde", 1, "…"), ("abcde", 0, ""),
    ("標識標", 6, "標識標"), ("標識標", 5, "標識…"), ("標識標", 4, "標…"), ("標識標", 2, "…"),
  ])
  func textIsCutToItsColumns(text: String, width: Int, expected: String) {
    let cut = text.fitted(to: width)
    #expect(cut == expected)
    #expect(displayWidth(cut) <= width)
  }

  @Test(arguments: [
    ("abcd", 4, "abcd"), ("abcdefgh", 5, "ab…gh"), ("abcdefgh", 4, "a…gh"), ("abcdefgh", 2, "a…"),
    ("abcde", 1, "…"), ("標識標識", 6, "標…識"), ("標識標識", 5, "標…識"),
    ("Speed limit (50km/h)", 15, "Speed l…50km/h)"),
  ])
  func bothEndsAreKept(text: String, width: Int, expected: String) {
    let cut = text.fittedAtBothEnds(to: width)
    #expect(cut == expected)
    #expect(displayWidth(cut) <= width)
  }
}
