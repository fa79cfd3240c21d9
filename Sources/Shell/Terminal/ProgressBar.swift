import CommandLanguage
import Foundation
import PlainText
import System

/// A line that shows how far work is, redrawn at a terminal and told in plain lines elsewhere.
///
/// At a terminal the line is drawn at most every 100 ms and fits the width. Without one, with
/// `ACCESSIBLE=1` or `TERM=dumb` there is a line when a piece of work ends, and one every 30 s
/// within a long one. While the line is there, keys are not echoed into it.
public struct ProgressBar: Sendable {
  private let style: Style
  private let width: @Sendable () -> Int
  private let write: @Sendable (String) -> Void
  /// Lays out the lines above the bar.
  private let layOut: @Sendable (String) -> String
  /// Holds the terminal's echo back, or gives it back.
  private let hold: @Sendable (Bool) -> Void
  private let clock: @Sendable () -> Double
  private var work: (progress: Progress, pace: Pace)?
  private var lastDrawn: Double?
  private var isVisible = false
  private let height: @Sendable () -> Int
  /// How often the program was stopped: its line then stands among another program's.
  private let stops: @Sendable () -> Int
  private var picture = LivePicture()

  /// How progress is shown.
  public enum Style: Hashable, Sendable {
    case bar(unicode: Bool)
    case lines
    case nothing
  }

  /// On standard error, in the style that it can show; `nil` asks the terminal.
  public init(style: Style? = nil) {
    let terminal = TerminalInfo.messages
    self.init(
      style: style ?? (terminal.isPlain ? .lines : .bar(unicode: terminal.showsUnicode)),
      width: { terminal.width }, clock: { ProcessInfo.processInfo.systemUptime },
      layOut: { terminal.laidOut($0) },
      hold: { $0 ? TerminalEcho.hold() : TerminalEcho.release() },
      write: StandardStreams.draw, height: { terminal.height }, stops: { TerminalEcho.stops })
  }

  package init(
    style: Style, width: @escaping @Sendable () -> Int, clock: @escaping @Sendable () -> Double,
    layOut: @escaping @Sendable (String) -> String = { $0 },
    hold: @escaping @Sendable (Bool) -> Void = { _ in },
    write: @escaping @Sendable (String) -> Void,
    height: @escaping @Sendable () -> Int = { 24 }, stops: @escaping @Sendable () -> Int = { 0 }
  ) {
    self.height = height
    self.stops = stops
    self.style = style
    self.width = width
    self.clock = clock
    self.layOut = layOut
    self.hold = hold
    self.write = write
  }

  private static let redrawInterval = 0.1
  private static let lineInterval = 30.0

  /// Shows a state of the work; call it as often as you like.
  public mutating func update(_ progress: Progress) {
    if style == .nothing { return }
    let now = clock()
    if let work, work.progress.label != progress.label {
      if style == .lines, !work.progress.isComplete { tell(work.progress, work.pace, now) }
      self.work = nil
      lastDrawn = style == .lines ? now : nil
    }
    var pace = work?.pace ?? Pace(at: now, completed: progress.completed)
    let wasComplete = work?.progress.isComplete ?? false
    let interval = style == .lines ? Self.lineInterval : Self.redrawInterval
    let isDue = now - (lastDrawn ?? -.infinity) >= interval
    if style == .lines {
      if lastDrawn == nil { lastDrawn = now }
      if progress.isComplete ? !wasComplete : isDue && work != nil { tell(progress, pace, now) }
    } else if isDue || progress.isComplete {
      pace.record(progress, at: now)
      draw(progress, pace, now)
    }
    work = (progress, pace)
  }

  var isSilent: Bool { style == .nothing }

  /// The columns and lines that a picture above the bar may have; nil where nothing is redrawn.
  var pictureRoom: (columns: Int, lines: Int)? {
    guard case .bar = style else { return nil }
    return (width() - 1, height() - 2)
  }

  /// Shows a picture above the bar, in place of the one that was there; it stays when the bar goes.
  ///
  /// - Parameter lines: With control sequences for colours alone, none wider than the room.
  package mutating func show(_ lines: [String]) {
    guard pictureRoom != nil else { return }
    picture.lines = lines
    if isVisible, let work { draw(work.progress, work.pace, clock()) }
  }

  /// Prints a line that stays above the bar.
  public mutating func print(_ line: String) {
    if style == .nothing { return }
    if isVisible { write(picture.erasing(width: width(), stops: stops())) }
    write(layOut(line.withoutControls) + "\n")
    guard isVisible, let work else { return }
    draw(work.progress, work.pace, clock())
  }

