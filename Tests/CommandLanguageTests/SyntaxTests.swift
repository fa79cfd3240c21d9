import CommandLanguage
import TestSupport
import Testing

/// A small generator of our own, so that the cases are the same everywhere (SplitMix64).
struct Cases: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Test(arguments: [
  "version 1",
  "let m = 200 * 2 + 1",
  "for m in [200, 1000] {\n  run rehearsal-kd net on=T memory=$m as kd_$m\n}",
  "for i in 0..4 {\n  repeat $i {\n    step\n  }\n}",
  "if exists net {\n  say a\n} elif not $x >= 80% {\n  say b\n} else {\n  say c\n}",
  "define model layers=[conv(32, 5), lrelu, pool, flatten, dense(128)] as net",
  "say 'it''s' \"a\\n\\t\\\"\\\\\\u{1b}${name}\" ${a}b $a.csv ${per-class}",
  "compare [ft, kd] by=task format=csv >> ../a/b.csv",
  "goto kd@4",
])
func statementPrintsAsItWasWritten(text: String) {
  let script = Script(text, name: "test")
  #expect(script.errors == [])
  #expect(script.statements.map(\.description).joined(separator: "\n") == text)
}

@Test func commentsBlanksAndContinuationsLeaveNoTrace() {
  let script = Script(
    "\u{FEFF}  say a#b # comment\r\n\r\nsay \\\n  c ; say [1,\n 2] # end", name: "test")
  #expect(script.errors == [])
  #expect(script.statements.map(\.description) == ["say a#b", "say c", "say [1, 2]"])
}

@Test func errorsStandWhereTheyAre() {
  let script = Script("say a\nsay ]\n  say é 'x' =", name: "test")
  #expect(
    script.errors.map(\.span) == [
      Span(line: 2, column: 5, length: 1), Span(line: 3, column: 13, length: 1),
    ])
}

@Test(arguments: [
  ("5", Value.integer(5)), ("-3", .integer(-3)), ("+3", .integer(3)), ("1e3", .real(1000)),
  (".5", .real(0.5)), ("5.", .real(5)), ("80%", .percentage(80)),
  ("300ms", .duration(seconds: 0.3)), ("2m", .duration(seconds: 120)),
  ("1.5h", .duration(seconds: 5400)), ("on", .flag(true)), ("no", .flag(false)),
  ("1..5", .range(lower: 1, upper: 5)), ("-2..-5", .range(lower: -2, upper: -5)),
  ("1...5", .word("1...5")), ("..", .word("..")), ("../a", .word("../a")), ("T.1", .word("T.1")),
  ("kd@4", .word("kd@4")), ("5x", .word("5x")), ("1.2.3", .word("1.2.3")), ("-", .word("-")),
  ("-2.5", .real(-2.5)), ("-.5", .real(-0.5)), ("-5s", .duration(seconds: -5)),
  ("1E3", .real(1000)), ("2.5E-1", .real(0.25)), (".", .word(".")), ("-.", .word("-.")),
  ("nan", .word("nan")), ("inf", .word("inf")), ("1e999", .word("1e999")), ("0x10", .word("0x10")),
  ("٣", .word("٣")), ("", .word("")),
])
func bareWordIsReadAs(word: String, value: Value) {
  #expect(Value(bareWord: word) == value)
}

@Test(arguments: [
  "plain", "two words", "it's", "a\"b\\c", "$x", "${x}", "${a-b}", "#", "a=b", "x\ny", "", "as",
  "[1]",
  "\u{301}x", "\u{1F3FB}", "x\u{600}", "👍🏽", "🛑", ">", "a,b", "\u{1B}[0m", "key=", "~", "\r\n",
])
func anyTextPrintsAsOneWordThatReadsBack(text: String) {
  let printed = TextExpression(text).description
  var classroom = Classroom()
  var interpreter = Interpreter(registry: Registry.sample)
  #expect(throws: Never.self) {
    try interpreter.run(Script("say \(printed)", name: "test"), in: &classroom) {
      _, _ throws(LanguageError) in
    }
  }
  #expect(classroom.said == [text])
}

@Test func deepNestingIsAnErrorAndNoCrash() {
  for (open, close) in [("[", "]"), ("f(", ")"), ("repeat 2 { ", " }"), ("if not ", "")] {
    let text =
      "say " + String(repeating: open, count: 5000) + String(repeating: close, count: 5000)
    #expect(!Script(text, name: "test").errors.isEmpty || open == "if not ")
    #expect(!Script(String(text.dropFirst(4)), name: "test").errors.isEmpty)
  }
}

