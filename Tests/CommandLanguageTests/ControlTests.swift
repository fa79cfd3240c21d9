import CommandLanguage
import Testing

/// `while`, `break`, `next`, `try`, and functions of scripts.
struct ControlTests {
  @Test(arguments: [
    ("let i = 0\nwhile $i < 3 { say $i; let i = $i + 1 }", ["0", "1", "2"]),
    ("for i in 1..9 { if $i == 3 { break }; say $i }\nsay end", ["1", "2", "end"]),
    ("for i in 1..4 { if $i % 2 == 0 { next }; say $i }", ["1", "3"]),
    ("repeat 3 { for i in 1..3 { if $i == 2 { break }; say $i } }", ["1", "1", "1"]),
    ("let i = 0\nwhile on { let i = $i + 1; if $i > 4 { break } }\nsay $i", ["5"]),
    ("for i in [1..2, 5] { say $i }", ["1", "2", "5"]),
  ])
  func loopsAreLeft(script: String, expected: [String]) {
    #expect(said(script) == expected)
    #expect(Registry.sample.check(Script(script, name: "test"), in: Classroom.furnished) == [])
  }

  @Test(arguments: [
    ("function f(a, b=2) { return $a * $b }\nsay (f(3)) (f(3, 4)) (f(b=5, a=2))", ["6 12 10"]),
    ("function f(a) { say $a }\nf(7)", ["7"]),
    ("function g() { return 5 }\nfunction f(a=g()) { return $a + 1 }\nsay (f())", ["6"]),
    ("let x = 1\nfunction f() { let x = $x + 1; say $x }\nf()\nsay $x", ["2", "1"]),
    ("function fac(n) { if $n < 2 { return 1 }; return $n * fac($n - 1) }\nsay (fac(5))", ["120"]),
    ("function f(l) { for i in $l { if $i > 1 { return $i } } }\nsay (f([1..5]))", ["2"]),
    ("function f() { return }\nf()\nsay done", ["done"]),
    ("function no() { say no; return off }\nif off and no() { say a } else { say b }", ["b"]),
    ("function no() { say no; return off }\nif on or no() { say a }", ["a"]),
    (
      "function make(m) { run rehearsal-kd net on=T memory=$m as \"rp-$m\" }\nmake(5)\ncompare rp-5",
      ["rehearsal-kd 5 2.0 rp-5", "rp-5"]
    ),
    (
      "for lr in [0.003, 2] { run finetune net on=T as ft-$lr }\ncompare [ft-0.003, ft-2]\n"
        + "if exists ft-0.003 { say yes }",
      ["finetune 200 2.0 ft-0_003", "finetune 200 2.0 ft-2", "ft-0_003+ft-2", "yes"]
    ),
    ("function f(s) { run $s net on=T memory=3 as a }\nf(rehearsal-kd)", ["rehearsal-kd 3 2.0 a"]),
  ])
  func functionsAreCalled(script: String, expected: [String]) {
    #expect(said(script) == expected)
    #expect(Registry.sample.check(Script(script, name: "test"), in: Classroom.furnished) == [])
  }

  @Test(arguments: [
    ("try { step 100 } else { say $error }\nsay on", ["broken: only 5 tasks are left", "on"]),
    ("try { say a } else { say b }", ["a"]), ("try { drop nothing }\nsay on", ["on"]),
    ("for i in 1..3 { try { if $i == 2 { next }; say $i } }", ["1", "3"]),
  ])
  func failuresAreCaught(script: String, expected: [String]) {
    let lines = said(script)
    #expect(lines == expected || lines.map { "broken: " + $0 }.first == expected.first, "\(lines)")
  }

