import CommandLanguage
import Testing

/// What a typed line becomes in history.
private func expanded(_ line: String, registry: Registry<Classroom> = .sample) -> String {
  guard case .command(let statement)? = Script(line, name: "prompt").statements.first else {
    return "no command"
  }
  do throws(LanguageError) {
    return try registry.check(
      statement, from: Source(name: "prompt", text: line), reading: .abbreviated,
      in: Classroom.furnished
    ).statement.description
  } catch {
    return error.wording.message
  }
}

@Test(arguments: [
  ("pre net on=T ep=3", "pretrain net on=T epochs=3"),
  ("fit net on=T learning_rate=0.1", "pretrain net on=T lr=0.1"),
  ("imshow signs n=4", "show batch signs n=4"),
  ("sho b signs", "show batch signs"),
  ("load g as s", "load gtsrb as s"), ("load fold ../x", "load folder ../x"),
  ("load signs", "load folder signs"), ("load fodler x", "unknown command 'load fodler'"),
  ("net", "show net"),
  ("tim pre net on=T", "time pretrain net on=T"),
  ("tim tim pre net on=T", "unexpected 'tim' for 'time'"),
  ("s", "'s' is ambiguous"),
  ("dro net", "'dro' is an abbreviation, and 'drop' is destructive: type it in full"),
  ("rm net", "unknown command 'rm'"),
  ("define model simplecnn out=5", "unknown option 'out' for 'define model'"),
])
func promptExpandsWords(line: String, expected: String) {
  #expect(expanded(line) == expected)
}

/// Of a command that destroys something no word is guessed.
@Test(arguments: [
  ("plan fir=1", "plan first=1"), ("plan fin=2", "plan final=2"),
  ("plan fi=1", "option 'fi' is ambiguous"), ("plan f=1", "option 'f' is ambiguous"),
  ("wipe first=1", "wipe first=1"), ("wipe fir=1", "unknown option 'fir' for 'wipe'"),
])
func promptExpandsOptionsThatAreUnique(line: String, expected: String) {
  func command(_ verb: String, isDestructive: Bool) -> Command<Classroom> {
    Command(
      verb, "Has two options.", category: .session, effect: isDestructive ? .destroys : .changes,
      parameters: ["first", "final"].map {
        Parameter.option($0, .integer(0...9), default: 0, "A number.")
      }, examples: [Example(verb, "Nothing.")]
    ) { _, _ in }
  }
  let registry = Registry([
    command("plan", isDestructive: false), command("wipe", isDestructive: true),
  ])
  #expect(expanded(line, registry: registry) == expected)
}

@Test(arguments: [
  (
    "",
    [
      "let", "for", "repeat", "if", "load", "tasks", "define", "pretrain", "T", "ft", "kd", "net",
      "signs",
    ]
  ),
  ("pre", ["pretrain"]),
  ("load ", ["gtsrb", "folder"]),
  ("show batch s", ["signs"]),
  ("pretrain n", ["net"]),
  ("pretrain net on=T.", ["T.1", "T.2", "T.3", "T.4", "T.5"]),
  ("pretrain net e", ["epochs="]),
  ("show batch signs labels=", ["on", "off"]),
  ("run reh", ["rehearsal-kd"]),
  ("run rehearsal-kd net on=T m", ["memory="]),
  ("run finetune net on=T m", []),
  ("compare [ft, k", ["kd"]),
  ("define model layers=[conv(32,5), l", ["lrelu"]),
  ("repeat 3 { pre", ["pretrain"]),
  ("time pretrain net ep", ["epochs="]),
  ("say x; dr", ["drop"]),
])
func tabOffersWhatMayStandHere(text: String, expected: [String]) {
  let found = Registry.sample.complete(text, in: Classroom.furnished).candidates.map(\.text)
  #expect(text.isEmpty ? Set(expected).isSubset(of: found) : found == expected)
}

/// Functions with how they are called, and what may stand in the call.
@Test(arguments: [
  ("let x = le", ["length("]), ("let x=accu", ["accuracy("]), ("if not ma", ["max("]),
  ("while accuracy(", ["ft", "kd", "$memory"]), ("say (accuracy(k", ["kd"]),
  ("let x = accuracy(kd, t", ["task="]), ("let x = option(kd, m", ["memory"]),
  ("let x = round(me", ["mean("]), ("say (round(1, ab", ["abs("]), ("return mi", ["min("]),
  ("let x = ar", ["area("]), ("ar", ["area("]), ("area(le", ["length("]),
  ("if exists s", ["signs"]), ("for i i", ["in"]), ("for i in ra", ["range("]), ("let x", []),
  ("for i in [1, 2] { br", ["break"]), ("if on { say a } el", ["else", "elif"]), ("br", []),
  ("if $x a", ["and"]), ("let x = 1 + fl", ["floor("]), ("say mi", []), ("say accuracy(k", []),
])
func tabOffersWhatIsWorkedOut(text: String, expected: [String]) throws {
  var classroom = Classroom.furnished
  var interpreter = Interpreter(registry: Registry.sample)
  let script = Script("function area(width, height=2) { return 1 }", name: "prompt")
  try interpreter.run(script, in: &classroom) { _, _ in }
  let found = Registry.sample.complete(text, variables: ["memory"], in: classroom).candidates
  #expect(found.map(\.text) == expected)
}

