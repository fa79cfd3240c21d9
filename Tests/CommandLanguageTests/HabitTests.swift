import CommandLanguage
import Testing

/// What people write who come from Python or from C, and the form that works: it stands behind the
/// caret, with their own words.
struct HabitTests {
  static let lines: [(written: String, meant: String)] = [
    // Blocks.
    ("for i in range(3):", "write for i in [0..2] { … }"),
    ("for i in range(1, n):", "write for i in range(1, $n - 1) { … }"),
    (
      "for i, v in enumerate(l):",
      "write for i in range(0, length($l) - 1) { let v = $l[$i] … }"
    ),
    ("for (int i = 0; i < 3; i++) {", "write for i in [0..2] { … }"),
    ("for (i = 1; i <= 3; i++) { say hi }", "write for i in [1..3] { … }"),
    ("foreach i in l { say hi }", "write for i in $l { … }"),
    ("if x == 3:", "write if $x == 3 { … }"),
    ("if x is not None:", "write if $x != \"\" { … }"),
    ("if len(x) > 2 && y:", "write if length($x) > 2 and $y { … }"),
    ("if x > 1 && y < 2 { say hi }", "write if $x > 1 and $y < 2 { … }"),
    ("if x > 1 || !y { say hi }", "write if $x > 1 or not $y { … }"),
    ("if 3 not in l { say hi }", "write if not 3 in $l { … }"),
    ("if x <> 3 { say hi }", "write if $x != 3 { … }"),
    ("if $x == 3 { say a } else if $x == 4 { say b }", "write } elif $x == 4 { … }"),
    ("elif x == 4:", "write } elif $x == 4 { … }"),
    ("else:", "write if … { … } else { … }"),
    ("while True:", "write while on { … }"),
    ("while n < 5:", "write while $n < 5 { … }"),
    ("def f(x, y=2):", "write function f(x, y=2) { return … }"),
    ("try:", "write try { … } else { print $error }"),
    ("except Exception as e:", "write try { … } else { print $error }"),
    ("with open(path) as f:", "'help language' lists what there is"),
    ("class Net:", "'help language' lists what there is"),
    // Assignments.
    ("x += 1", "write let x = $x + 1"), ("x -= len(l)", "write let x = $x - length($l)"),
    ("let x *= 2", "write let x = $x * 2"), ("x //= 2", "write let x = floor($x / 2)"),
    ("x++", "write let x = $x + 1"), ("x --", "write let x = $x - 1"),
    ("x = 3", "write let x = 3"), ("$x = 3", "write let x = 3"), ("x := 3", "write let x = 3"),
    ("var x = 3", "write let x = 3"), ("let x == 3", "write let x = 3"),
    ("a, b = 1, 2", "write let a = 1; let b = 2"),
    // Values.
    ("let y = None", "write \"\" for an empty text, or 'exists NAME' to ask for an object"),
    ("let y = f\"{x} of {n:.2f}\"", "write \"${x} of ${n}\""),
    ("say f\"{x}\"", "write \"${x}\""), ("say f'{x}'", "write \"${x}\""),
    ("let y = \"\"\"a\"\"\"", "write \"…\", over several lines too"),
    ("let y = $l[0:2]", "write ($l[0..1])"), ("say $l[1:]", "write ($l[1..-1])"),
    ("let y = 2 ** 3", "write 2 ^ 3"), ("let y = x ** 2", "write $x ^ 2"),
    ("let y = 2**3", "an operator has a blank on each side: 2 ^ 3"),
    ("let y = 7 // 2", "write floor(7 / 2)"), ("let y = n // 2", "write floor($n / 2)"),
    ("let y = [a * 2 for a in l]", "write for a in $l { let all = $all + [$a * 2] }"),
    ("let y = lambda a: a + 1", "write function NAME(a) { return $a + 1 }"),
    ("let y = {\"a\": 1}", "write a list, or one variable for each: let NAME = VALUE"),
    ("let y = {}", "write a list, or one variable for each: let NAME = VALUE"),
    ("let y = (1, x)", "write [1, $x]"),
    ("let y = \"a\" \"b\"", "write \"a\" + \"b\""),
    ("let y = len(l)", "write length($l)"), ("let y = len([1, 2])", "write length([1, 2])"),
    ("let y = str(x)", "write \"$x\""), ("let y = int($x / 2)", "write floor($x / 2)"),
    ("let y = sorted(l)", "write sort($l)"), ("let y = range(3)", "write [0..2]"),
    ("let y = range(n)", "write range(0, $n - 1)"),
    ("for i in range(n) { say hi }", "write range(0, $n - 1)"),
    ("for i in [1..count(signs)] { say hi }", "write range(1, count(signs))"),
    ("let y = $n -1", "write $n - 1"),
    ("let y = $n-1", "an operator has a blank on each side: $n - 1"),
    ("let y = 1/3", "an operator has a blank on each side: 1 / 3"),
    ("let y = x+1", "an operator has a blank on each side: $x + 1"),
    ("let y = x + 1", "did you mean '$x'? the text is \"x\""),
    ("let y = x", "did you mean '$x'? the text is \"x\""),
    ("if x > 3 { say hi }", "did you mean '$x'? the text is \"x\""),
    ("if x == 3 { say hi }", "did you mean '$x'? the text is \"x\""),
    ("while x { say hi }", "did you mean '$x'? the text is \"x\""),
    ("for i in l { say hi }", "did you mean '$l'? the text is \"l\""),
    ("say (length(l))", "did you mean '$l'? the text is \"l\""),
    ("for i in [0..n] { say hi }", "write 0..$n"),
    (
      "let y = $(status)",
      "'as NAME' names what a command makes, and functions give figures: accuracy(kd)"
    ),
    // Statements.
    ("l.append(3)", "write let l = $l + [3]"), ("l.extend(m)", "write let l = $l + $m"),
    ("pass", "a block may be empty: { }"), ("del net", "write drop net"),
    ("say(x)", "write say $x"), ("say(\"a\", x)", "write say a $x"),
    ("say(x ** 2)", "write say ($x ^ 2)"), ("say(l[0], x + 1)", "write say ($l[0]) ($x + 1)"),
    ("say(f\"{x} of {n}\")", "write say \"${x} of ${n}\""),
    ("let y = 1 if n > 2 else 3", "write if $n > 2 { let y = 1 } else { let y = 3 }"),
    ("let y = $n > 2 ? 1 : 3", "write if $n > 2 { let y = 1 } else { let y = 3 }"),
    ("say ($n > 2 ? 1 : 3)", "write if $n > 2 { say 1 } else { say 3 }"),
    ("say (1 if $n > 2 else 3)", "write if $n > 2 { say 1 } else { say 3 }"),
    ("def f(a): return a * 2", "write function f(a) { return $a * 2 }"),
    ("def f(a, b):", "write function f(a, b) { return … }"),
    ("// a comment", "write # …"),
    ("assert x == 3", "'expect' holds a result to a bound: expect accuracy kd above=40"),
    ("return 3", "write function NAME() { return … }"),
  ]

