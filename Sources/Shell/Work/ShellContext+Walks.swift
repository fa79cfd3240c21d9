package import CommandLanguage
import PlainText
import Sessions
import System

extension ShellContext {
  func shelf() throws -> LessonShelf {
    guard let shelf = LessonShelf() else { throw HelpProblem.noLessonFiles }
    return shelf
  }

  /// Begins a walk, or goes on with it where it was left.
  mutating func follow(
    _ walk: Walk, _ command: String, _ arguments: Arguments, _ from: Parameter<Int?>
  ) throws -> CommandOutput {
    let first = arguments[from]
    if let first, first > walk.steps.count { throw HelpProblem.noStep(count: walk.steps.count) }
    if first == nil, guide.isGuiding, var left = self.guide.walk, left.command == command {
      left.goOn()
      self.guide.walk = left
      return .nothing
    }
    return try begin(walk, named: command, from: first ?? 1)
  }

  mutating func leaveWalk(_ kind: String) throws -> CommandOutput {
    guard var walk = followedWalk, walk.command.hasPrefix(kind) else {
      throw HelpProblem.noWalk(kind: kind)
    }
    walk.isFollowed = false
    self.guide.walk = walk
    return CommandOutput(
      "'\(walk.command)' continues here; in another session, "
        + "'\(walk.command) from=\(walk.position + 1)'")
  }

  /// The walk that the prompt follows, if any.
  var followedWalk: WalkProgress? { guide.walk?.isFollowed == true ? guide.walk : nil }

  /// Shows the next step before the prompt, once; at the end of the walk, its last words.
  package mutating func showWalk() {
    guard var walk = followedWalk, !walk.isShown else { return }
    guard let step = walk.step else {
      self.guide.walk = nil
      try? say(
        "\n" + walk.walk.ending.wrappedParagraphs(width: console.terminal.readingWidth) + "\n\n")
      return
    }
    let isFirst = walk.position == 0
    try? say(walk.walk.text(of: step, isFirst: isFirst, on: console.terminal))
    if isFirst || walk.position == 1 {
      try? say(
        wrap(
          "(Enter carries out the line above. Type it, change it, or try anything else: the step "
            + "stays until it is done. '\(walk.stopCommand)' leaves, '\(walk.command)' continues.)",
          width: console.terminal.readingWidth) + "\n\n")
    }
    walk.isShown = true
    self.guide.walk = walk
  }

  /// What a line typed at the prompt stands for: an empty one, for the walk's step.
  package func statement(typed text: String) -> String {
    guard text.allSatisfy(\.isWhitespace), let step = followedWalk?.step else { return text }
    return step.statement
  }

  /// Whether a statement does what the walk's step is about: the same command, naming its result
  /// in the same way.
  package func isStep(_ typed: CheckedScript<ShellContext>) -> Bool {
    guard let wanted = followedWalk?.step?.statement else { return false }
    let text = typed.script.source.text
    if text == wanted { return true }
    guard typed.script.statements.count == 1, let verb = typed.first?.command.verb,
      verb == self.verb(of: wanted)
    else { return false }
    return Walk.result(of: text) == Walk.result(of: wanted)
  }

  /// The full verb of a single command.
  private func verb(of text: String) -> String? {
    let script = Script(text, name: "")
    guard script.statements.count == 1, case .command(let command) = script.statements[0] else {
      return nil
    }
    return try? Registry.waymark.check(
      command, from: script.source, variables: Variables(), reading: .abbreviated, in: self
    ).command.verb
  }

  /// Begins a walk, or goes on with it; away from the prompt, carries it out to its end.
  mutating func begin(
    _ walk: Walk, named command: String, from first: Int = 1
  ) throws -> CommandOutput {
    try makeRoom(for: walk, first: first, command)
    for step in walk.steps.prefix(first - 1) {
      guard let name = Walk.result(of: step.statement), session[name] == nil else { continue }
      try carryOut(step.statement, of: command, quietly: true)
    }
    guard !guide.isGuiding else {
      self.guide.walk = WalkProgress(walk: walk, command: command, position: first - 1)
      return .nothing
    }
    guard depth < Self.depthLimit else {
      throw SessionProblem.scriptsTooDeep(limit: Self.depthLimit)
    }
    depth += 1
    defer { depth -= 1 }
    for (position, step) in walk.steps.enumerated().dropFirst(first - 1) {
      if !console.printsJSON {
        try say(walk.text(of: step, isFirst: position == 0, on: console.terminal))
      }
      try carryOut(step.statement, of: command, quietly: false)
      if ends { return .nothing }
    }
    return console.printsJSON
      ? .nothing
      : CommandOutput("\n" + walk.ending.wrappedParagraphs(width: console.terminal.readingWidth))
  }

  private mutating func carryOut(_ statement: String, of command: String, quietly: Bool) throws {
    var interpreter = Interpreter(registry: Registry.waymark, variables: guide.variables)
    interpreter.isInterrupted = training.isInterrupted
    let show = console.show
    if quietly { self.console.show = { _ in } }
    defer { self.console.show = show }
    try interpreter.carryOut(Script(statement, name: command), in: &self)
    guide.variables = interpreter.variables
  }

  /// Objects that the walk is going to make must not be there: asks whether they may go.
  private mutating func makeRoom(for walk: Walk, first: Int, _ command: String) throws {
    let wanted = Set(walk.steps.dropFirst(first - 1).compactMap { Walk.result(of: $0.statement) })
    let taken = session.names.filter(wanted.contains)
    guard !taken.isEmpty else { return }
    guard console.isInteractive,
      confirm("'\(command)' makes \(taken.joined(with: "and")) again. Drop what is there now?")
    else { throw SessionProblem.keptForWalk(command: command, names: taken) }
    for name in taken { session.remove(name) }
    if let run = workspace.currentRun, taken.contains(run) { workspace.currentRun = nil }
  }
}

extension Walk {
  /// A step as it is shown: what it is about, then its statement behind a prompt.
  func text(of step: Step, isFirst: Bool, on output: TerminalInfo) -> String {
    func bold(_ text: String) -> String { output.isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    var blocks = isFirst ? [bold(title)] : []
    if !step.text.isEmpty {
      blocks.append(step.text.wrappedParagraphs(width: output.readingWidth))
    }
    let lines = step.statement.split(separator: "\n")
    blocks.append(lines.map { "    " + bold(String($0)) }.joined(separator: "\n"))
    return "\n" + blocks.joined(separator: "\n\n") + "\n\n"
  }
}
