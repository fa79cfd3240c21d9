import CommandLanguage
import Testing

/// What stands in `let`, in conditions and in parentheses.
struct ExpressionTests {
  @Test(arguments: [
    ("2 ^ 3", "8"), ("2 ^ 3 ^ 2", "512"), ("2 ^ -1", "0.5"), ("-2 ^ 2", "4"), ("7 % 3", "1"),
    ("-7 % 3", "2"), ("7 % -3", "-2"), ("7.5 % 2", "1.5"), ("(1 + 2) * 3", "9"),
    ("2 * (3 + 4) ^ 2", "98"), ("-(2 + 3)", "-5"), ("0.5 * 4", "2"), ("10 / 4 / 5", "0.5"),
    // Numbers are exact; what people read has 15 digits.
    ("0.1 + 0.2", "0.3"), ("0.1 + 0.2 == 0.3", "off"), ("round(0.1 + 0.2, 3) == 0.3", "on"),
    ("1 / 3", "0.333333333333333"), ("1e-7 / 3", "3.33333333333333e-08"),
    ("1 < 2 and 2 < 3", "on"), ("1 < 2 and 2 > 3 or on", "on"), ("not on or on", "on"),
    ("not (on or on)", "off"), ("not 1 > 2 and on", "on"), ("3 in [1, 2, 3]", "on"),
    ("3 in 1..5", "on"), ("6 in [1..5]", "off"), ("not 6 in [1..5]", "on"),
    ("cat in 'a cat'", "on"),
    ("[1, 2] + [3]", "[1, 2, 3]"), ("[1..2] + 3..4", "[1, 2, 3, 4]"), ("'a' + b", "ab"),
    ("'n = ' + (1 + 1)", "n = 2"), ("[1 + 1, 2 * 3]", "[2, 6]"), ("[[1, 2], [3]][0][1]", "2"),
    ("not", "not"), ("and", "and"), ("exists net", "on"), ("exists net and not exists other", "on"),
  ])
  func expressionComesTo(expression: String, expected: String) {
    // A list right before a list is not a position.
    let text = expression.hasPrefix("[[") ? "([[1, 2], [3]])[0][1]" : expression
    #expect(said("let x = \(text)\nsay \"${x}\"") == [expected] || shown(text) == expected)
  }

  /// Lists cannot stand in a text.
  private func shown(_ expression: String) -> String {
    said("let x = \(expression)\nsay (join($x, \", \"))").map { "[\($0)]" }.first ?? ""
  }

  @Test(arguments: [
    ("round(2.5)", "3"), ("round(-2.5)", "-3"), ("round(3.14159, 2)", "3.14"),
    ("format(2, 2)", "2.00"), ("floor(-0.5)", "-1"), ("ceil(1.2)", "2"), ("abs(-3)", "3"),
    ("sqrt(16)", "4"), ("exp(0)", "1"), ("log(1)", "0"), ("length([1, 2..4])", "4"),
    ("length('four')", "4"), ("sum([1, 2, 3])", "6"), ("sum(1, 2)", "3"), ("sum([])", "0"),
    ("mean([1, 2])", "1.5"), ("sd([1, 2, 3, 4])", "1.29099444873581"), ("min(3, 1, 2)", "1"),
    ("max([1..9])", "9"), ("join(sort([3, 1, 2]), '-')", "1-2-3"),
    ("join(sort([b, a, 10]))", "10 a b"), ("join(reverse([1..3]))", "3 2 1"),
    ("join(unique([1, 1.0, 2]))", "1 2"), ("join(range(0, 1, 0.25))", "0 0.25 0.5 0.75 1"),
    ("join(range(3, 1))", "3 2 1"), ("length(range(0, 1, 0.1))", "11"),
    ("join(split('a b  c'), '+')", "a+b+c"), ("length(split('1,2,,', ','))", "4"),
    ("upper('ab')", "AB"), ("lower('AB')", "ab"), ("replace('a.b.c', '.', '_')", "a_b_c"),
  ])
  func functionComesTo(expression: String, expected: String) {
    #expect(said("let x = \(expression)\nsay \"${x}\"") == [expected])
    #expect(said("say (\(expression))").first?.isEmpty == false)
  }

