import Foundation
import Learning
import PlainText
import Plotting
import Sessions
import System

extension ShellContext {
  /// What draws a run's curves while it learns; nil if nobody asked for any, or none can be drawn, which
  /// is said.
  ///
  /// - Parameter curves: Those that the command under way asked for.
  mutating func liveDrawing(of name: String, _ curves: [LiveCurve]) throws -> LiveDrawing? {
    console.livePlots = console.livePlots.filter { $0.runs.allSatisfy { session[$0] != nil } }
    var plots = console.livePlots.filter { $0.runs.contains(name) }
    if !curves.isEmpty, let command = workspace.running {
      plots.append(LivePlot(command: "\(command)", runs: [name], curves: curves))
    }
    guard !plots.isEmpty, let place = livePlace() else { return nil }
    let others = try plots.flatMap(\.runs).filter { $0 != name }
      .map { ($0, try run($0).run.history) }
    let names = [name] + others.map(\.0)
    let record = LiveRecord(
      of: name, try run(name).run, others: Dictionary(others) { first, _ in first },
      styles: Dictionary(zip(names, styles(of: names))) { first, _ in first })
    return LiveDrawing(plots, in: place, record)
  }

  /// Where live curves are drawn.
  private func livePlace() -> LiveDrawing.Place? {
    if session.settings.plots == .window {
      guard let objection = console.pictures.windows.objection else {
        return .windows(console.pictures.windows)
      }
      for note in console.pictures.objection(objection) { console.tell(note, as: "notice") }
    }
    guard session.settings.plots != .off, let room = console.progress.pictureRoom,
      room.columns >= 40, room.lines >= 16
    else {
      console.tell(
        "live curves need a terminal of 41 × 18 characters or a window: 'set plots=window'",
        as: "notice")
      return nil
    }
    let isColoured = TerminalInfo.messages.isColoured
    return .terminal(
      colours: isColoured ? .detect(environment: ProcessInfo.processInfo.environment) : .none)
  }
}
