import CommandLanguage
import Testing

/// What stands behind the caret of a script's only error.
private func advice(
  _ text: String, registry: Registry<Classroom> = .sample, in classroom: Classroom = .furnished
) -> [String] {
  registry.check(Script(text, name: "lesson.way"), in: classroom).map { error in
    error.wording.suggestion ?? error.wording.message
  }
}

/// A call of another language is written with all its arguments.
@Test(arguments: [
  ("compare(ft, kd)", "compare [ft, kd]"), ("compare([ft, kd])", "compare [ft, kd]"),
  ("compare(kd)", "compare kd"),
  // Of an object and with it.
  ("net.fit(T)", "pretrain net on=T"), ("net.fit(T.1, epochs=5)", "pretrain net on=T.1 epochs=5"),
  ("net.fit()", "pretrain net on=…"), ("fit(net, T)", "pretrain net on=T"),
  ("pretrain(net, epochs=5)", "pretrain net on=… epochs=5"), ("pretrain()", "pretrain NET on=…"),
  ("kd.accuracy(1)", "show kd"), ("kd(1)", "show kd"),
  // Names of arguments.
  ("net.fit(epochs = 5, on = T)", "pretrain net on=T epochs=5"),
  ("pretrain(on=T, net=net)", "pretrain net on=T"),
  ("net.fit(T, learning_rate=0.1)", "pretrain net on=T lr=0.1"),
  ("net.fit(T, verbose=0)", "pretrain net on=T verbose=0"),
  ("run(net, T)", "run STRATEGY net on=T"),
  ("run('rehearsal-kd', net, T, memory=5)", "run rehearsal-kd net on=T memory=5"),
  ("run(memory=5, strategy=rehearsal-kd, net=net)", "run rehearsal-kd net on=… memory=5"),
  ("net.fit(on=T, 0.5)", "pretrain net on=T …"),
  // Values of other kinds.
  ("imshow(signs, n=4)", "show batch signs n=4"),
  ("imshow(signs, no)", "show batch signs labels=no"),
  ("compare(ft, 'a b.csv')", "compare ft > \"a b.csv\""),
  ("pretrain($n, T)", "pretrain $n on=T"),
  ("xyzzy(gtsrb)", "unknown command 'xyzzy'"), ("load(gtsrb)", "load gtsrb"),
  ("define(model, simplecnn)", "define model simplecnn"),
  // What would only say a name.
  ("say(net)", "show net"), ("say(net, T)", "show net; show T"), ("echo(\"a b\")", "say \"a b\""),
  ("say('net is', net)", "say \"net is\" net"),
  // What has no place, or cannot be read.
  ("imshow(signs, T)", "show batch WORDS OPTION=VALUE, with blanks between"),
  ("fit(kd, T)", "pretrain WORDS OPTION=VALUE, with blanks between"),
  ("net.fit(T, 5, 6)", "pretrain net on=T …"), ("compare(ft + kd)", "compare ft …"),
  ("pretrain(net, on=T", "pretrain net on=T …"), ("time(say(net))", "time COMMAND …"),
])
func callIsWrittenAsACommand(call: String, meant: String) {
  let isUnknown = meant.hasPrefix("unknown")
  #expect(advice(call) == [isUnknown ? meant : "write " + meant])
}

@Test(arguments: [
  ("epochs = 5", "let epochs = 5"), ("epochs=5", "let epochs = 5"), ("e = 2 * 3", "let e = 2 * 3"),
  ("all = [1, 2]", "let all = [1, 2]"),
  ("net2 = simplecnn", "define model simplecnn as net2"),
  ("net2=simplecnn", "define model simplecnn as net2"),
  ("kd2 = rehearsal-kd net", "run rehearsal-kd net on=… as kd2"),
  ("mine = load folder ~/x", "load folder ~/x as mine"),
  ("T2 = tasks signs size=8", "tasks signs size=8 as T2"),
  ("ft2 = run(finetune, net, T)", "run finetune net on=T as ft2"),
  // Nothing that could be named.
  ("x = say hi", "say hi"), ("x = net.fit(T)", "pretrain net on=T"), ("x = kd.accuracy", "show kd"),
  // No name, or nothing that could be read.
  ("x = len(ft)", "let x = length(ft)"), ("x = 5 +", "let x = VALUE, or COMMAND as x"),
  ("x =", "let x = VALUE, or COMMAND as x"),
  ("a.b = simplecnn", "let a.b = VALUE, or COMMAND as a.b"),
])
func assignmentIsWrittenAsACommand(assignment: String, meant: String) {
  #expect(advice(assignment) == ["write " + meant])
}

/// Nothing is read ahead that would leave a text open: a typed line with a mistake is complete.
@Test(arguments: ["compare(ft,", "net.fit([T", "x = [1,", "x = compare([ft"])
func mistakeDoesNotAskForMore(text: String) {
  let script = Script(text, name: "prompt")
  #expect(!script.errors.isEmpty && !script.isIncomplete)
}

// MARK: Words of other tools

private let registry = Registry<Classroom>(
  [.compare, .say, .loadFolder, .source, .show],
  habits: [
    Habit("cd", "pushd", hint: "stay"), Habit("|", at: .argument, hint: "no pipes"),
  ])

@Test(arguments: [
  ("cd x", "stay"), ("pushd", "stay"), ("cdx", "unknown command 'cdx'"),
  ("compare ft | less", "no pipes"), ("compare ft |less", "no pipes"),
  ("load folder | as m", "no pipes"), ("compare ft > a.csv | less", "no pipes"),
  ("load folder x as m | less", "no pipes"), ("| less", "unknown command '|'"),
  ("compare cd", "there is no object 'cd'"),
])
func wordsOfOtherToolsAreAnswered(line: String, said: String) {
  let error = registry.check(Script(line, name: "lesson.way"), in: Classroom.furnished).first
  let wording = error?.wording
  #expect(wording?.message == said || wording?.suggestion == said, "\(String(describing: wording))")
}

@Test(arguments: ["say a | b", "load folder '|' as m", "source a.way x=|"])
func marksMayStandWhereTheyAreText(line: String) {
  #expect(registry.check(Script(line, name: "lesson.way"), in: Classroom()) == [])
}

/// The caret is below the mark, and the message says where it stands.
@Test func markOfAnotherShellIsMarked() throws {
  let errors = registry.check(Script("compare ft | less", name: "test"), in: Classroom.furnished)
  #expect(
    errors.map { $0.text() } == [
      """
      error: unexpected '|'
        test:1:12
          compare ft | less
                     ^ no pipes
      """
    ])
}
