import PlainText
import Testing

/// Nothing that a file contains reaches a terminal as a command.
struct ControlCharacterTests {
  @Test(arguments: [
    ("Stop 30", "Stop 30"), ("\u{1B}[31mred\u{9B}2J", "[31mred2J"), ("a\tb\nc", "a b c"),
    // Line ends of every kind, of which two characters may be one.
    ("a\r\nb\rc\u{85}d\u{2028}e", "a b c d e"), ("\u{202E}txt\u{2066}\u{200F}\u{61C}", "txt"),
    // What joins or is seen is text.
    ("e\u{301}", "e\u{301}"), ("👩\u{200D}🚒", "👩\u{200D}🚒"),
  ])
  func controlsGoAndBreaksBecomeBlanks(text: String, plain: String) {
    #expect(text.withoutControls == plain)
  }

  @Test func linesMayStay() {
    #expect("a\r\nb\n\u{7}c\rd".withoutControlsButLines == "a\nb\nc d")
  }

  @Test(arguments: [
    ("\u{1B}[1;31mred\u{1B}[0m\n", "\u{1B}[1;31mred\u{1B}[0m\n"), ("\u{1B}[2Jx", "[2Jx"),
    ("\u{1B}]0;title\u{7}", "]0;title"), ("\u{1B}[", "["), ("\u{1B}[3", "[3"),
  ])
  func onlyColoursReachATerminal(text: String, sent: String) {
    #expect(text.forTerminal == sent)
  }

  @Test func messagesShowWhereSomethingCannotBeSeen() {
    #expect(shown("a\u{1B}[31m\nb\u{202E}c\u{200B}\u{9B}") == "a?[31m?b?c??")
    #expect(shown(String(repeating: "x", count: 100_000)).count == 500)
    let accents = "a" + String(repeating: "\u{301}", count: 10_000)
    #expect(shown(accents).unicodeScalars.count == 500)
  }
}
