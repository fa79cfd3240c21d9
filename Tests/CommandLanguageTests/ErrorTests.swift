import CommandLanguage
import Testing

/// The first lines of each error of a script: message, and what stands behind the caret.
private func complaints(_ text: String, in classroom: Classroom = .furnished) -> [String] {
  Registry.sample.check(Script(text, name: "lesson.way"), in: classroom).map { error in
    error.wording.message + (error.wording.suggestion.map { " | " + $0 } ?? "")
  }
}

@Test(arguments: [
  // Verbs.
  ("pretrian net on=T", "unknown command 'pretrian' | did you mean 'pretrain'?"),
  ("fit net on=T", "unknown command 'fit' | did you mean 'pretrain'?"),
  ("imshow signs", "unknown command 'imshow' | did you mean 'show batch'?"),
  ("load", "'load' needs a second word | load gtsrb or load folder"),
  ("load gtrsb", "unknown command 'load gtrsb' | did you mean 'load gtsrb'?"),
  ("xyzzy", "unknown command 'xyzzy'"),
  ("[1, 2]", "expected a command, found '['"),
  ("'pretrain' net", "expected a command, found ''pretrain''"),
  // Arguments.
  ("pretrain on=T", "'pretrain' needs NET | the network to train"),
  ("pretrain net", "'pretrain' needs on=TASK|TASKS | the images to train on"),
  ("pretrain net T", "'pretrain' takes this as an option | write on=…"),
  ("pretrain net on=T epochs", "'epochs' has no value | write epochs=VALUE, without blanks"),
  ("pretrain net on=T epochs=", "'epochs' has no value | write epochs=VALUE, without blanks"),
  ("pretrain net on=T epochs= 5", "'epochs' has no value | write epochs=VALUE, without blanks"),
  ("pretrain net on=T epochs = 5", "blanks around '=' | write option=value"),
  ("pretrain net on=T on=T", "option 'on' is given twice"),
  (
    "pretrain net on=T learning_rate=1",
    "unknown option 'learning_rate' for 'pretrain' | 'pretrain' calls it 'lr'"
  ),
  (
    "pretrain net on=T epochs=0",
    "0 is out of range for 'epochs' | expected a whole number from 1 to 1000"
  ),
  (
    "pretrain net on=T epochs=2.5",
    "'2.5' is not a whole number from 1 to 1000 for 'epochs'"
  ),
  (
    "pretrain net on=T epochs='5'",
    "the text '5' is not a whole number from 1 to 1000 for 'epochs'"
  ),
  (
    "pretrain net on=T epochs=99999999999999999999",
    "99999999999999999999 is out of range for 'epochs' | expected a whole number from 1 to 1000"
  ),
  ("pretrain net on=T lr=0", "0 is out of range for 'lr' | expected a number above 0 to 10"),
  ("pretrain net on=T lr=nan", "'nan' is not a number above 0 to 10 for 'lr'"),
  (
    "pretrain net on=T.9",
    "'T' has no part 'T.9' for 'on' | it has T.1, T.2, T.3, T.4 or T.5"
  ),
  ("pretrain nett on=T", "there is no object 'nett' | did you mean 'net'?"),
  ("pretrain T on=T", "'T' is a task sequence, not a network"),
  (
    "run finetune net on=T memory=5", "'finetune' has no option 'memory' | rehearsal-kd has it"
  ),
  ("run finetune net on=T memroy=5", "unknown option 'memroy' for 'run'"),
  (
    "run rehearsal-kd net on=T memroy=5",
    "unknown option 'memroy' for 'run' | did you mean 'memory'?"
  ),
  (
    "run rehearsal net on=T",
    "unknown word 'rehearsal' | did you mean 'rehearsal-kd'?"
  ),
  ("run zzz net on=T", "unknown word 'zzz' | it can be finetune or rehearsal-kd"),
  ("step kd 5 6", "unexpected '6' for 'step'"),
  ("step unit=day", "unknown word 'day' for 'unit' | it can be task, epoch or batch"),
  (
    "tasks signs size=8 order=5..1",
    "the range 5..1 runs backwards for 'order' | did you mean 1..5?"
  ),
  (
    "tasks signs size=8 order=[1, 99]",
    "99 is out of range for 'order' | expected whole numbers from 0 to 42, such as 3, 0..7 or [1, 4]"
  ),
  (
    "tasks signs size=8 order=0..99999999999",
    "0..99999999999 is out of range for 'order' | expected whole numbers from 0 to 42, such as 3, 0..7 or [1, 4]"
  ),
  (
    "tasks signs size=8 order=random",
    "unknown word 'random' for 'order' | it can be natural or shuffled"
  ),
  ("define model layers=[conv(32), relu]", "'conv(CHANNELS, SIZE)' takes 2 values, found 1"),
  ("define model layers=[conb(32,5)]", "unknown layer 'conb' | did you mean 'conv'?"),
  (
    "define model layers=[]",
    "the list is empty for 'layers' | expected a list of layers such as [conv(32, 3), relu, pool]"
  ),
  ("show batch signs labels=maybe", "'maybe' is not on or off for 'labels'"),
  // Results and output.
  ("drop net as x", "'drop' makes nothing that 'as' could name"),
  ("tasks signs size=8 as", "no name after 'as'"),
  (
    "tasks signs size=8 as 5x",
    "'5x' cannot be a name | a letter, then letters, digits, '_' or '-'; no word of the language"
  ),
  (
    "tasks signs as T size=8",
    "only '> FILE' may follow 'as NAME', found 'size' | move it before 'as'"
  ),
  ("compare [ft] >", "no file's name after '>'"),
  ("compare [ft] > a.docx", "'compare' cannot write '.docx' | it writes .csv or .json"),
  (
    "compare [ft] > a",
    "the file name has no extension, so the format is unknown | it writes .csv or .json"
  ),
  ("drop net > x.csv", "'drop' has nothing to write to a file"),
  // Form.
  ("compare [ft, kd", "'[' is not closed | add ']'"),
  ("compare [ft kd]", "expected ',' or ']', found 'kd'"),
  ("say a, b", "',' outside a list | a list is [a, b]; a text is 'a, b'"),
  ("compare ft]", "']' closes nothing"),
  ("say 'open", "the text is not closed | add '"),
  ("say \"a\\q\"", "unknown escape '\\q' | there are \\n \\t \\\" \\\\ \\$ \\u{…}"),
  ("say ${a", "'${' without a name and '}' | write ${name}"),
  ("}", "'}' closes nothing"),
  ("if net = 5 { say x }", "'=' does not compare | did you mean '=='?"),
  ("else { say x }", "'else' without an 'if' before it"),
  ("for i in 1..3", "expected '{', found the end of the line"),
  ("version 3", "language version 3 is unknown | this program knows versions 1 to 2"),
  ("pretrain (net on=T", "expected an operator or ')', found 'on'"),
  ("define model layers=[conv (32, 5)]", "expected ',' or ']', found '('"),
  ("time time say x", "unexpected 'time' for 'time'"),
  // Only a condition ends words at '=='.
  ("if yes; say a==b", "expected '{', found the end of the line"),
  ("let a = 1 2", "unexpected '2'"),
  ("let 5x = 3", "'5x' cannot be a variable | a letter or '_', then letters, digits or '_'"),
  ("let a-b=3", "'a-b' cannot be a variable | a letter or '_', then letters, digits or '_'"),
  ("let a.b = 3", "'a.b' cannot be a variable | a letter or '_', then letters, digits or '_'"),
  (
    "for a-b in 1..2 { say x }",
    "'a-b' cannot be a variable | a letter or '_', then letters, digits or '_'"
  ),
  // Variables.
  ("let size = 3; say $sise", "unknown variable 'sise' | did you mean 'size'?"),
  ("let a = 1 / 0", "division by zero"),
  ("let a = 0 / 0", "division by zero"),
  ("let a = 1.5 / 0", "division by zero"),
  ("let a = 1e308 * 10", "the result is too large"),
  ("let a = 9223372036854775807 + 1", "the result is too large"),
  ("let a = 5 + x", "'+' needs numbers, found a text"),
  ("for i in net { say x }", "'for' needs a list or a range, found a text"),
  ("for i in 1..1000001 { say x }", "more than 1000000 repetitions"),
  ("for i in 1000000..0 { say x }", "more than 1000000 repetitions"),
  ("repeat -1 { say x }", "'repeat' needs a whole number from 0, found '-1'"),
])
func mistakeIsNamed(script: String, complaint: String) {
  #expect(complaints(script) == [complaint])
}

