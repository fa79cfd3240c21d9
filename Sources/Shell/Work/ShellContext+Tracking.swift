import CommandLanguage
import PlainText
import System
import Tracking

extension ShellContext {
  mutating func track(
    _ form: Tracking.Target.Form, _ parameter: Parameter<String>, _ arguments: Arguments
  ) throws -> CommandOutput {
    let path = arguments[parameter]
    try checkCanWrite(path, named: parameter, isFolder: [String].folders.contains(form.word))
    try training.tracking.add(.init(form, path: path, runs: arguments[TrackParameters.only] ?? []))
    return CommandOutput("runs are logged in \(path)")
  }

  /// Says what logs could not be written.
  func complain(_ failures: [LogError]) {
    for failure in failures {
      console.tell(
        "a log cannot be written: \(failure.message); the training continues without it",
        as: "note", prefix: "note: ")
    }
  }
}
