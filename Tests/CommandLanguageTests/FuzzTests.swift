import CommandLanguage
import Synchronization
import TestSupport
import Testing

/// Inputs that nobody would write: none may crash, hang or leave a statement half done.
struct FuzzTests {
  @Test func inputsOfAllKindsAreReadCheckedPrintedAndCarriedOut() throws {
    try #require(ScriptCorpus.texts.count > 60)
    var inputs = ScriptMutations(of: ScriptCorpus.texts, seed: ScriptCorpus.seed)
    var seen: Set<String> = []
    var tally = (right: 0, carriedOut: 0)
    for number in 0..<ScriptCorpus.inputCount {
      let text = inputs.next()
      let trial = Trial(text, completes: number.isMultiple(of: 8))
      if let problem = trial.problem {
        Issue.record("input \(number), \(problem): \(text.debugDescription)")
        return
      }
      tally.right += trial.isRight ? 1 : 0
      tally.carriedOut += trial.steps
      if seen.insert(trial.signature).inserted { inputs.adopt(text) }
    }
    #expect(seen.count > 100)
    #expect(tally.right > ScriptCorpus.inputCount / 200)
    #expect(tally.carriedOut > ScriptCorpus.inputCount / 200)
    print("fuzzing: \(ScriptCorpus.inputCount) inputs, \(seen.count) kinds, \(tally)")
  }
}

/// What became of one input.
private struct Trial {
  /// What should never be.
  private(set) var problem: String?
  /// What kinds of error and statement it has: inputs with the same are much alike.
  private(set) var signature = ""
  private(set) var isRight = false
  /// Commands that were carried out.
  private(set) var steps = 0

  private static let stepLimit = 50
  /// How often statements and rounds of loops begin.
  private static let questionLimit = 2000

  init(_ text: String, completes: Bool) {
    let script = Script(text, name: "fuzz")
    let errors = Registry.sample.check(script, in: Classroom.furnished)
    signature = Set(errors.prefix(1).map { Self.kind(of: $0.fact) }).joined()
    signature += " " + script.statements.prefix(3).map(Self.kind).joined()
    for error in errors.prefix(2) where !Self.isWithin(error, text) {
      problem = "an error outside the source, \(error.span)"
    }
    if script.errors.isEmpty { checkPrinting(script) }
    if completes {
      _ = Registry.sample.complete(text, in: Classroom.furnished)
      let full = Registry.sample.checked(
        script, reading: .abbreviated, in: Classroom.furnished
      ).fullText
      if script.errors.isEmpty, !Script(full, name: "fuzz").errors.isEmpty {
        problem = "full names make it wrong: \(full.debugDescription)"
      }
    }
    if errors.isEmpty, problem == nil {
      isRight = !script.statements.isEmpty
      carryOut(script)
    }
  }

  /// A script prints as one that parses to the same statements.
  private mutating func checkPrinting(_ script: Script) {
    let printed = script.statements.map(\.description).joined(separator: "\n")
    let again = Script(printed, name: "fuzz")
    if !again.errors.isEmpty || again.statements != script.statements {
      problem = "prints as \(printed.debugDescription)"
    }
  }

  /// Every command is done, or leaves no trace; the journal's lines read back as they stand.
  private mutating func carryOut(_ script: Script) {
    var classroom = Classroom.furnished
    var interpreter = Interpreter(registry: Registry.sample)
    // A loop without commands has no other end.
    let asked = Counter()
    interpreter.isInterrupted = { asked.next() > Self.questionLimit }
    var begun = 0
    var done: [String] = []
    do throws(LanguageError) {
      try interpreter.run(
        script, in: &classroom,
        before: { command, _ throws(LanguageError) in
          begun += 1
          if begun > Self.stepLimit {
            throw LanguageError(
              .interrupted, at: command.arguments.span(of: ""), in: script.source)
          }
        },
        after: { step, _ throws(LanguageError) in
          done.append(step.command.evaluated.description)
        })
    } catch {
      // Only the last one may have failed.
      if done.count < begun - 1 { problem = "it went on after an error" }
      if error.text().isEmpty { problem = "an error without words" }
    }
    steps = done.count
    for line in done {
      let again = Script(line, name: "journal")
      if !again.errors.isEmpty || again.statements.map(\.description) != [line] {
        problem = "the journal has \(line.debugDescription)"
      }
    }
  }

  private static func isWithin(_ error: LanguageError, _ text: String) -> Bool {
    let lines = text.reduce(1) { $0 + ($1 == "\n" || $1 == "\r\n" || $1 == "\r" ? 1 : 0) }
    let line = error.source.line(error.span.line)
    return (1...lines).contains(error.span.line)
      && (1...line.count + 1).contains(error.span.column) && error.span.length > 0
      && !error.text().isEmpty
  }

  private static func kind(of fact: LanguageError.Fact) -> String {
    String(String(describing: fact).prefix { $0.isLetter })
  }

  private static func kind(_ statement: Statement) -> String {
    switch statement {
    case .version: "v"
    case .assignment: "l"
    case .loop: "f"
    case .repetition: "r"
    case .loopWhile: "w"
    case .leave: "b"
    case .attempt: "t"
    case .function: "d"
    case .giveBack: "g"
    case .call: "k"
    case .conditional: "i"
    case .command(let command): "c\(min(command.arguments.count, 3))"
    }
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
