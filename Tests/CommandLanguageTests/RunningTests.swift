import CommandLanguage
import Testing

/// Runs a script in a classroom and gives what was said, or the error as text.
func said(
  _ text: String, reading: Reading = .exact, in classroom: Classroom = .furnished
) -> [String] {
  var classroom = classroom
  var interpreter = Interpreter(registry: .sample, reading: reading)
  do throws(LanguageError) {
    try interpreter.run(Script(text, name: "test"), in: &classroom) { _, _ throws(LanguageError) in
    }
  } catch {
    return classroom.said + [error.text()]
  }
  return classroom.said
}

@Test(arguments: [
  ("pretrain net on=T.1", ["net on T.1 4 0.001 -"]),
  ("pretrain net on=T lr=1e-2 epochs=7 cache=../a/b.zip", ["net on T 7 0.01 ../a/b.zip"]),
  ("tasks signs size=8 order=shuffled as U", ["8 shuffled"]),
  ("tasks signs size=8 order=[3, 0..2] as U", ["8 given([3, 0, 1, 2])"]),
  ("show batch signs n=16 class=13 labels=yes > x.png", ["16 [13] true"]),
  (
    "define model layers=[conv(32,5), lrelu, pool, dense(128)] as m",
    ["- conv[32, 5] lrelu[] pool[] dense[128]"]
  ),
  ("run rehearsal-kd net on=T memory=5", ["rehearsal-kd 5 2.0 run1"]),
  (
    "step; step kd; step 3; step kd 3 unit=batch",
    ["- 1 task", "kd 1 task", "- 3 task", "kd 3 batch"]
  ),
  ("compare [ft, kd]; compare kd", ["ft+kd", "kd"]),
  ("net", ["shown net"]),
  ("time say a 5s on # comment", ["a 5s on", "timed"]),
  ("let m = 2 * 3 + 1\nfor i in 1..2 { say \"${m}_$i\" x$i.csv }", ["7_1 x1.csv", "7_2 x2.csv"]),
  ("repeat 2 { say 'it''s' }", ["it's", "it's"]),
  ("let a = 3\nif $a > 5 { say big } elif $a==3 { say three } else { say small }", ["three"]),
  ("if exists net { say yes }\nif not exists nothing { say no }", ["yes", "no"]),
  // '==' and '!=' end a word in a condition, and nowhere else.
  ("say a==b c!=d", ["a==b c!=d"]), ("if yes { say a==b }", ["a==b"]),
  ("source a.way x=5 y=[1,2]", ["a.way x=5 y=[1, 2]"]),
])
func commandsRunWithTypedArguments(script: String, expected: [String]) {
  #expect(said(script) == expected)
}

@Test func valueFromOutsideStaysWhatItIsGiven() throws {
  let script = Script("let epochs = 4\nlet other = 5\nsay $epochs $other", name: "test")
  var variables = Variables()
  variables.give("epochs", Operand("2"))
  variables["other"] = Operand("3")
  var classroom = Classroom()
  var interpreter = Interpreter(registry: .sample, variables: variables)
  try interpreter.run(script, in: &classroom) { _, _ throws(LanguageError) in }
  #expect(classroom.said == ["2 5"])
}

@Test func scriptWithAnErrorOfFormRunsNothing() {
  #expect(
    said("say a\nsay ]") == [
      """
      error: ']' closes nothing
        test:2:5
          say ]
              ^
      """
    ])
}

@Test(arguments: [
  ("say a\nquit\nsay b", ["a"]), ("repeat 3 { say a; quit; say b }\nsay c", ["a"]),
  ("for i in 1..3 { if $i == 2 { quit } else { say $i } }", ["1"]),
])
func nothingRunsAfterTheSessionHasEnded(script: String, expected: [String]) throws {
  let quit = Command<Classroom>(
    "quit", "Ends the session.", category: .session, effect: .leaves,
    examples: [Example("quit", "The end.")]
  ) { session, _ in session.ends = true }
  var classroom = Classroom()
  var interpreter = Interpreter(registry: Registry([.say, quit]))
  try interpreter.run(Script(script, name: "test"), in: &classroom) { _, _ throws(LanguageError) in
  }
  #expect(classroom.said == expected)
}

@Test func listsCannotGrowWithoutBound() {
  let deep = "let l = [1]\nrepeat 100000 { let l = [$l] }"
  #expect(said(deep).last?.contains("nest too deeply") ?? false)
  let long = "let l = [1]\nrepeat 100 { let l = [$l, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 2] }"
  #expect(said(long).last?.contains("nest too deeply") ?? false)
  let text = "let t = x\nrepeat 100 { let t = $t$t }"
  #expect(said(text).last?.contains("too large") ?? false)
}

/// A text, and a list with all its texts, may have 2²⁰ bytes.
@Test(arguments: [
  ("[$t]", "done"), ("[$t, $t]", "too large"), ("pair($t, $t)", "too large"),
])
func listsOfLongTextsAreBounded(value: String, expected: String) {
  let lines = said("let t = x\nrepeat 19 { let t = $t$t }\nlet l = \(value)\nsay done")
  #expect(lines.count == 1 && lines[0].contains(expected))
}

@Test func nestedLoopsAreCheckedInBoundedTime() {
  let text = "for i in 1..999999 { for j in 1..999999 { for k in 1..999999 { } } }"
  #expect(Registry.sample.check(Script(text, name: "test"), in: Classroom()) == [])
  let longest = "for i in 1..1000000 { }"
  #expect(Registry.sample.check(Script(longest, name: "test"), in: Classroom()) == [])
}

@Test func interruptStopsBetweenStatements() {
  var classroom = Classroom()
  var interpreter = Interpreter(registry: Registry.sample)
  interpreter.isInterrupted = { true }
  var found: LanguageError.Fact?
  do throws(LanguageError) {
    try interpreter.run(Script("repeat 1000000 { }", name: "test"), in: &classroom) {
      _, _ throws(LanguageError) in
    }
  } catch {
    found = error.fact
  }
  #expect(found == .interrupted)
}

@Test func failedBodyIsPutIntoWordsByTheContext() {
  struct Broken: Error {}
  let command = Command<Classroom>(
    "break", "Breaks.", category: .session, effect: .changes,
    examples: [Example("break", "An error.")]
  ) { _, _ in throw Broken() }
  var classroom = Classroom()
  var interpreter = Interpreter(registry: Registry([command]))
  var text = ""
  do throws(LanguageError) {
    try interpreter.run(Script("break", name: "-c"), in: &classroom) { _, _ throws(LanguageError) in
    }
  } catch {
    text = error.text()
  }
  #expect(
    text == """
      error: broken: Broken()
        -c:1:1
          break
          ^^^^^
        help: help break
      """)
}

/// The file behind `>` is marked where it is what is wrong, else the verb.
@Test(arguments: [("write > a.csv", "        ^^^^^"), ("write", "^^^^^")])
func failureOfAFileIsMarkedAtTheFile(line: String, caret: String) throws {
  let command = Command<Classroom>(
    "write", "Writes.", category: .session, effect: .looks, formats: ["csv"],
    examples: [Example("write", "An error.")]
  ) { _, _ in throw Failure("no room", parameter: Failure.output) }
  var classroom = Classroom()
  var interpreter = Interpreter(registry: Registry([command]))
  let error = #expect(throws: LanguageError.self) {
    try interpreter.run(Script(line, name: "-c"), in: &classroom) { _, _ throws(LanguageError) in }
  }
  let lines = error?.text().split(separator: "\n").map(String.init) ?? []
  #expect(lines.contains("    " + caret), "\(lines)")
}
