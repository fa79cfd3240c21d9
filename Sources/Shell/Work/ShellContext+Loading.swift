import CommandLanguage
import Datasets
import Networks
import Sessions

extension ShellContext {
  mutating func load(
    _ source: DataSource, _ arguments: Arguments
  ) throws -> CommandOutput {
    let data = try loadData(source)
    let name = arguments.resultName ?? "data"
    session.set(name, to: .data(data))
    return CommandOutput(
      described(name), notes: Self.notes(of: data), record: record(of: name))
  }

  /// What was left out of a data set, guessed or found lacking, a line each.
  static func notes(of data: DataSet) -> [String] { data.notes.map { "note: \($0)" } }

  /// Loads with a progress bar; Ctrl-C ends it.
  mutating func loadData(_ source: DataSource) throws -> DataSet {
    var bar = console.progress
    var stopping = UrgentStop(self)
    defer { bar.finish() }
    return try DataSet.load(source, threads: training.device.threads) { state in
      bar.update(
        Progress("loading", completed: state.images, total: state.total, unit: "image"))
      if stopping.isWanted(&bar, during: "loading") { throw SessionProblem.stopped }
    }
  }
}
