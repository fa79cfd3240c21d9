import Foundation
import Shell
import Synchronization
import Testing

/// Pictures above the progress bar, on a screen.
struct LivePictureTests {
  private final class Stage: Sendable {
    private let state = Mutex((time: 0.0, text: "", width: 40, stops: 0))

    /// What was written since the last call.
    var written: String {
      state.withLock { state in
        defer { state.text = "" }
        return state.text.replacing("\n", with: "\r\n")
      }
    }

    func advance() { state.withLock { $0.time += 1 } }
    func stop() { state.withLock { $0.stops += 1 } }
    func widen(to width: Int) { state.withLock { $0.width = width } }

    func bar(_ style: ProgressBar.Style = .bar(unicode: true)) -> ProgressBar {
      ProgressBar(
        style: style, width: { self.state.withLock(\.width) },
        clock: { self.state.withLock(\.time) },
        write: { text in self.state.withLock { $0.text += text } },
        height: { 12 }, stops: { self.state.withLock(\.stops) })
    }

    func update(_ bar: inout ProgressBar, _ done: Int) {
      advance()
      bar.update(Progress("kd", completed: done, total: 9, unit: "batch"))
    }
  }

  @Test func pictureIsDrawnInPlaceAndStaysAtTheEnd() {
    let stage = Stage()
    var (bar, screen) = (stage.bar(), Screen(width: 40, height: 12))
    stage.update(&bar, 1)
    bar.show(["a1", "a2", "a3"])
    screen.feed(stage.written.utf8)
    #expect(screen.lines.dropLast() == ["a1", "a2", "a3"] && screen.currentLine.hasPrefix("kd:"))
    stage.update(&bar, 2)
    bar.show(["b1", "b2"])
    stage.update(&bar, 3)
    screen.feed(stage.written.utf8)
    #expect(screen.lines.dropLast() == ["b1", "b2"] && screen.currentLine.contains("3/9"))
    bar.print("task 1/5: 98 %")
    screen.feed(stage.written.utf8)
    #expect(screen.lines.dropLast() == ["task 1/5: 98 %", "b1", "b2"])
    bar.show(["c1", "c2", "c3", "c4"])
    bar.finish()
    screen.feed((stage.written + "prompt").utf8)
    #expect(screen.lines == ["task 1/5: 98 %", "c1", "c2", "c3", "c4", "prompt"])
    #expect(screen.text == screen.lines.joined(separator: "\n"))
  }

  @Test func pictureIsTheSameAtTheScreensEnd() {
    let stage = Stage()
    var (bar, screen) = (stage.bar(), Screen(width: 40, height: 12))
    screen.feed(String(repeating: "before\r\n", count: 11).utf8)
    for number in 1...4 {
      stage.update(&bar, number)
      bar.show((1...10).map { "\(number) \($0)" })
    }
    bar.print("a line")
    bar.finish()
    screen.feed(stage.written.utf8)
    #expect(screen.lines.suffix(10) == (1...10).map { "4 \($0)" })
    #expect(screen.text.components(separatedBy: "a line").count == 2)
    #expect(!screen.text.contains("3 1"))
  }

  /// What another program wrote meanwhile, or a terminal that laid out its lines anew, stays as it is.
  @Test(arguments: [true, false]) func pictureBeginsAnewWhereItsPlaceIsLost(isStopped: Bool) {
    let stage = Stage()
    var (bar, screen) = (stage.bar(), Screen(width: 40, height: 12))
    stage.update(&bar, 1)
    bar.show(["a1", "a2"])
    screen.feed(stage.written.utf8)
    if isStopped {
      screen.feed("\r\n$ fg\r\n".utf8)
      stage.stop()
    } else {
      screen.resize(width: 60, height: 12)
      stage.widen(to: 60)
    }
    stage.update(&bar, 2)
    screen.feed(stage.written.utf8)
    #expect(screen.lines.prefix(2) == ["a1", "a2"])
    #expect(screen.lines.suffix(3).prefix(2) == ["a1", "a2"])
    #expect(!isStopped || screen.text.contains("$ fg"))
  }

  @Test(arguments: [ProgressBar.Style.lines, .nothing])
  func whereNothingIsRedrawnThereIsNoPicture(style: ProgressBar.Style) {
    let stage = Stage()
    var bar = stage.bar(style)
    stage.update(&bar, 1)
    bar.show(["a1"])
    bar.finish()
    #expect(!stage.written.contains("a1"))
  }

  @Test func drawingTakesAHundredthOfTheTimeAtMost() {
    for (cost, interval) in [(0.0, 0.25), (0.002, 0.25), (0.01, 1), (0.05, 5)] {
      var pace = LivePace()
      #expect(pace.isDue(at: 1))
      pace.drew(at: 1, cost: cost)
      #expect(pace.isDue(at: 1.26))
      pace.drew(at: 3, cost: cost)
      #expect(!pace.isDue(at: 3 + interval - 0.01) && pace.isDue(at: 3 + interval + 0.01))
      pace.drew(at: 10, cost: cost + 60)
      #expect(pace.isDue(at: 10 + interval + 0.01))
    }
  }
}
