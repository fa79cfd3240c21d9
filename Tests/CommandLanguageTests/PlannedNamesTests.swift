import CommandLanguage
import Testing

extension ObjectKind {
  fileprivate static let runs = ObjectKind("runs", "runs of several seeds")
}

extension Registry<Classroom> {
  /// With a command that makes `x-1` and `x-2` out of `as x`, and one without a name of its own.
  fileprivate static let withTwins = Registry(
    Registry.sample.commands + [
      Command(
        "twins", "Makes two runs.", category: .strategies, effect: .changes, result: .run,
        examples: [Example("twins as x", "Two runs.")],
        naming: { arguments, _ in
          arguments.resultName.map { [$0: .runs, "\($0)-1": .run, "\($0)-2": .run] }
        }
      ) { _, _ in }
    ], objectVerb: "show")
}

/// A script is checked before anything runs: what its commands will make is known there.
struct PlannedNamesTests {
  private func complaints(_ text: String) -> [String] {
    Registry.withTwins.check(Script(text, name: "test"), in: Classroom.furnished)
      .map(\.wording.message)
  }

  @Test(arguments: [
    "twins as x\ncompare [x-1, x-2]\ndrop x",
    "twins\nrun finetune net on=T\ncompare [run1-1, run1-2, run2]",
    "for i in 1..2 { twins as x$i }\ncompare [x1-1, x2-2]",
    "time twins as x\ncompare x-2",
    "time run finetune net on=T as q\ncompare [q, ft]\nq",
    "time define model simplecnn as mine\npretrain mine on=T",
    "time run finetune net on=T\ncompare run1",
    "time restore session a.waymark\ncompare anything",
    "restore session a.waymark\nanything",
    "repeat 3 { run finetune net on=T }\ncompare [run1, run2, run3]",
    "let n = 0\nrepeat 3 { let n = $n + 1; run finetune net on=T as r$n }\ncompare [r1, r2, r3]",
    "let x = 1\nlet x = $x + 1\npretrain net on=T epochs=$x",
    "let t = 0\nfor i in 1..4 { let t = $t + $i }\npretrain net on=T epochs=$t",
    "let e = 2\nif $e > 5 { let e = many } else { say few }\npretrain net on=T epochs=$e",
  ])
  func rightScriptIsNotRefused(script: String) {
    #expect(complaints(script) == [])
  }

  @Test(arguments: [
    ("twins as x\ncompare x-3", "there is no object 'x-3'"),
    ("twins as x\ncompare x", "'x' is runs of several seeds, not a run"),
    ("time run finetune net on=T as q\ncompare qq", "there is no object 'qq'"),
    ("repeat 3 { run finetune net on=T }\ncompare run4", "there is no object 'run4'"),
    // One error is not many.
    ("twins 5 as x\ncompare [x, x-1]", "unexpected '5' for 'twins'"),
    ("let x = $x + 1", "unknown variable 'x'"),
  ])
  func wrongNameIsFound(script: String, message: String) {
    #expect(complaints(script) == [message])
  }

  @Test func variableMayStandInItsOwnAssignment() {
    #expect(said("let x = 1\nlet x = $x + 1\nsay $x") == ["2"])
    #expect(said("let t = 0\nfor i in 1..4 { let t = $t + $i }\nsay $t") == ["10"])
  }

  /// Name and file of what `time` carries out are the result's.
  @Test func timedCommandKeepsNameAndFile() throws {
    let compared = try checked("time compare [ft, kd] > a.csv")
    #expect(compared.output?.path == "a.csv")
    #expect(compared.output?.appends == false)
    #expect(try checked("time compare ft >> a.txt format=csv").format == "csv")
    let run = try checked("time run finetune net on=T replace=on as ft")
    #expect(run.resultName == "ft" && run.replaces)
  }

  /// A result without `as` gets a free name.
  @Test(arguments: [
    ("run finetune net on=T", "run1"), ("run finetune net on=T as q", "q"),
    ("time run finetune net on=T", "run1"), ("time run finetune net on=T as q", "q"),
  ])
  func resultIsNamedByAsOrGetsAFreeName(text: String, name: String) throws {
    #expect(try checked(text).resultName == name)
  }

  private func checked(_ text: String) throws -> Arguments {
    let script = Script(text, name: "test")
    guard case .command(let statement)? = script.statements.first else { throw Missing() }
    return try Registry.sample.check(statement, from: script.source, in: Classroom.furnished)
      .arguments
  }

  private struct Missing: Error {}
}
