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

  /// The objects that it will make, as far as their names are known before it runs.
  var creates: [String: ObjectKind] {
    let (command, arguments) = (acting.command, acting.arguments)
    if let objects = command.naming?(arguments) { return objects }
    guard let kind = command.result, let name = arguments.resultName else { return [:] }
    return [name: kind]
  }

  /// Runs the body; an error that it throws is put into words and given its place.
  public func run(in context: inout Context) throws(LanguageError) -> Context.Output {
    let failure: Failure
    do {
      return try command.run(&context, arguments)
    } catch let error as LanguageError {
      throw error
    } catch let error as Failure {
      failure = error
    } catch {
      failure = context.describe(error)
    }
    var complete = failure
    if complete.help == nil { complete.help = "help \(command.verb)" }
    let span = failure.parameter.map { arguments.span(of: $0) } ?? arguments.verbSpan
    throw LanguageError(.failed(complete), at: span, in: arguments.source)
  }
}
