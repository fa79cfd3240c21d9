import PlainText
import Testing

/// A text, a width, and the lines that it becomes.
private let texts: [(String, Int, [String])] = [
  ("short", 10, ["short"]),
  ("as wide as it is", 16, ["as wide as it is"]),
  ("one word too many", 16, ["one word too", "  many"]),
  ("  loss    the mean of all", 16, ["  loss    the", "    mean of all"]),
  ("first line\nsecond line is long", 12, ["first line", "second line", "  is long"]),
  ("a\n\nb\n", 10, ["a", "", "b", ""]),
  ("unbreakable/path/of/a/file is there", 10, ["unbreakable/path/of/a/file", "  is there"]),
  ("停停停 停停停", 8, ["停停停", "  停停停"]),
  ("", 5, [""]),
  ("deep          inside", 12, ["deep", "  inside"]),
  ("          deep inside", 12, ["          deep", "      inside"]),
]

@Test(arguments: texts)
func linesThatAreTooWideAreBrokenBetweenWords(text: String, width: Int, lines: [String]) {
  let broken = text.broken(toWidth: width)
  #expect(broken == lines.joined(separator: "\n"))
  let words = { (text: String) in text.split { $0 == " " || $0 == "\n" } }
  #expect(words(broken) == words(text))
}

@Test(arguments: 1...60) func whatIsBrokenFitsUnlessAWordDoesNot(width: Int) {
  let text = "note: class 3 belongs to no task; all=on makes a last task of what is left over"
  for line in text.broken(toWidth: width).split(separator: "\n") {
    #expect(displayWidth(line) <= width || !line.drop { $0 == " " }.contains(" "))
  }
}

@Test(arguments: [
  ("a b", 5, 2, ["a b"]), ("one two three four", 9, 2, ["one two", "three fo…"]),
  ("one two three", 7, 3, ["one two", "three"]), ("unbreakable", 6, 2, ["unbre…"]),
  ("a\u{301} 標識 b", 4, 1, ["a\u{301} …"]), ("", 4, 2, []),
])
func aCaptionHasAFewLines(text: String, width: Int, count: Int, lines: [String]) {
  #expect(text.wrapped(to: width, lines: count) == lines)
}

@Test func columnsArePadded() {
  #expect(
    "標".padded(to: 4) == "標  " && "標".indented(to: 4) == "  標" && "abc".padded(to: 2) == "abc")
}