  @Test(arguments: [
    ("$l[0]", "a"), ("$l[-1]", "c"), ("$l[1 + 1]", "c"), ("join($l[0..1])", "a b"),
    ("join($l[1..-1])", "b c"), ("length($l[2..1])", "0"), ("(1..3)[1]", "2"),
  ])
  func positionsCountFromZero(expression: String, expected: String) {
    #expect(
      said("let l = [a, b, c]\nlet x = \(expression)\nsay \"${x}\"") == [expected])
  }

  /// In an argument only what stands in parentheses is worked out.
  @Test(arguments: [
    ("let n = 3\nrun rehearsal-kd net on=T memory=($n * 2) as a", "rehearsal-kd 6 2.0 a"),
    ("run rehearsal-kd net on=T memory=(0.5 * 8) as a", "rehearsal-kd 4 2.0 a"),
    ("let l = [5, 6]\nrun rehearsal-kd net on=T memory=$l[1] as a", "rehearsal-kd 6 2.0 a"),
    ("say round(2.5)", "round(2.5)"), ("say (round(2.5)) 2 * 3", "3 2 * 3"),
    ("say (1 > 2) (1==1)", "off on"), ("let b = a\nlet x = rp-$b/3\nsay $x 2*3", "rp-a/3 2*3"),
    (
      "let l = [conv(1, 2)]\ndefine model layers=($l + [pool, conv(3, 4)]) as m",
      "- conv[1, 2] pool[] conv[3, 4]"
    ),
  ])
  func argumentsWorkOutParentheses(script: String, expected: String) {
    #expect(said(script) == [expected])
  }

  /// What is journaled is what ran.
  @Test func journalHasValuesNotExpressions() throws {
    var classroom = Classroom.furnished
    var interpreter = Interpreter(registry: Registry.sample)
    var lines: [String] = []
    let script = Script("let n = 0.1\nsay ($n + 0.2) [1 + 1, 'a b'] \"${n}\"", name: "test")
    try interpreter.run(script, in: &classroom) { step, _ throws(LanguageError) in
      lines.append(step.command.evaluated.description)
    }
    #expect(lines == ["say 0.30000000000000004 [2, \"a b\"] \"0.1\""])
  }

  @Test(arguments: [
    ("let x = 1 < 2 < 3", "two comparisons in a row"), ("let x = (1 + 2", "'(' is not closed"),
    ("let x = [1, 2][5]", "unexpected '['"), ("let l = [1]\nlet x = $l[1]", "no element 1"),
    ("let l = []\nlet x = $l[0]", "the list is empty"), ("let x = mean([])", "at least 1 number"),
    ("let x = sd(1)", "a list"), ("let x = round(a)", "'round' needs a number, found a text"),
    ("let x = round(1, 2, 3)", "write round(NUMBER [, DECIMALS])"),
    ("let x = round(1, decimals=2)", "write round(NUMBER [, DECIMALS])"),
    ("let x = 1 and on", "'and' needs a comparison"), ("if 1 in 2 { }", "'in' needs a list"),
    ("let x = 5 % 0", "division by zero"), ("let x = 2 ^ 99", "too large"),
    ("let x = $l[a]", "unknown variable"),
    ("let l = [1]\nlet x = $l[a]", "a position is a whole number"),
    ("let x = kd + 1", "'+' needs numbers"), ("let x = range(1, 200000)", "more than 100000"),
    ("let x = range(1, 1e30)", "more than 100000"), ("let x = range(1, 5, 0)", "more than 100000"),
    ("let x = 2 ^ 9000000000000000000", "too large"),
    ("let x = length(-9223372036854775807..9223372036854775807)", "needs a list"),
    ("let x = length([0..1000000])", "needs a list"), ("let x = sqrt(-1)", "no number"),
    ("say (fact(3))", "there is no function 'fact'"),
    ("let n = 3\nlet x = $n-1", "an operator has a blank on each side"),
    ("say (2*3)", "an operator has a blank on each side"),
    ("let x = meen([1, 2])", "did you mean 'mean'?"),
    ("let x = len([1, 2])", "did you mean 'length'?"),
    ("for i in [1..count(kd)] { }", "did you mean 'range(FROM, TO)'?"),
    ("x += 1", "unknown command 'x'"), ("while 3 { }", "'while' needs a comparison"),
  ])
  func mistakeIsNamed(script: String, complaint: String) {
    let lines = said(script)
    #expect(lines.last?.contains(complaint) ?? false, "\(lines)")
  }

  /// What grows, or nests, without end is refused in words.
  @Test func nothingGrowsWithoutBound() {
    let positions = String(repeating: "[0]", count: 8000)
    #expect(said("let l = [1]\nlet x = $l\(positions)").last?.contains("nest too deeply") ?? false)
    let text = "let x = 'aaaaaaaa'\nrepeat 40 { let x = $x + $x }"
    #expect(said(text).last?.contains("too large") ?? false)
  }

  /// An element that came out of a list stands where it is used.
  @Test func faultsAreWhereValuesAreUsed() {
    let errors = Registry.sample.check(
      Script("let all = [nothing]\ncompare $all", name: "test"), in: Classroom.furnished)
    #expect(errors.map(\.span.line) == [2])
  }
}