  @Test(arguments: lines)
  func formThatWorksStandsBehindTheCaret(written: String, meant: String) {
    let before = "let x = 3; let n = 4; let l = [1, 2]; let m = [3]\n"
    let script = Script(before + written, name: "lesson.way")
    let errors = Registry.sample.check(script, in: Classroom.furnished)
    #expect(errors.first?.wording.suggestion == meant, "\(errors.map { $0.text() })")
    #expect(errors.first?.span.line == 2)
  }

  /// The caret marks the sign that is wrong, and not the whole line.
  @Test(arguments: [
    ("for i in range(3):", ":"), ("x += 1", "+"), ("let y = 7 // 2", "//"), ("say f\"{x}\"", "f"),
    ("if $x > 1 && $n < 2 { }", "&&"), ("if $x == 3 { } else if $x == 4 { }", "else if"),
    ("let y = $n -1", "-"), ("let y = len($l)", "len"), ("let y = x + 1", "x"),
  ])
  func caretMarksTheSign(line: String, marked: String) throws {
    let before = "let x = 3; let n = 4; let l = [1, 2]\n"
    let errors = Registry.sample.check(
      Script(before + line, name: "lesson.way"), in: Classroom.furnished)
    let span = try #require(errors.first).span
    #expect(line.dropFirst(span.column - 1).prefix(span.length) == marked)
  }

  /// Words that look so and are right.
  @Test(arguments: [
    "let day = 2024-01-31", "let name = kd-8", "let name = run-$x", "let path = $a/$b",
    "let all = [x, net]", "if $a == x { say hi }", "let y = net", "say x", "say f \"{x}\"",
    "let layer = conv(3, 5)", "let flag = True", "let y = \"x\"", "say 2**3 x+1",
    "for i in 1..$x { say hi }", "let path = ../x/y", "say $n-1",
  ])
  func otherWordsAreLeftAlone(line: String) {
    let before = "let x = 3; let n = 4; let a = b; let b = c\n"
    let errors = Registry.sample.check(
      Script(before + line, name: "lesson.way"), in: Classroom.furnished)
    #expect(errors == [], "\(errors.map { $0.text() })")
  }
}
