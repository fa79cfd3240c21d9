import CommandLanguage
import Datasets
import Networks
import Sessions

extension ShellContext {
  mutating func load(_ source: DataSource, _ arguments: Arguments) throws -> CommandOutput {
    let data = try loadData(source)
    let name = arguments.resultName ?? "data"
    session.set(name, to: .data(data))
    return told(name, notes: Self.notes(of: data))
  }

  /// What was left out of a data set, guessed or found lacking, a line each.
  static func notes(of data: DataSet) -> [String] { data.notes.map { "note: \($0)" } }

  /// Loads with a progress bar; Ctrl-C ends it.
  mutating func loadData(_ source: DataSource) throws -> DataSet {
    var bar = console.progress
    var stopping = UrgentStop(self)
    defer { bar.finish() }
    return try DataSet.load(source, threads: training.device.threads) { state in
      bar.update(Progress("loading", completed: state.images, total: state.total, unit: "image"))
      if stopping.isWanted(&bar, during: "loading") { throw SessionProblem.stopped }
    }
  }
}

/// Whether a command that is better finished shall stop: at the first Ctrl-C it says that another
/// one within two seconds would stop it.
struct UrgentStop {
  private let isInterrupted: @Sendable () -> Bool
  private let isUrgent: @Sendable () -> Bool
  private var hasSaidSo = false

  init(_ context: ShellContext) {
    isInterrupted = context.training.isInterrupted
    isUrgent = context.training.isUrgent
  }

  mutating func isWanted(_ bar: inout ProgressBar, during work: String) -> Bool {
    if isUrgent() { return true }
    if isInterrupted(), !hasSaidSo {
      hasSaidSo = true
      bar.print("finishing \(work) first; press Ctrl-C twice within 2 s to stop now")
    }
    return false
  }
}