@Test func allErrorsOfAScriptAreReportedAndOneMistakeIsOne() {
  #expect(
    complaints(
      """
      lod gtsrb as mine
      tasks mine size=8 as U
      pretrain net on=U.1 epochs=0 # three
      compare [ft
      , kdd]
      """) == [
        "unknown command 'lod' | did you mean 'load gtsrb'?",
        "0 is out of range for 'epochs' | expected a whole number from 1 to 1000",
        "there is no object 'kdd' | did you mean 'kd'?",
      ])
}

@Test func objectsOfEarlierStatementsCountAsLive() {
  let script = """
    load gtsrb as signs
    tasks signs size=8 as T
    define model simplecnn as net
    pretrain net on=T.1
    for m in [10, 100] { run rehearsal-kd net on=T memory=$m as kd_$m }
    compare [kd_10, kd_100]
    restore session old.waymark
    compare [unheard]
    """
  #expect(complaints(script, in: Classroom()) == [])
}

@Test func loopChecksEveryValueOfItsVariable() {
  #expect(
    complaints("for e in [1, 5000] { pretrain net on=T epochs=$e }") == [
      "5000 is out of range for 'epochs' | expected a whole number from 1 to 1000"
    ])
}

/// A branch that the values rule out may hold what those values would make wrong; what is wrong
/// whatever they are is found there too.
@Test(arguments: [
  ("let n = 0\nif $n > 0 { pretrain net on=T epochs=$n }", []),
  ("let n = 0\nif $n == 0 { say none } else { pretrain net on=T epochs=$n }", []),
  ("let n = 0\nif $n > 0 { let share = 1 / $n }", []),
  ("let n = 0\nif $n == 0 { say none } elif $n < 9 { pretrain net on=T epochs=$n }", []),
  ("let n = 0\nif not $n > 0 { say none } else { if yes { pretrain net on=T epochs=$n } }", []),
  (
    "let n = 0\nif $n > 0 { pretrain net on=T epoch=5 }",
    ["unknown option 'epoch' for 'pretrain' | did you mean 'epochs'?"]
  ),
  (
    "let n = 0\nif $n < 1 { pretrain net on=T epochs=$n }",
    ["0 is out of range for 'epochs' | expected a whole number from 1 to 1000"]
  ),
  (
    "let n = 0\nif not exists x { pretrain net on=T epochs=$n }",
    ["0 is out of range for 'epochs' | expected a whole number from 1 to 1000"]
  ),
])
func branchesThatValuesRuleOutMayBeWrong(script: String, expected: [String]) {
  #expect(complaints(script) == expected)
}

@Test func whatIsNeededAndNotThereIsNamedWithWhatMakesIt() throws {
  let script = Script("pretrain net on=T", name: "lesson.way")
  let errors = Registry.sample.check(script, in: Classroom())
  let wording = try #require(errors.first).wording
  #expect(wording.message == "there is no object 'net'")
  #expect(
    wording.suggestion == "a network is needed, and there is none yet: 'define model' makes one")
  #expect(wording.help == "help define model")
}
