/// A command with its arguments, ready to run.
public struct CheckedCommand<Context: CommandContext>: Sendable {
  public let command: Command<Context>
  public var arguments: Arguments
  /// The statement with full names, as it goes into history and scripts.
  public let statement: CommandStatement
  /// The same with the values of its references in their place, as a journal keeps it.
  public let evaluated: CommandStatement
  /// The command that this one carries out, as `time` does; none or one.
  let carriedOut: [CheckedCommand<Context>]

  /// The command that does the work: this one, or the one that it carries out.
  public var acting: CheckedCommand<Context> { carriedOut.first?.acting ?? self }

  /// Whether it carries out another command, whose words stand behind its own verb.
  public var carriesOut: Bool { !carriedOut.isEmpty }

  /// Whether some of its words are known only when the script runs: it cannot run so.
  var isLater: Bool { !acting.arguments.later.isEmpty }

  /// Whether it makes an object whose name is known only when the script runs.
  var hasLaterName: Bool { acting.arguments.later.contains(Arguments.laterName) }

  /// The objects that it will make, as far as their names are known before it runs.
  func creates(in directory: some ObjectDirectory) -> [String: ObjectKind] {
    let (command, arguments) = (acting.command, acting.arguments)
    if isLater {
      return arguments.resultName.flatMap { name in command.result.map { [name: $0] } } ?? [:]
    }
    if let objects = command.naming?(arguments, directory) { return objects }
    guard let kind = command.result, let name = arguments.resultName else { return [:] }
    return [name: kind]
  }

  /// Without the variables, for what is only looked at: a copy of them for every command is much.
  var forgettingVariables: CheckedCommand {
    var copy = self
    copy.arguments.variables = Variables()
    return copy
  }

  /// Runs the body; an error that it throws is put into words and given its place.
  public func run(in context: inout Context) throws(LanguageError) -> Context.Output {
    do {
      return try command.run(&context, arguments)
    } catch {
      throw located(error, in: context)
    }
  }

  /// An error of the body, or of what was done with its output, in words and with its place.
  ///
  /// - Parameter place: The parameter that is marked where the error names none.
  public func located(
    _ error: any Error, in context: Context, at place: String = ""
  ) -> LanguageError {
    if let error = error as? LanguageError { return error }
    var failure = error as? Failure ?? context.describe(error)
    if failure.help == nil { failure.help = "help \(command.verb)" }
    return LanguageError(.failed(failure), at: span(of: failure, place), in: arguments.source)
  }

  /// The words that a failure is about.
  private func span(of failure: Failure, _ place: String) -> Span {
    if failure.parameter == Failure.result, let name = evaluated.resultName { return name.span }
    if let parameter = failure.parameter { return arguments.span(of: parameter) }
    return failure.subject.flatMap { word in
      evaluated.arguments.lazy.compactMap { $0.value.span(ofWord: word) }.first
    } ?? arguments.span(of: place)
  }
}

extension Expression {
  /// Where a word stands in it.
  fileprivate func span(ofWord word: String) -> Span? {
    plainWord == word ? span : parts.lazy.compactMap { $0.span(ofWord: word) }.first
  }
}
