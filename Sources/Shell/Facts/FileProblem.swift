import CommandLanguage
import System

/// Why a result or a session cannot go into a file, or come out of one.
enum FileProblem: Problem {
  case noneNamed
  /// The command writes only to a file; as it would be written up to `>`.
  case noTarget(command: String)
  case cannotAppend
  case noTable
  case noPicture(path: String)
  case wrongForm(String, kind: ObjectKind, known: [String])
  case notAReport(name: String)
  /// With `--safe`; the caret marks `>` without a parameter.
  case denied(path: String, Permissions.Denial, parameter: String?)
  case unwritable(FileFailure, parameter: String?)
  /// A person did not want it to be replaced.
  case kept(path: String)
  /// A saved session where a script should be.
  case isSession(path: String)
  case scriptTooLarge(path: String, limit: Int)
  case notUTF8(path: String)
  case live(name: String)
  case noSessions(folder: String)

  /// Whether a session file stands where a script should be.
  var isOfSession: Bool { if case .isSession = self { true } else { false } }
}