  /// Takes the bar away; the next update begins another one.
  public mutating func finish() {
    if let work {
      let now = clock()
      if case .bar = style, isVisible {
        write(picture.drawing(width: width(), stops: stops()) + "\r\u{1B}[K")
      } else if style == .lines, !work.progress.isComplete {
        tell(work.progress, work.pace, now)
      }
    }
    if isVisible { hold(false) }
    work = nil
    lastDrawn = nil
    isVisible = false
    picture = LivePicture()
  }

  private mutating func draw(_ progress: Progress, _ pace: Pace, _ now: Double) {
    guard case .bar(let unicode) = style else { return }
    if !isVisible { hold(true) }
    // Where the line ends there is room for the ^C that a terminal may show: it must not wrap.
    let line = ProgressLine(progress, pace, at: now).text(width: width() - 3, unicode: unicode)
    write(picture.drawing(width: width(), stops: stops()) + "\r\(line)\u{1B}[K")
    lastDrawn = now
    isVisible = true
  }

  private mutating func tell(_ progress: Progress, _ pace: Pace, _ now: Double) {
    write(ProgressLine(progress, pace, at: now).sentence + "\n")
    lastDrawn = now
  }
}

/// One state of a piece of work as text.
package struct ProgressLine {
  let progress: Progress
  let elapsed: Double
  let rate: Double?
  let remaining: Double?

  init(_ progress: Progress, _ pace: Pace, at time: Double) {
    self.init(
      progress, elapsed: pace.elapsed(at: time), rate: pace.rate,
      remaining: pace.remaining(at: time))
  }

  package init(_ progress: Progress, elapsed: Double, rate: Double?, remaining: Double?) {
    self.progress = progress
    self.elapsed = elapsed
    self.rate = rate
    self.remaining = remaining
  }

  /// `task 2/5 epoch 3/5: 47%|████▋     | 59/125 [00:04<00:05, 13.2 batch/s, loss 0.412]`, with
  /// details and then the bar left out where the width does not suffice.
  package func text(width: Int, unicode: Bool) -> String {
    var details = progress.details.map(\.withoutControls)
    while true {
      let (head, tail) = parts(details)
      let room = width - displayWidth(head) - displayWidth(tail) - 2
      if room >= 5 {
        guard progress.total != nil else { return head + tail }
        return head + "|" + bar(min(room, 10), unicode) + "|" + tail
      }
      if details.isEmpty { return (head + tail).fitted(to: width) }
      details.removeLast()
    }
  }

  private func parts(_ details: [String]) -> (head: String, tail: String) {
    let label = progress.label.withoutControls
    let times = clockText(elapsed) + "<" + (remaining.map(clockText) ?? "--:--")
    let notes = ([times] + [rateText].compactMap(\.self) + details).joined(separator: ", ")
    guard let total = progress.total else {
      return ("\(label): ", "\(progress.completed) \(progress.unit) [\(notes)]")
    }
    let percent = "\(Int(100 * share))%"
    let padding = String(repeating: " ", count: 4 - min(4, percent.count))
    return ("\(label): \(padding)\(percent)", " \(progress.completed)/\(total) [\(notes)]")
  }

  private var share: Double {
    guard let total = progress.total, total > 0 else { return progress.total == nil ? 0 : 1 }
    return min(1, max(0, Double(progress.completed) / Double(total)))
  }

  private var rateText: String? {
    rate.map { fixed($0, $0 < 100 ? 1 : 0) + " \(progress.unit)/s" }
  }

  private func bar(_ cells: Int, _ unicode: Bool) -> String {
    let eighths = Int(share * Double(8 * cells))
    let full = String(repeating: unicode ? "█" : "#", count: eighths / 8)
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let part = unicode ? parts[eighths % 8] : ""
    return full + part + String(repeating: " ", count: cells - full.count - part.count)
  }

  /// `task 2/5 epoch 3/5: 125/125, 9.4 s, loss 0.412`: for logs and screen readers.
  package var sentence: String {
    let count =
      progress.total.map { "\(progress.completed)/\($0)" }
      ?? "\(progress.completed) \(progress.unit)"
    let time = fixed(elapsed, 1) + " s"
    return progress.label.withoutControls + ": "
      + ([count, time] + progress.details.map(\.withoutControls))
      .joined(separator: ", ")
  }
}
