import CommandLanguage
import Testing

@Test func errorHasSentencePlaceLineCaretSuggestionAndHelp() {
  let script = Script("version 1\n\npretrain net on=T.1 epoch=5", name: "lesson.way")
  let errors = Registry.sample.check(script, in: Classroom.furnished)
  #expect(
    errors.map { $0.text() } == [
      """
      error: unknown option 'epoch' for 'pretrain'
        lesson.way:3:21
          pretrain net on=T.1 epoch=5
                              ^^^^^ did you mean 'epochs'?
        help: help pretrain
      """
    ])
  #expect(
    errors.map(\.json) == [
      #"{"error":{"message":"unknown option 'epoch' for 'pretrain'","file":"lesson.way","line":3,"#
        + #""column":21,"help":"help pretrain","suggestion":"did you mean 'epochs'?"}}"#
    ])
}

@Test func caretCountsColumnsOfWideCharacters() throws {
  let script = Script("say '標識' ]", name: "x")
  let text = try #require(script.errors.first).text()
  #expect(text.split(separator: "\n").last == "               ^")
  #expect(text.contains("x:1:10"))
}

@Test func controlsOfASourceAreNotPrinted() throws {
  let script = Script("say \u{1B} ]31m", name: "evil\u{1B}[2J.way")
  let text = try #require(script.errors.first).text()
  #expect(!text.contains("\u{1B}"))
}

@Test func longLineIsCutAroundTheCaret() throws {
  let script = Script(String(repeating: "a", count: 500) + " ] " + "b", name: "x")
  let lines = try #require(script.errors.first).text().split(separator: "\n")
  #expect(lines[2].count < 140 && lines[2].contains("…"))
  let caret = try #require(Array(lines[3]).firstIndex(of: "^"))
  #expect(Array(lines[2])[caret] == "]")
}

@Test(arguments: [20, 40, 80])
func terminalGetsLinesThatFit(width: Int) throws {
  let script = Script("unfortunately " + String(repeating: "a", count: 500) + " ]", name: "x")
  let error = try #require(script.errors.first)
  let wide = LanguageError(
    .failed(Failure("there are fewer classes than are needed; choose a smaller size")),
    at: error.span, in: error.source)
  for error in [error, wide] {
    let lines = error.text(width: width).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= max(width, 26) }, "\(lines)")
  }
  let words = wide.text(width: 40).split(separator: "\n").prefix(2)
  #expect(words == ["error: there are fewer classes than are", "  needed; choose a smaller size"])
}

/// Behind the caret, or below it where too little room is left.
@Test(arguments: [
  (
    60,
    """
      step kd 100
              ^^^ 'goto kd@1' takes it back, 'branch kd at=@1
                  … as NAME' makes a second one
    help: 'checkpoints kd' lists them, and others are made by
      'step' and 'continue'
    """
  ),
  (
    40,
    """
      step kd 100
              ^^^
        'goto kd@1' takes it back, 'branch
        kd at=@1 … as NAME' makes a second
        one
    help: 'checkpoints kd' lists them, and
      others are made by 'step' and
      'continue'
    """
  ),
])
func suggestionAndHelpAreBrokenBetweenWords(width: Int, text: String) {
  let source = Source(name: "test", text: "step kd 100")
  let failure = Failure(
    "it is finished",
    suggestion: "'goto kd@1' takes it back, 'branch kd at=@1 … as NAME' makes a second one",
    help: "'checkpoints kd' lists them, and others are made by 'step' and 'continue'")
  let error = LanguageError(
    .failed(failure), at: Span(line: 1, column: 9, length: 3), in: source)
  let lines = error.text(width: width).split(separator: "\n")
  #expect(lines.dropFirst(2).map { $0.dropFirst(2) }.joined(separator: "\n") == text)
}

@Test func bodyPutsItsCaretUnderAnArgument() {
  #expect(
    said("step kd 100").last == """
      error: only 5 tasks are left
        test:1:9
          step kd 100
                  ^^^
        help: help step
      """)
}

/// An error in the value of a variable is one of the place that uses it.
@Test(arguments: [
  ("let e = 0\npretrain net on=T epochs=$e", Span(line: 2, column: 26, length: 2)),
  ("pretrain net on=T epochs=0", Span(line: 1, column: 26, length: 1)),
  ("pretrain [net, T] on=T", Span(line: 1, column: 10, length: 8)),
  // Of a list on two lines the caret marks where it begins.
  ("pretrain [net,\n                T] on=T", Span(line: 1, column: 10, length: 1)),
])
func errorMarksTheWordsThatAreWrong(script: String, span: Span) {
  let errors = Registry.sample.check(Script(script, name: "test"), in: Classroom.furnished)
  #expect(errors.map(\.span) == [span])
}
