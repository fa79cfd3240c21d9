import Inspection
import Networks

extension ShellContext {
  /// Carries work to its end, with a progress bar; Ctrl-C ends it.
  ///
  /// - Parameters:
  ///   - label: What the bar says is done.
  ///   - whole: What the work is a part of, and how much of that was done before; whoever has the
  ///     whole ends the bar.
  mutating func carryOut(
    _ work: inout some PiecewiseWork, _ label: String, within whole: (done: Int, total: Int)? = nil
  ) throws {
    defer { if whole == nil { console.progress.finish() } }
    while work.done < work.total {
      work.advance(on: training.device)
      console.progress.update(
        Progress(
          label, completed: (whole?.done ?? 0) + work.done, total: whole?.total ?? work.total,
          unit: "image"))
      if training.isInterrupted() { throw SessionProblem.stopped }
    }
  }
}
