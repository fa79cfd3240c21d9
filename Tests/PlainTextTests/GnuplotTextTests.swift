import PlainText
import Testing

struct GnuplotTextTests {
  @Test(arguments: [
    ("it's", #"'it'."'".'s'"#),
    ("''", #"''."'".''."'".''"#),
    ("`touch x`", "'`touch x`'"),
    ("a\n!touch x\r\tb", "'a !touch x  b'"),
    ("\u{1B}]0;title\u{07}\u{9B}31m", "']0;title31m'"),
    ("\u{202E}txt\u{2066}", "'txt'"),
    ("\\", "'\\'"),
    ("50 %", "'50 %'"),
    ("", "''"),
    // Apostrophes with an accent are others to Swift's characters, not to gnuplot.
    ("a'\u{301}b", #"'a'."'".'"# + "\u{301}b'"),
  ])
  func literalsAreSingleQuotedLines(_ text: String, _ literal: String) {
    #expect(gnuplotText(text) == literal)
  }

  @Test func ticksDoublePercentSigns() {
    #expect(gnuplotTick("%d 50%") == "'%%d 50%%'")
    #expect(gnuplotTick("%\u{301}d") == "'%%\u{301}d'")
  }
}
