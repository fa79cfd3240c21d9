import CommandLanguage
import Experiments
import Foundation
import PlainText
import Sessions

extension Command<ShellContext> {
  static var replay: ShellCommand {
    let file = Parameter.positional("file", .path, "The script.")
    let verify = Parameter.optional(
      "verify", .path, "A session file: whether the script gives what is in it, bit for bit.")
    let tolerance = Parameter.option(
      "tolerance", .real(0...100), default: 2,
      "How far figures may differ if the file comes from another kind of processor.")
    return ShellCommand(
      "replay", "Runs a script in an empty session; verify= compares it with a saved session.",
      category: .session, effect: .destroys, searchWords: ["reproduce"],
      parameters: [file, verify, tolerance], pairs: "Variables that the script sees.",
      bringsObjects: true, repetition: .byStatements,
      examples: [
        Example("replay lesson.way", "In place of what is live."),
        Example("replay lesson.way verify=day1.waymark", "Whether it is what was done that day."),
      ], seeAlso: ["source", "save script", "save session"],
      discussion: """
        With verify= nothing is written and what is live stays as it is. Every command's objects \
        and figures are compared with those in the file's journal; the first that differs is named. \
        On the same kernels all bits must be equal. Where the file was saved on another kind of \
        processor, figures may be apart by the tolerance: accuracies by so many points.
        """
    ) { context, arguments in
      let path = arguments[file]
      let script = Script(try ScriptFile.read(path), name: path)
      var replayed = context.fresh()
      if let file = arguments[verify] {
        replayed.record.verification = try VerifiedReplay(file, tolerance: arguments[tolerance])
        replayed.session.settings.seed =
          replayed.record.verification?.comparison.givenSeed ?? replayed.session.settings.seed
        replayed.safety.autosaving.file = nil
        replayed.console.show = { _ in }
      }
      do {
        try replayed.summingUp { try $0.carryOut(script, arguments.pairs) }
        context.expectations = replayed.expectations
      } catch {
        // What Ctrl-C leaves of a replay is worth more than nothing.
        if arguments[verify] == nil, context.session.names.isEmpty { context.take(replayed) }
        throw error
      }
      if let verification = replayed.record.verification { return verification.result() }
      context.take(replayed)
      return CommandOutput("replayed \(path): \(counted(context.session.names.count, "object"))")
    }
  }
}

extension ShellContext {
  /// A context with nothing live.
  fileprivate func fresh() -> ShellContext {
    var fresh = self
    fresh.workspace = Workspace()
    fresh.functions = FunctionLibrary()
    fresh.workspace.givenSeed = workspace.givenSeed
    fresh.session.settings.threads = session.settings.threads
    fresh.session.settings.plots = session.settings.plots
    fresh.session.settings.progress = session.settings.progress
    fresh.session.settings.seed = workspace.givenSeed ?? 0
    fresh.safety.autosaving.savedRevision = 0
    return fresh
  }

  /// Makes what another context has live its own.
  fileprivate mutating func take(_ other: ShellContext) {
    session = other.session
    workspace.currentRun = other.workspace.currentRun
    training.device = other.training.device
    console.progress = other.console.progress
    workspace.file = other.workspace.file
    safety.autosaving = other.safety.autosaving
  }

  /// Checks a script whole and carries it out in this context.
  mutating func carryOut(_ script: Script, _ pairs: [Arguments.Pair]) throws {
    var variables = Variables()
    for pair in pairs { variables.give(pair.key.value, pair.operand) }
    let registry = Registry.waymark
    let checked = registry.checked(script, variables: variables, in: self)
    if let error = LanguageError(checked.errors) { throw error }
    guard depth < ShellContext.depthLimit else {
      throw SessionProblem.scriptsTooDeep(limit: ShellContext.depthLimit)
    }
    depth += 1
    defer { depth -= 1 }
    var interpreter = Interpreter(registry: registry, variables: variables)
    interpreter.isInterrupted = training.isInterrupted
    try interpreter.carryOut(script, first: checked.first, in: &self)
  }
}
