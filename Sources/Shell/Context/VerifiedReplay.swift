import CommandLanguage
import Experiments
import PlainText
import Sessions

/// A replay that is held against a saved session, in words.
struct VerifiedReplay {
  private let path: String
  private let machine: String?
  private let tolerance: Double
  var comparison: Verification

  /// - Throws: `SessionFileError`, or `SessionProblem` if the journal is empty.
  init(_ path: String, tolerance: Double) throws {
    let (journal, machine) = try SessionFile.journal(of: path)
    self.path = path
    self.machine = machine
    self.tolerance = tolerance
    let comparison = Verification(
      journal, isExact: machine == ShellContext.machine, tolerance: tolerance
    ) { Registry.waymark.effect(of: $0) == .says }
    guard let comparison else { throw SessionProblem.emptyJournal(path: path) }
    self.comparison = comparison
  }

  /// Compares the next command.
  ///
  /// - Returns: What differs.
  mutating func difference(of entry: JournalEntry) -> String? {
    let number = comparison.compared + 1
    return comparison.difference(of: entry).map {
      "command \(number) differs from \(path): \($0.message)"
    }
  }

  /// The verdict, when no command differed.
  func result() -> CommandOutput {
    let (compared, missing) = (comparison.compared, comparison.missing)
    var output = CommandOutput(
      "\(counted(compared, "command")) gave what \(path) has, "
        + (comparison.isExact
          ? "bit for bit"
          : "within \(tolerance): it was saved on \(machine ?? "an unknown machine")"),
      record: [
        "session": path, "commands": compared, "exact": comparison.isExact,
        "missing": missing.count, "surplus": comparison.surplus,
      ] as ResultRecord)
    if let next = missing.first {
      output.notes.append(
        "\(path) has \(counted(missing.count, "more command")) that the script does not have: "
          + "'\(next.command)' is the first")
    }
    if comparison.surplus > 0 {
      output.notes.append(
        "the script's last \(counted(comparison.surplus, "command")) came after \(path) was saved")
    }
    return output
  }
}

extension Verification.Difference {
  fileprivate var message: String {
    switch self {
    case .command(let command, let other):
      "it was '\(command)'" + (other.map { ", and \($0.message)" } ?? "")
    case .value(let name, let now, let then): "\(name) is \(now), it was \(then)"
    case .figure(let now, let then): "its result has \(now), it had \(then)"
    case .figureCount(let now, let then):
      "its result has \(counted(now, "figure")), it had \(then)"
    case .made(let now, let then): "it made \(list(now)), it had made \(list(then))"
    case .digest(let name, let now, let then):
      "'\(name)' has other numbers: fingerprint \(now.prefix(12)), it was \(then.prefix(12))"
    case .otherMetrics: "its result has other figures"
    }
  }

  private func list(_ made: [String]) -> String {
    made.isEmpty ? "nothing" : made.joined(with: "and")
  }
}
