import CommandLanguage

/// What the language costs beside the commands' own time.
struct LanguageGoals {
  let rounds: Int

  func measure() throws -> [Goal] {
    try Self.loops.map { name, text, statements in
      Goal(
        name, try time(in: .microseconds(statements)) { try Self.carryOut(text) }, unit: "µs",
        .atMost(10), note: "of \(statements) statements, each without its command's own work")
    } + [
      Goal(
        "checking 1,000 lines",
        try time(in: .milliseconds(1)) { try Self.check(Self.script) }, unit: "ms", .atMost(50),
        note: "read, and walked over as far as a check goes")
    ]
  }

  private func time(in unit: Duration, _ work: () throws -> Void) rethrows -> Sample {
    var sample = Sample()
    for _ in 0..<rounds {
      let start = ContinuousClock.now
      try work()
      sample.add((ContinuousClock.now - start) / unit)
    }
    return sample
  }

  // MARK: What is carried out

  private static let loops: [(name: String, text: String, statements: Int)] = [
    ("let in a loop", "let x = 0\nfor i in 1..50000 { let x = $x + $i; let y = $x % 7 }", 100_000),
    (
      "if in a loop",
      "let x = 0\nrepeat 50000 { if $x > 3 and $x < 9 { let x = 0 } else { let x = 1 } }",
      100_000
    ),
    ("print in a loop", "for i in 1..100000 { print round $i \"of ${i}\" ($i * 2) }", 100_000),
    (
      "options in a loop",
      "for i in 1..100000 { train net on=T epochs=3 lr=0.01 seed=$i }", 100_000
    ),
    (
      "calls in a loop",
      "function twice(a, b=2) { return $a * $b }\nfor i in 1..50000 { let x = twice($i) }", 100_000
    ),
  ]

  private static func carryOut(_ text: String) throws {
    let script = Script(text, name: "benchmark")
    var desk = Desk()
    var interpreter = Interpreter(registry: registry)
    try interpreter.run(script, in: &desk) { _, _ in }
  }

  private static func check(_ text: String) throws {
    if let error = registry.check(Script(text, name: "benchmark"), in: Desk()).first { throw error }
  }

  // MARK: What is checked

  /// A thousand lines of all kinds.
  private static let script: String = {
    var lines = ["version 1", "function twice(a, b=2) { return $a * $b }"]
    for number in 0..<91 {
      lines += [
        "# The part \(number).",
        "let epochs\(number) = \(number) + 1",
        "let sizes = [8, 32, \(number)]",
        "for size in $sizes {",
        "  if $size > 8 and not exists other\(number) {",
        "    train net on=T.\(number % 5 + 1) epochs=$epochs\(number) lr=0.001  # as said",
        "  } else { print \"size $size\" (twice($size)) }",
        "}",
        "train net on=T epochs=\(number + 1) seed=\(number) > out-\(number).csv",
        "print \"accuracy of part ${epochs\(number)}\" (round($epochs\(number) / 3, 2))",
        "let x\(number) = join(sort([3, 1, 2]), \", \")",
      ]
    }
    return lines.prefix(1000).joined(separator: "\n")
  }()

  private static let registry = Registry<Desk>([
    Command(
      "print", "Says words.", category: .init("All", order: 1), effect: .says,
      parameters: [Parameter.words("words", "What to say.")], examples: []
    ) { _, _ in },
    Command(
      "train", "Trains.", category: .init("All", order: 1), effect: .changes,
      parameters: [
        Parameter.positional("net", .object(Desk.net), "A network."),
        Parameter.required("on", .object(Desk.tasks), "Tasks."),
        Parameter.option("epochs", .integer(1...1000), default: 4, "Passes."),
        Parameter.option("lr", .real(above: 0), default: 0.001, "The rate."),
        Parameter.option("seed", .seed, default: 1, "The seed."),
      ], formats: ["csv"], examples: []
    ) { _, _ in },
  ])
}

/// A session of one network and its tasks.
private struct Desk: CommandContext {
  typealias Output = Void

  static let net = ObjectKind("network", "a network")
  static let tasks = ObjectKind("tasks", "a task sequence")

  var functions = FunctionLibrary()
  var names: [String] { ["T", "net"] }

  func kind(of name: String) -> ObjectKind? {
    name == "net" ? Self.net : name == "T" || name.hasPrefix("T.") ? Self.tasks : nil
  }

  func names(of kind: ObjectKind) -> [String] { kind == Self.net ? ["net"] : ["T"] }
}