@Test func functionsAreOfferedWithTheirForm() {
  let found = Registry.sample.complete("let x = roun", in: Classroom.furnished).candidates
  #expect(found.map(\.explanation).first?.hasPrefix("round(NUMBER [, DECIMALS]): ") ?? false)
}

@Test(arguments: [
  ("say $m", ["memory", "mode"]), ("say \"a ${mem", ["memory"]), ("say x$mo", ["mode"]),
  ("say '$m", []), ("say $m.", []),
])
func tabOffersVariablesBehindTheirSign(text: String, expected: [String]) {
  let found = Registry.sample.complete(
    text, variables: ["memory", "mode", "other"], in: Classroom.furnished)
  #expect(found.candidates.map(\.text) == expected)
}

@Test func tabAsksForFilesWhereAPathMayStand() {
  let registry = Registry.sample
  #expect(registry.complete("load folder ../da", in: Classroom()).takesFiles)
  #expect(registry.complete("compare ft > cur", in: Classroom()).takesFiles)
  #expect(registry.complete("load folder ../da", in: Classroom()).word == "../da")
  let quoted = registry.complete("compare [ft] > 'a b/c", in: Classroom())
  #expect(quoted.takesFiles && quoted.word == "a b/c" && quoted.quote == "'")
  #expect(!registry.complete("pretrain ", in: Classroom()).takesFiles)
}

@Test(arguments: [
  ("compare [ft,", true), ("for i in 1..3 {", true), ("say 'a", true), ("say \"a $x", true),
  ("run finetune \\", true), ("let x = \\", true), ("define model layers=[conv(3,", true),
  ("for i in [1, 2", true), ("say a", false), ("for i in 1..3 { say $i }", false),
  ("say ] [", false), ("say ']", true), ("", false), ("compare [a; b", false),
])
func openTextAsksForAnotherLine(text: String, isIncomplete: Bool) {
  #expect(Script(text, name: "prompt").isIncomplete == isIncomplete)
}

@Test(arguments: [
  ("pre net on=T ep=3; net # look", "pretrain net on=T epochs=3; show net"),
  ("pretrain   net on=T # kept", "pretrain   net on=T # kept"),
  (
    "for e in [1, 2] {\n  fit net on=T ep=$e\n}",
    "for e in [1, 2] {\n  pretrain net on=T epochs=$e\n}"
  ),
  ("nonsense ]", "nonsense ]"),
])
func historyGetsFullNames(text: String, expected: String) {
  #expect(
    Registry.sample.checked(
      Script(text, name: "prompt"), reading: .abbreviated, in: Classroom.furnished
    ).fullText == expected)
}

@Test func journalGetsValuesInPlaceOfReferences() throws {
  let text = """
    let m = 5; let t = "5"; let l = [1, conv(2, $m)]
    say $m $t $l x_$m "a $m" [$m, $t]
    """
  var classroom = Classroom()
  var journal: [String] = []
  var interpreter = Interpreter(registry: Registry.sample)
  try interpreter.run(
    Script(text, name: "test"), in: &classroom
  ) { step, _ throws(LanguageError) in journal.append(step.command.evaluated.description) }
  #expect(
    journal == ["say 5 \"5\" [1, conv(2, 5)] x_5 \"a 5\" [5, \"5\"]"])
}

@Test func journalGetsNamesAndFilesOfResultsInPlaceOfReferences() throws {
  let text = "for i in 1..2 { tasks signs size=$i as T_$i > tasks$i.csv }"
  var classroom = Classroom.furnished
  var journal: [String] = []
  var interpreter = Interpreter(registry: Registry.sample)
  try interpreter.run(
    Script(text, name: "test"), in: &classroom
  ) { step, _ throws(LanguageError) in journal.append(step.command.evaluated.description) }
  #expect(
    journal == [
      "tasks signs size=1 as T_1 > tasks1.csv", "tasks signs size=2 as T_2 > tasks2.csv",
    ])
}
