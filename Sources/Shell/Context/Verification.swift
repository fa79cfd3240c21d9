import CommandLanguage
import Foundation
import Sentences
import Sessions

/// The comparison of commands that are carried out with the journal of a saved session.
struct Verification {
  private let path: String
  private let expected: [JournalEntry]
  private let isSameMachine: Bool
  private let machine: String?
  private let tolerance: Double
  /// The seed that the session was started with, if one was given to the program.
  let givenSeed: Int?
  private var compared = 0
  /// Commands of the script that came after the journal's last.
  private var surplus = 0

  /// - Throws: `SessionFileError`, or `Failure` if the journal is damaged.
  init(_ path: String, tolerance: Double) throws {
    let (journal, machine) = try SessionFile.journal(of: path)
    self.path = path
    self.machine = machine
    self.tolerance = tolerance
    isSameMachine = machine == ShellContext.machine
    let entries = journal.filter(\.details.isScripted)
    // What the program's options did stands in no script.
    givenSeed = entries.first { $0.details.isOption }.flatMap {
      Int($0.command.split(separator: "=").last ?? "")
    }
    expected = entries.filter { !$0.details.isOption }
    guard !expected.isEmpty else {
      throw Failure("the journal of \(path) is empty: there is nothing to compare with")
    }
  }

  /// Compares the next command.
  ///
  /// - Returns: What differs.
  mutating func difference(of entry: JournalEntry) -> String? {
    guard entry.details.isScripted else { return nil }
    guard compared < expected.count else {
      surplus += 1
      return nil
    }
    let other = expected[compared]
    let number = compared + 1
    if let difference = difference(entry, other) {
      return "command \(number) differs from \(path): \(difference)"
    }
    compared += 1
    return nil
  }

  private func difference(_ entry: JournalEntry, _ other: JournalEntry) -> String? {
    let (mine, theirs) = (entry.details, other.details)
    let isSameText = mine.essence == theirs.essence || entry.command == other.command
    let numbers = theirs.isMeasured ? numbers(mine, theirs) : nil
    if isSameText { return numbers }
    let isPrint = entry.command.hasPrefix("print ") && other.command.hasPrefix("print ")
    if isPrint { return nil }
    let text = "it was '\(other.command)'"
    return numbers.map { "\(text), and \($0)" } ?? text
  }

  private func numbers(
    _ mine: JournalEntry.Details, _ theirs: JournalEntry.Details
  ) -> String? {
    let figure = zip(mine.figures, theirs.figures).first { mine, theirs in
      mine.name != theirs.name
        || !(isSameMachine
          ? mine.value == theirs.value : abs(mine.value - theirs.value) <= tolerance)
    }
    if let (mine, theirs) = figure {
      return mine.name == theirs.name
        ? "\(mine.name) is \(mine.value), it was \(theirs.value)"
        : "its result has \(mine.name), it had \(theirs.name)"
    }
    if mine.figures.count != theirs.figures.count {
      return "its result has \(counted(mine.figures.count, "figure")), it had "
        + "\(theirs.figures.count)"
    }
    if mine.made.map(\.name) != theirs.made.map(\.name) {
      return "it made \(names(mine.made)), it had made \(names(theirs.made))"
    }
    guard isSameMachine else { return nil }
    let object = zip(mine.made, theirs.made).first { $0.digest != $1.digest }
    if let (mine, theirs) = object {
      return "'\(mine.name)' has other numbers: digest \(mine.digest.prefix(12)), it was "
        + "\(theirs.digest.prefix(12))"
    }
    return mine.figuresDigest == theirs.figuresDigest ? nil : "its result has other figures"
  }

  private func names(_ made: [JournalEntry.Made]) -> String {
    made.isEmpty ? "nothing" : made.map(\.name).joined(with: "and")
  }

  /// The verdict, when no command differed.
  func result() -> CommandOutput {
    let left = expected.count - compared
    var output = CommandOutput(
      "\(counted(compared, "command")) gave what \(path) has, "
        + (isSameMachine
          ? "bit for bit"
          : "within \(tolerance): it was saved on \(machine ?? "an unknown machine")"),
      record: VerificationRecord(
        session: path, commands: compared, exact: isSameMachine, missing: left, surplus: surplus))
    if left > 0 {
      output.notes.append(
        "\(path) goes on with \(counted(left, "command")) that the script does not have: "
          + "'\(expected[compared].command)' is the first")
    }
    if surplus > 0 {
      output.notes.append(
        "the script's last \(counted(surplus, "command")) came after \(path) was saved")
    }
    return output
  }
}

private struct VerificationRecord: Encodable {
  var session: String
  /// That were compared and found equal.
  var commands: Int
  /// Whether equal bits were asked for.
  var exact: Bool
  var missing: Int
  var surplus: Int
}

extension JournalEntry.Details {
  /// Whether anything was kept of the result: nothing is of the first of several commands that stand for
  /// one which was interrupted.
  fileprivate var isMeasured: Bool {
    !made.isEmpty || !figures.isEmpty || !figuresDigest.isEmpty || !output.isEmpty
  }
}