/// Sixty operations may stand one after the other, as lists may nest sixty deep.
@Test(arguments: [(60, "61"), (61, "nest too deeply")])
func longSumEndsBeforeItIsTooDeep(operations: Int, words: String) {
  let sum = Array(repeating: "1", count: operations + 1).joined(separator: " + ")
  let lines = said("let x = \(sum)\nsay $x")
  #expect(lines.count == 1 && lines[0].contains(words), "\(lines)")
}

@Test func randomTextsNeitherCrashNorHang() {
  let count = Campaign.count(20_000, long: 100_000, full: 100_000)
  let parts = [
    "let", "for", "in", "repeat", "if", "elif", "else", "not", "exists", "as", "version", "say",
    "x", "pretrain", "net", "on=", "=", "==", "!=", ">", ">>", "<", "[", "]", "(", ")", "{", "}",
    ",", ";", "\n", "\r\n", " ", " ", " ", " ", "'", "\"", "\\", "\\u{", "$", "${", "$x", "${x}",
    "${a-b}", "#", "1",
    "-5", "1..3", "80%", "5s", "é", "🛑", "\u{301}", "\u{200D}", "\u{1F3FB}", "\u{600}", "\u{2028}",
    "\t", "\u{0}", "+", "*", "a-b", "T.1", "kd@4", "~/",
  ]
  var cases = Cases(state: 7)
  var parsed = 0
  for _ in 0..<count {
    var text = ""
    for _ in 0..<Int.random(in: 0...14, using: &cases) {
      text += parts[Int.random(in: 0..<parts.count, using: &cases)]
    }
    let script = Script(text, name: "fuzz")
    guard script.errors.isEmpty else { continue }
    parsed += script.statements.isEmpty ? 0 : 1
    let printed = script.statements.map(\.description).joined(separator: "\n")
    let again = Script(printed, name: "fuzz")
    guard again.errors.isEmpty, again.statements == script.statements else {
      Issue.record("\(text.debugDescription) prints as \(printed.debugDescription)")
      return
    }
  }
  #expect(parsed > count / 20)
}

@Test func randomScriptsAreCheckedAndCompletedWithoutCrash() {
  let parts = [
    "pretrain ", "net ", "on=", "T", "T.1", "T.9", "epochs=", "5 ", "0 ", "1..3 ", "[", "]", ", ",
    "run ", "rehearsal-kd ", "memory=", "as ", "q ", "> ", "a.csv", "; ", "let a = ", "$a ",
    "for i in ",
    "{ ", "} ", "compare ", "ft", "kd ", "define ", "model ", "layers=", "conv(", "3", ") ",
    "time ",
    "step ", "repeat ", "if ", "exists ", "signs ", "show ", "batch ", "class=", "order=", "tasks ",
  ]
  var cases = Cases(state: 11)
  var right = 0
  let inputs = Campaign.count(5_000, long: 20_000, full: 20_000)
  for _ in 0..<inputs {
    let count = Int.random(in: 1...10, using: &cases)
    var text = ""
    for _ in 0..<count { text += parts[Int.random(in: 0..<parts.count, using: &cases)] }
    let script = Script(text, name: "fuzz")
    let errors = Registry.sample.check(script, in: Classroom.furnished)
    right += errors.isEmpty ? 1 : 0
    for error in errors { #expect(!error.text().isEmpty) }
    _ = Registry.sample.complete(text, in: Classroom.furnished)
  }
  #expect(right > inputs / 200)
}

@Test(arguments: ["a\nb\r\nc\rd", "", "\n", "x\n\r\n", "é\r\n🛑"])
func linesAreThoseThatTheLexerCounts(text: String) {
  var lines = [""]
  for character in text {
    if character == "\n" || character == "\r\n" || character == "\r" {
      lines.append("")
    } else {
      lines[lines.count - 1].append(character)
    }
  }
  let source = Source(name: "test", text: text)
  #expect((1...lines.count + 1).map(source.line) == lines + [""])
}

@Test func statementOutOfALongerInputKeepsItsLine() throws {
  let error = try #require(
    Script("say [1,\n  2] ]", name: "standard input", firstLine: 7).errors.first)
  #expect(error.text().hasPrefix("error: ']' closes nothing\n  standard input:8:6\n      2] ]\n"))
}
