import Shell
import Synchronization
import Testing

/// A clock and an output that the test owns.
private final class Stage: Sendable {
  private let state = Mutex((time: 0.0, text: "", held: [Bool]()))

  var text: String { state.withLock(\.text) }

  /// How the terminal's echo was held back and given back.
  var held: [Bool] { state.withLock(\.held) }

  func advance(_ seconds: Double) { state.withLock { $0.time += seconds } }

  func bar(
    _ style: ProgressBar.Style, width: Int = 100,
    layOut: @escaping @Sendable (String) -> String = { $0 }
  ) -> ProgressBar {
    ProgressBar(
      style: style, width: { width }, clock: { self.state.withLock(\.time) }, layOut: layOut,
      hold: { isHeld in self.state.withLock { $0.held.append(isHeld) } }
    ) { text in self.state.withLock { $0.text += text } }
  }
}

private func progress(_ completed: Int, _ label: String = "task 2/5 epoch 3/5") -> Progress {
  Progress(
    label, completed: completed, total: 125, unit: "batch",
    details: ["loss 0.412", "accuracy 91.3 %"])
}

@Test func lineLooksAsDocumented() {
  let line = ProgressLine(progress(59), elapsed: 4.2, rate: 13.2, remaining: 5.1)
  #expect(
    line.text(width: 120, unicode: true)
      == "task 2/5 epoch 3/5:  47%|████▋     | 59/125 [00:04<00:05, 13.2 batch/s, "
      + "loss 0.412, accuracy 91.3 %]")
  #expect(
    line.text(width: 90, unicode: false)
      == "task 2/5 epoch 3/5:  47%|####      | 59/125 [00:04<00:05, 13.2 batch/s, loss 0.412]")
}

@Test(arguments: 1...130)
func lineFitsEveryWidth(width: Int) {
  for completed in [0, 1, 60, 124, 125] {
    let line = ProgressLine(progress(completed), elapsed: 4000, rate: 0.2, remaining: 99999)
    #expect(line.text(width: width, unicode: true).count <= width)
  }
}

/// A terminal writes ^C where the line ends; if that wrapped, half of it would stay behind.
@Test(arguments: [30, 60, 80]) func controlCFitsBehindTheBar(width: Int) {
  let stage = Stage()
  var bar = stage.bar(.bar(unicode: true), width: width)
  bar.update(progress(60))
  let line = stage.text.drop { $0 == "\r" }.prefix { $0 != "\u{1B}" }
  #expect(!line.isEmpty && line.count + "^C".count < width)
}

@Test func barIsRedrawnAtMostTenTimesASecond() {
  let stage = Stage()
  var bar = stage.bar(.bar(unicode: true))
  for index in 0..<100 {
    bar.update(progress(index))
    stage.advance(0.01)
  }
  #expect((9...12).contains(stage.text.count { $0 == "\r" }))
}

@Test func remainingTimeIsSteady() throws {
  let stage = Stage()
  var bar = stage.bar(.bar(unicode: true))
  var shown: [Int] = []
  for index in 0...124 {
    bar.update(progress(index))
    stage.advance(index.isMultiple(of: 2) ? 0.4 : 0.6)
    let last = try #require(stage.text.split(separator: "\r").last)
    if let seconds = last.firstMatch(of: /<(\d\d):(\d\d),/) {
      shown.append((Int(seconds.1) ?? 0) * 60 + (Int(seconds.2) ?? 0))
    }
  }
  #expect(shown.count > 100)
  for (earlier, later) in zip(shown, shown.dropFirst()) { #expect(later <= earlier + 1) }
}

@Test func printedLinesStayAboveTheBar() {
  let stage = Stage()
  var bar = stage.bar(.bar(unicode: true))
  bar.update(progress(1))
  bar.print("saved")
  bar.finish()
  let line = "\rtask 2/5 epoch 3/5:   0%|          | 1/125 [00:00<--:--, loss 0.412, "
  let drawn = line + "accuracy 91.3 %]\u{1B}[K"
  #expect(stage.text == drawn + "\r\u{1B}[K" + "saved\n" + drawn + "\r\u{1B}[K")
}

@Test func linesAboveTheBarAreLaidOut() {
  let stage = Stage()
  var bar = stage.bar(.bar(unicode: true)) { "<\($0)>" }
  bar.print("a \u{1B}task")
  #expect(stage.text == "<a task>\n")
}

/// Keys are not echoed as long as there is a bar that they would stand in.
@Test func echoIsHeldBackWhileTheBarIsSeen() {
  let stage = Stage()
  var seen = stage.bar(.bar(unicode: true))
  seen.finish()
  #expect(stage.held == [])
  seen.update(progress(1))
  seen.update(progress(2))
  seen.print("saved")
  #expect(stage.held == [true])
  seen.finish()
  seen.finish()
  #expect(stage.held == [true, false])
  for style in [ProgressBar.Style.lines, .nothing] {
    var unseen = stage.bar(style)
    unseen.update(progress(1))
    unseen.finish()
  }
  #expect(stage.held == [true, false])
}

@Test func plainOutputHasALineAPieceAndAHeartbeat() {
  let stage = Stage()
  var bar = stage.bar(.lines)
  for epoch in 1...2 {
    for index in 1...125 {
      bar.update(progress(index, "epoch \(epoch)/2"))
      stage.advance(epoch == 1 ? 0.1 : 0.5)
    }
  }
  bar.finish()
  let lines = stage.text.split(separator: "\n")
  #expect(!stage.text.contains("\r") && !stage.text.contains("\u{1B}"))
  #expect(lines.first == "epoch 1/2: 125/125, 12.4 s, loss 0.412, accuracy 91.3 %")
  #expect(lines.count == 4, "one for each epoch, two within the minute of the second: \(lines)")
}

@Test func workThatIsCutShortIsTold() {
  let stage = Stage()
  var bar = stage.bar(.lines)
  bar.update(progress(1, "a"))
  bar.update(progress(1, "b"))
  bar.finish()
  #expect(stage.text.split(separator: "\n").map { $0.prefix(9) } == ["a: 1/125,", "b: 1/125,"])
}

@Test func completeWorkIsToldOnce() {
  let stage = Stage()
  var bar = stage.bar(.lines)
  bar.update(progress(124))
  for _ in 1...3 { bar.update(progress(125)) }
  bar.finish()
  #expect(stage.text.split(separator: "\n").count == 1)
}

@Test func unknownTotalAndNothingAtAll() {
  let unknown = Progress("download", completed: 12, total: nil, unit: "MB")
  #expect(
    ProgressLine(unknown, elapsed: 3, rate: 4, remaining: nil).text(width: 80, unicode: true)
      == "download: 12 MB [00:03<--:--, 4.0 MB/s]")
  let none = Progress("files", completed: 0, total: 0, unit: "file")
  #expect(
    ProgressLine(none, elapsed: 0, rate: nil, remaining: nil).text(width: 80, unicode: false)
      == "files: 100%|##########| 0/0 [00:00<--:--]")
  let stage = Stage()
  var bar = stage.bar(.nothing)
  bar.update(none)
  bar.finish()
  #expect(stage.text.isEmpty)
}
