import Foundation
import Learning
import PlainText
import Plotting
import Sessions

/// When curves are drawn again: four times a second at most, and so seldom that drawing them takes less
/// than a hundredth of the time.
package struct LivePace: Sendable {
  private static let interval = 0.25
  private static let share = 0.01
  private var next = -Double.infinity
  private var lastCost = 0.0

  package init() {}

  package func isDue(at time: Double) -> Bool { time >= next }

  /// - Parameters:
  ///   - start: When the drawing began, in seconds.
  ///   - cost: Seconds that it took. The smaller of two in a row counts: one that the system
  ///     interrupted holds nothing up.
  package mutating func drew(at start: Double, cost: Double) {
    next = start + max(Self.interval, min(cost, lastCost) / Self.share)
    lastCost = cost
  }
}

/// Draws the live plots of one run while it learns. It reads the run and changes nothing of it.
struct LiveDrawing {
  enum Place {
    case windows(FigureWindows)
    /// Above the progress bar.
    case terminal(colours: ColourDepth)
  }

  private var plots: [LivePlot]
  private let place: Place
  private var record: LiveRecord
  private var pace = LivePace()
  /// Those of `plots` whose windows somebody has closed, or that could not be drawn.
  private var ended: Set<LivePlot> = []

  init(_ plots: [LivePlot], in place: Place, _ record: LiveRecord) {
    self.plots = plots
    self.place = place
    self.record = record
  }

  mutating func take(
    _ event: Event, _ run: Run, _ watch: Watch?, _ bar: inout ProgressBar
  ) {
    guard case .batchTrained(let batch) = event else { return }
    record.take(batch, steps: run.history.steps)
    let now = ProcessInfo.processInfo.systemUptime
    guard pace.isDue(at: now), !isBusy(&bar) else { return }
    draw(run, watch, &bar)
    var cost = ProcessInfo.processInfo.systemUptime - now
    if case .windows(let windows) = place { cost += windows.seconds }
    pace.drew(at: now, cost: cost)
  }

  /// Draws the curves as they are at the end, where they stay.
  mutating func finish(_ run: Run, _ watch: Watch?, _ bar: inout ProgressBar) {
    guard case .windows(let windows) = place else { return draw(run, watch, &bar) }
    for plot in plots where !ended.contains(plot) {
      guard let figure = figure(of: plot, run, watch) else { continue }
      do throws(PlotError) {
        try windows.update(figure, as: plot.command)
        while try windows.isDrawing() { usleep(5_000) }
      } catch {
        end(plot, error, &bar)
      }
    }
  }

  private mutating func draw(_ run: Run, _ watch: Watch?, _ bar: inout ProgressBar) {
    switch place {
    case .terminal(let colours):
      for plot in plots.reversed() where !ended.contains(plot) {
        let charts = record.charts(of: plot, run, watch)
        guard !charts.isEmpty, let room = bar.pictureRoom else { continue }
        return bar.show(lines(charts, room, colours))
      }
    case .windows(let windows):
      // One at a time: the next one's turn comes at the next batch.
      guard let plot = plots.first(where: { !ended.contains($0) }) else { return }
      plots.removeAll { $0 == plot }
      plots.append(plot)
      guard let figure = figure(of: plot, run, watch) else { return }
      do throws(PlotError) {
        try windows.update(figure, as: plot.command)
      } catch {
        end(plot, error, &bar)
      }
    }
  }

  /// Whether the last figure is still being drawn.
  private mutating func isBusy(_ bar: inout ProgressBar) -> Bool {
    guard case .windows(let windows) = place else { return false }
    do throws(PlotError) {
      return try windows.isDrawing()
    } catch {
      for plot in plots where !ended.contains(plot) { end(plot, error, &bar) }
      return true
    }
  }

  private mutating func end(_ plot: LivePlot, _ error: PlotError, _ bar: inout ProgressBar) {
    ended.insert(plot)
    let sentence = "'\(plot.command)' is drawn no longer: \(error); training goes on"
    if bar.isSilent { StandardStreams.tell(sentence + "\n") } else { bar.print(sentence) }
  }

  private func figure(of plot: LivePlot, _ run: Run, _ watch: Watch?) -> Figure? {
    let charts = record.charts(of: plot, run, watch)
    guard charts.count > 1 else { return charts.first.map(Figure.lines) }
    return .panels(Panels(rows: charts.map { [.init(.lines($0), width: 900, height: 420)] }))
  }

  /// The charts side by side as characters; the first alone where there is no room for more.
  private func lines(
    _ charts: [LineChart], _ room: (columns: Int, lines: Int), _ colours: ColourDepth
  ) -> [String] {
    // A chart has six lines besides its plot, and one more where names are long.
    let rows = min(24, room.lines - 1)
    let screen = TerminalScreen(columns: room.columns, rows: rows, colours: colours)
    let row = charts.map { Panels.Panel(.lines($0), width: 480, height: 400) }
    for figure in [.panels(Panels(rows: [row])), Figure.lines(charts[0])] {
      let lines = figure.text(on: screen).split(separator: "\n", omittingEmptySubsequences: false)
        .dropLast().map(String.init)
      if lines.count <= room.lines { return lines }
    }
    return []
  }
}
