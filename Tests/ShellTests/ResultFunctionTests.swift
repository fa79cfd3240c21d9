import CommandLanguage
import Learning
import Metrics
import Sessions
import Shell
import Testing

/// What objects came to, as values of the language.
struct ResultFunctionTests {
  private static let preparation = """
    load synthetic classes=4 per-class=6 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool, flatten, dense(8), relu] size=16 as net
    run rehearsal-kd net on=T epochs=1 memory=8 as kd
    run finetune net on=T epochs=1 seeds=2 as many
    """

  private func printed(_ shell: inout TestShell, _ expression: String) throws -> String {
    try shell.output(of: "print (\(expression))").split(separator: "\n").last.map(String.init) ?? ""
  }

  @Test func figuresAreThoseOfTheRun() throws {
    var shell = try TestShell(after: Self.preparation)
    guard case .run(let object)? = shell.context.session["kd"] else {
      Issue.record("the run is missing")
      return
    }
    let run = object.run
    let metrics = run.metrics()
    let expected: [(String, Double?)] = [
      ("accuracy(kd)", metrics.final), ("average(kd)", metrics.average),
      ("forgetting(kd)", metrics.forgetting), ("backward-transfer(kd)", metrics.backwardTransfer),
      ("acc(kd)", metrics.meanOverTasks),
      ("accuracy(kd, task=1)", run.history.evaluations[0].accuracy),
      ("accuracy(kd@1)", run.history.evaluations[0].accuracy),
      ("macro(kd)", run.history.evaluations[1].macroAccuracy),
      ("exemplars(kd)", 8), ("tasks(kd)", 2), ("option(kd, memory)", 8),
      (
        "accuracy(kd) - accuracy(kd, task=1)",
        (metrics.final ?? 0) - (run.history.evaluations[0].accuracy ?? 0)
      ),
    ]
    for (expression, value) in expected {
      let text = try printed(&shell, expression)
      let found = try #require(Double(text), "\(expression): \(text)")
      #expect(abs(found - (value ?? .nan)) < 1e-9, "\(expression)")
    }
    #expect(try printed(&shell, "seconds(kd) > 0") == "on")
    #expect(try printed(&shell, "length(accuracy(many))") == "2")
    #expect(
      try printed(&shell, "mean(accuracy(many)) == (accuracy(many-0) + accuracy(many-1)) / 2")
        == "on")
    #expect(try printed(&shell, "runs(\"many*\")") == "[many-0, many-1]")
    #expect(try printed(&shell, "classes(T.2)") == "[2, 3]")
    #expect(try printed(&shell, "count(signs, class=2)") == "6")
  }

  /// Numbers in names count as numbers, and Tab knows what belongs to a run.
  @Test func namesAndPartsOfRunsAreKnown() throws {
    var shell = try TestShell(after: Self.preparation)
    try shell.run("for m in [32, 8, 128] { run finetune net on=T epochs=1 as rp-$m }")
    #expect(try printed(&shell, "runs(\"rp-*\")") == "[rp-8, rp-32, rp-128]")
    #expect(try printed(&shell, "sort([b10, b9, a])") == "[a, b9, b10]")
    func offered(_ text: String) -> [String] {
      Registry.waymark.complete(text, in: shell.context).candidates.map(\.text)
    }
    #expect(offered("let x = accuracy(rp-8") == ["rp-8", "rp-8@0", "rp-8@1", "rp-8@2"])
    #expect(offered("let x = option(kd, mem") == ["memory", "memory-from"])
    #expect(offered("branch kd at=") == ["@0", "@1", "@2"])
    #expect(offered("lesson ").prefix(2) == ["1", "2"])
    #expect(offered("help plot acc") == ["accuracy"])
    #expect(offered("help for").contains("for"))
    #expect(offered("print (round(accuracy(kd), 1) + forg") == ["forgetting("])
  }

  /// What a script asks for is checked before it runs.
  @Test(arguments: [
    ("let x = accuracy(other)", "there is no object 'other'"),
    ("let x = forgetting(net)", "'net' is a network"),
    ("let x = accuracy(net)", "of a network it needs on="),
    ("let x = accuracy(net, on=T.9)", "'T' has no part 'T.9'"),
    ("let x = accuracy(net, on=kd)", "'kd' is a run"),
    ("let x = accuracy(kd, 1)", "write accuracy(RUN|NET [, task=N] [, on=TASKS|DATA])"),
    ("let x = accuracy(kd, tsk=1)", "write accuracy(RUN|NET [, task=N] [, on=TASKS|DATA])"),
    ("let x = acuracy(kd, task=1)", "did you mean 'accuracy'?"),
    ("print (accuracy(kd) + other)", ""),
    ("if accuracy(kd) > 101 { run finetune net on=T memory=5 }", "memory"),
  ])
  func mistakesAreFoundBefore(script: String, complaint: String) throws {
    let shell = try TestShell(after: Self.preparation)
    let errors = Registry.waymark.check(Script(script, name: "test"), in: shell.context)
    let text = errors.map { $0.text() }.joined(separator: "\n")
    #expect(complaint.isEmpty ? errors.isEmpty : text.contains(complaint), "\(text)")
  }

  /// With `on=` it is measured now, as `evaluate` does.
  @Test func accuracyOnImagesIsThatOfEvaluate() throws {
    var shell = try TestShell(after: Self.preparation)
    for (function, field) in [("accuracy", "accuracy"), ("macro", "accuracy_macro")] {
      for (model, images) in [("net", "T.1"), ("kd", "T"), ("kd@1", "T.1"), ("kd", "signs")] {
        let text = try printed(&shell, "\(function)(\(model), on=\(images))")
        let record = try shell.json(of: "evaluate \(model) on=\(images)")
        let expected = try #require(record[field] as? Double)
        #expect(abs(Double(text)! - expected) < 0.005, "\(function) of \(model) on \(images)")
      }
    }
    #expect(try printed(&shell, "length(accuracy(many, on=T.1))") == "2")
    #expect(shell.error(of: "expect loss kd on=T.1 above=0")?.text().contains("on=") == true)
    #expect(try shell.output(of: "expect accuracy kd on=T.1 below=101").contains("as expected"))
  }

  @Test func valuesSteerAScript() throws {
    var shell = try TestShell(after: Self.preparation)
    let output = try shell.output(
      of: """
        function best(names) {
          let winner = $names[0]
          for name in $names { if accuracy($name) > accuracy($winner) { let winner = $name } }
          return $winner
        }
        let winner = best([kd, many-0, many-1])
        print "best: $winner" (accuracy($winner) >= max(accuracy(many)))
        """)
    #expect(output.contains(" on\n") && output.contains("best: "), "\(output)")
    #expect(shell.error(of: "print (option(kd, memry))")?.text().contains("memory") == true)
    #expect(shell.error(of: "print (accuracy(kd, task=9))")?.text().contains("2 tasks") == true)
  }
}
