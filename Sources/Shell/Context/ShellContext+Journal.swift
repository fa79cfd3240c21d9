import CommandLanguage
import Datasets
import Digests
import Experiments
import Foundation
import Sessions

extension ShellContext {
  /// Keeps a command in the journal: in full, with its comments, what it made and what it measured.
  ///
  /// - Parameter earlier: The session before the command.
  mutating func record(
    _ command: CheckedCommand<ShellContext>, output: CommandOutput, since earlier: Session,
    seconds: Double, _ comments: inout ScriptComments
  ) {
    let acting = command.acting
    guard acting.command.effect != .leaves else { return }
    var details = JournalEntry.Details()
    switch acting.command.repetition {
    case .always: break
    case .never: details.isScripted = false
    case .ifGiven(let option):
      details.isScripted = command.statement.arguments.contains { $0.key?.value == option }
    case .byStatements: return
    }
    let line = command.arguments.span(of: "").line
    (details.above, details.behind) = comments.take(at: line)
    let statement = command.repeatable(in: earlier, naming: workspace.impliedRun)
    details.essence = command.essence
    details.made = session.changes(since: earlier).map {
      .init(name: $0, digest: (try? session.fingerprint(of: $0)) ?? "")
    }
    details.keep(output, of: command.command.verb)
    let time = Date().timeIntervalSince1970
    guard let scripted = output.scripted else {
      session.journal.append(
        JournalEntry(command: "\(statement)", time: time, seconds: seconds, details: details))
      return
    }
    for (index, command) in scripted.enumerated() {
      let isLast = index == scripted.count - 1
      var part = isLast ? details : JournalEntry.Details()
      (part.above, part.behind) = index == 0 ? (details.above, details.behind) : ([], nil)
      part.essence = command
      session.journal.append(
        JournalEntry(command: command, time: time, seconds: isLast ? seconds : 0, details: part))
    }
  }

  /// Compares the command that was kept last with the session that is verified.
  mutating func verify(_ command: CheckedCommand<ShellContext>) throws(LanguageError) {
    guard let entry = session.journal.last,
      let difference = record.verification?.difference(of: entry)
    else { return }
    throw command.located(SessionProblem.differs(difference), in: self, at: Failure.output)
  }

  /// Keeps the comments below a script's last command.
  mutating func recordRest(_ comments: inout ScriptComments) {
    guard let last = session.journal.indices.last else { return }
    session.journal[last].details.below += comments.takeRest()
  }
}

extension JournalEntry.Details {
  /// Figures that a journal keeps of one result, and characters of its text.
  private static let figureLimit = 200
  private static let outputLimit = 16_000

  /// Keeps what a command printed and measured.
  mutating func keep(_ result: CommandOutput, of verb: String) {
    let all = result.figures(of: verb)
    figures = Array(all.prefix(Self.figureLimit))
    figuresDigest = all.isEmpty ? "" : Self.digest(of: all)
    output = String(result.text(width: 100).prefix(Self.outputLimit))
  }

  /// Whether a command that gives this now gave the same at its time: the same text, and the same
  /// numbers if they are of the same verb.
  func agree(with result: CommandOutput, of verb: String?) -> Bool {
    var now = Self()
    now.keep(result, of: verb ?? "")
    return now.output == output && (verb == nil || now.figuresDigest == figuresDigest)
  }

  private static func digest(of figures: [JournalEntry.Figure]) -> String {
    var digest = Digest()
    for figure in figures {
      digest.update(figure.name)
      digest.update([figure.value.bitPattern])
    }
    return digest.finish()
  }
}

extension JournalEntry {
  /// The command as lines of a script, with its comments.
  var scriptLines: [String] {
    details.above + [command + (details.behind.map { "  " + $0 } ?? "")] + details.below
  }
}

extension CheckedCommand<ShellContext> {
  /// The command without paths and output file, which change nothing of what it computes.
  fileprivate var essence: String {
    let (arguments, declared) = (acting.arguments, acting.command.parameters)
    let paths = declared.filter { $0.shape == .path && arguments.isGiven($0) }
    var statement = evaluated
    statement.output = nil
    let words = zip(self.statement.arguments, evaluated.arguments).filter { written, _ in
      !paths.contains { path in
        written.key?.value == path.name || written.value.span == arguments.span(of: path.name)
      }
    }
    statement.arguments = words.map(\.1)
    return "\(statement)"
  }

  /// The command as it can be carried out again: a person who was asked has allowed what `replace=on`
  /// allows a script, and the run that was the last one then is named.
  func repeatable(in session: Session, naming run: String? = nil) -> CommandStatement {
    var statement = evaluated
    let arguments = acting.arguments
    if let run {
      let words = acting.command.verb.split(separator: " ").count - (carriesOut ? 0 : 1)
      statement.arguments.insert(
        .init(key: nil, value: .word(run, at: arguments.span(of: ""))),
        at: min(words, statement.arguments.count))
    }
    if let name = arguments.resultName, session[name] != nil, !arguments.replaces {
      statement.arguments.append(
        .init(
          key: Located("replace", at: arguments.span(of: "")),
          value: .word("on", at: arguments.span(of: ""))))
    }
    return statement
  }
}