  @Test func whoeverStopsIsNotHeldUp() {
    var classroom = Classroom()
    var interpreter = Interpreter(registry: Registry.sample)
    let script = Script("try { say a } else { say b }\nsay c", name: "test")
    #expect(throws: LanguageError.self) {
      try interpreter.run(
        script, in: &classroom,
        before: { command, _ throws(LanguageError) in
          throw LanguageError(.interrupted, at: command.arguments.span(of: ""), in: script.source)
        }, after: { _, _ throws(LanguageError) in })
    }
    #expect(classroom.said == [])
  }

  /// A function stays known for the scripts after the one that declared it.
  @Test func functionsStay() throws {
    var classroom = Classroom()
    var interpreter = Interpreter(registry: Registry.sample)
    for text in ["function f(a) { say $a }", "f(1)"] {
      let script = Script(text, name: "prompt")
      #expect(
        Registry.sample.check(script, in: classroom) == [])
      try interpreter.run(script, in: &classroom) { _, _ throws(LanguageError) in }
    }
    #expect(classroom.said == ["1"])
  }

  @Test(arguments: [
    ("function f() { f() }\nf()", "more than 50 deep"), ("f(1)", "unknown command 'f'"),
    ("step(kd)", "commands have no parentheses"),
    ("function round(x) { }", "'round' is a function of the language"),
    ("function f(a) { }\nf()", "write f(a)"), ("function f(a) { }\nf(1, 2)", "write f(a)"),
    ("function f(a) { }\nf(b=1)", "write f(a)"),
    ("function f(a=1, b) { }", "move 'b' to the front"),
    ("function f(a, a) { }", "'a' is given twice"), ("function f { }", "expected '('"),
    ("function f() { }\nlet x = f()", "'f' gives no value"), ("break", "within a loop only"),
    ("return 3", "within a function only"),
    // What no call reaches is checked too.
    ("function f(a) { pretrain net on=T epoch=$a }", "unknown option 'epoch'"),
    ("function f(m) { pretrain net on=T epochs=$m }\nf(0)", "out of range"),
    ("for m in [5, 0] { if $m == 5 { next }; pretrain net on=T epochs=$m }", "out of range"),
  ])
  func mistakeIsNamed(script: String, complaint: String) {
    let errors = Registry.sample.check(Script(script, name: "test"), in: Classroom.furnished)
    let text = (errors.map { $0.text() } + said(script)).joined(separator: "\n")
    #expect(text.contains(complaint), "\(text)")
  }

  /// What cannot be reached is no mistake.
  @Test(arguments: [
    "for m in [5, 0] { if $m == 0 { break }; pretrain net on=T epochs=$m }",
    "let i = 1\nwhile $i < 9 { let i = $i * 2 }\npretrain net on=T epochs=$i",
    "function f(m) { if $m == 0 { return }; pretrain net on=T epochs=$m }\nf(0)\nf(3)",
    "while exists other { drop other }", "while on { }",
    // What an uncertain branch, a loop or 'try' sets is not known before it runs.
    "let l = [1, 2, 3]\nif exists kd { let l = [1] }\nlet y = $l[2]",
    "function two() { return 2 }\nlet l = [1, 2, 3]\nif two() == 2 { say a } else { let l = [1] }\n"
      + "let y = $l[2]",
    "function two() { return 2 }\nlet n = 0\nrepeat two() { let n = $n + 1 }\nlet y = sqrt($n - 2)",
    "let l = [1, 2]\ntry { let l = [] }\nlet y = $l[1]",
    // A certain end within a function or loop is one there, wherever it is called.
    "function f(x) { if $x == 0 { return 0 }; return 10 / $x }\ntry { let a = f(0) }",
    "let a = []\nif length($a) == 0 { say empty } elif $a[0] == 1 { say one }",
    "if not exists other { say none } else { drop other }",
    "function q() { return 0 }\nfor i in 1..2 { run finetune net on=T as r$i; if q() == 1 { break } }\n"
      + "compare [r1, r2]",
    "function conv(x) { return $x }\ndefine model layers=[conv(8, 5), pool(2)] as m",
  ])
  func whatIsNotReachedIsRight(script: String) {
    let errors = Registry.sample.check(Script(script, name: "test"), in: Classroom.furnished)
    #expect(errors == [], "\(errors.map { $0.text() })")
  }

  /// A branch that is never reached costs nothing: what follows is checked.
  @Test func loopsThatAreNotReachedCostNothing() {
    let script = """
      let mode = slow
      if $mode == fast {
        let i = 0
        while on { let i = $i + 1
          if $i == 5 { break } }
      }
      this is wrong
      """
    let errors = Registry.sample.check(Script(script, name: "test"), in: Classroom.furnished)
    #expect(errors.map(\.span.line) == [7])
  }

  /// An error in a function is where the function stands, in whatever text that is.
  @Test func faultsOfFunctionsAreInTheirOwnText() throws {
    var classroom = Classroom()
    var interpreter = Interpreter(registry: Registry.sample)
    let first = Script("function f(x) { let y = 10 / $x }", name: "first")
    try interpreter.run(first, in: &classroom) { _, _ throws(LanguageError) in }
    let errors = Registry.sample.check(Script("f(0)", name: "second"), in: classroom)
    #expect(errors.map(\.source.name) == ["first"])
  }
}
