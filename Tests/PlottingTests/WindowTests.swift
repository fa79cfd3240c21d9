import Foundation
import PlainText
import Plotting
import Testing

/// Windows without a desktop: a program in gnuplot's place keeps the scripts and answers as it would.
@Suite struct WindowTests {
  /// What stands in gnuplot's place, with a log of all that it was told to draw.
  private final class Stand {
    let folder: ScratchFolder
    let windows: FigureWindows
    private let display: Display

    /// Why no window can open.
    final class Display {
      var objection: PlotError?
    }

    init(terminals: String = "dumb png qt x11", persists: Bool = false) throws {
      folder = try ScratchFolder()
      let display = Display()
      self.display = display
      let (log, closed, number) = (folder.file("log"), folder.file("closed"), folder.file("number"))
      let program = try folder.program(
        """
        echo started >> '\(log)'
        while IFS= read -r line; do
          case "$line" in
            "load "*)
              path=${line#load ?}; path=${path%?}
              if grep -q GPVAL_TERMINALS "$path"; then echo ' \(terminals) '; else
                cat "$path" >> '\(log)'
                [ -e '\(closed)' ] && echo @@closed && rm '\(closed)'
                echo "@@window $(cat '\(number)' 2>/dev/null)"; echo '@@seconds 0.0150'
              fi;;
            "print '@@waymark "*" end'") text=${line#print ?}; echo "${text%?}";;
            "print '@@waymark "*) text=${line#print ?}; echo "${text%% ?, GPVAL*} 0 ";;
          esac
        done
        """)
      windows = FigureWindows(
        executable: program, patience: .seconds(20), isAllowed: true, persists: persists,
        displayObjection: { display.objection })
    }

    var objection: PlotError? {
      get { display.objection }
      set { display.objection = newValue }
    }

    var log: String { (try? folder.text("log")) ?? "" }

    /// The statements that opened windows, one a drawing.
    var openings: [String] {
      log.split(separator: "\n").filter { $0.hasPrefix("set terminal") }.map(String.init)
    }

    /// The user closes the window that was drawn last.
    func closeWindow() throws {
      try "".write(toFile: folder.file("closed"), atomically: true, encoding: .utf8)
    }

    /// The display gives the next window this number.
    func number(_ number: Int) throws {
      try "\(number)".write(toFile: folder.file("number"), atomically: true, encoding: .utf8)
    }

    /// Draws without waiting, then waits.
    func update(_ title: String) throws {
      try windows.update(Samples.lines(), as: title)
      while try windows.isDrawing() { usleep(2000) }
    }
  }

  @Test func eachCommandHasAWindowAndKeepsIt() throws {
    let stand = try Stand()
    #expect(try stand.windows.show(Samples.lines(), as: "plot loss kd") == 1)
    #expect(try stand.windows.show(Samples.bars(), as: "plot classes signs") == 2)
    #expect(try stand.windows.show(Samples.lines(), as: "plot loss kd") == 1)
    let openings = stand.openings
    #expect(openings.count == 3 && openings.allSatisfy { $0.hasPrefix("set terminal qt ") })
    #expect(openings[0].contains(" 1 ") && openings[0].contains("title 'plot loss kd'"))
    #expect(openings[1].contains(" 2 ") && openings[1].contains("title 'plot classes signs'"))
    #expect(openings[0] == openings[2])
    // One process draws all of them and was asked once.
    #expect(stand.log.components(separatedBy: "started").count == 2)
  }

  @Test func oneMoreThanTheLimitTakesTheOldestPlace() throws {
    let stand = try Stand()
    for number in 1...FigureWindows.limit {
      #expect(try stand.windows.show(Samples.lines(), as: "\(number)") == number)
    }
    try stand.windows.show(Samples.lines(), as: "1")
    #expect(try stand.windows.show(Samples.lines(), as: "more") == 2)
    #expect(try stand.windows.show(Samples.lines(), as: "1") == 1)
  }

  @Test(arguments: [
    "'; system('touch ran'); '", "`touch ran`", "a\n!touch ran\n", "\" . system('x') . \"",
    "@GPVAL_VERSION", "\u{1B}]0;x\u{07}",
  ])
  func titleIsNothingButText(title: String) throws {
    let stand = try Stand()
    try stand.windows.show(Samples.lines(), as: title)
    let opening = try #require(stand.openings.first)
    #expect(opening.contains("title \(gnuplotText(title.withoutControls)) font"))
    #expect(stand.openings.count == 1)
  }

  @Test(arguments: [("qt", "qt"), ("x11 wxt", "wxt"), ("wxt x11 qt", "qt"), ("dumb x11", "x11")])
  func bestOfTheTerminalsIsTaken(terminals: String, best: String) throws {
    let stand = try Stand(terminals: terminals)
    try stand.windows.show(Samples.lines(), as: "a")
    #expect(stand.openings.allSatisfy { $0.hasPrefix("set terminal \(best) 1 ") })
  }

  @Test func gnuplotWithoutWindowsIsOneSentence() throws {
    let stand = try Stand(terminals: "dumb png pngcairo xterm unknown")
    let error = #expect(throws: PlotError.noWindows) {
      try stand.windows.show(Samples.lines(), as: "a")
    }
    #expect(error?.description == "this gnuplot has no windows: sudo apt install gnuplot-qt")
    #expect(stand.windows.objection == .noWindows)
  }

  @Test func figureWithoutAPointOpensNoWindow() throws {
    let stand = try Stand()
    #expect(throws: PlotError.nothingToDraw) {
      try stand.windows.show(.lines(.accuracy(of: [])), as: "a")
    }
    #expect(stand.openings.isEmpty)
  }

  // MARK: What goes wrong

  @Test func displayThatIsGoneIsTriedAgainWithTheNextFigure() throws {
    let stand = try Stand()
    try stand.windows.show(Samples.lines(), as: "a")
    stand.objection = .displayGone(variable: "DISPLAY", name: ":7")
    #expect(throws: PlotError.displayGone(variable: "DISPLAY", name: ":7")) {
      try stand.windows.show(Samples.lines(), as: "a")
    }
    // Its windows are gone with it, and so is the gnuplot that had them.
    #expect(stand.windows.processIdentifier == nil)
    stand.objection = nil
    #expect(try stand.windows.show(Samples.lines(), as: "a") == 1)
  }

  @Test func killedGnuplotIsReplacedByTheNextFigure() throws {
    let stand = try Stand()
    try stand.windows.show(Samples.lines(), as: "a")
    let first = try #require(stand.windows.processIdentifier)
    kill(first, SIGKILL)
    #expect(try stand.windows.show(Samples.lines(), as: "a") == 1)
    #expect(stand.windows.processIdentifier != first)
  }

  @Test func gnuplotKilledWhileCurvesGrowIsToldOnce() throws {
    let stand = try Stand()
    try stand.update("a")
    let first = try #require(stand.windows.processIdentifier)
    kill(first, SIGKILL)
    #expect(throws: PlotError.self) { for _ in 0..<500 { try stand.update("a") } }
    #expect(stand.windows.processIdentifier == nil)
    try stand.update("a")
  }

  @Test func windowThatTheUserClosedOpensWithTheNextFigure() throws {
    let stand = try Stand()
    try stand.update("a")
    try stand.closeWindow()
    try stand.update("a")
    #expect(throws: PlotError.windowClosed) { try stand.update("a") }
    try stand.update("a")
    #expect(try stand.windows.show(Samples.lines(), as: "a") == 1)
    try stand.update("a")
  }

  /// gnuplot's x11 does not tell: a window that was closed has another number in the display.
  @Test func windowOfX11IsClosedWhenItsNumberChanges() throws {
    let stand = try Stand(terminals: "x11")
    try stand.number(100)
    try stand.update("a")
    // The first figure still tells the number from before it.
    try stand.number(101)
    try stand.update("a")
    try stand.update("a")
    try stand.number(102)
    try stand.update("a")
    #expect(throws: PlotError.windowClosed) { try stand.update("a") }
    try stand.update("a")
  }

  @Test func closedWindowsLeaveNothingBehind() throws {
    let stand = try Stand()
    try stand.windows.show(Samples.images(2), as: "a")
    let process = try #require(stand.windows.processIdentifier)
    stand.windows.close()
    #expect(stand.windows.processIdentifier == nil && kill(process, 0) == -1)
  }

  @Test func windowsOfAScriptPersist() throws {
    for (persists, word) in [(true, " persist "), (false, " nopersist ")] {
      let stand = try Stand(persists: persists)
      try stand.windows.show(Samples.lines(), as: "a")
      #expect(stand.openings[0].contains(word))
    }
  }

  // MARK: The display

  @Test(
    arguments: [
      (["DISPLAY": ":1"], [Display.Address.path("/tmp/.X11-unix/X1")]),
      (["DISPLAY": "unix:12.0"], [.path("/tmp/.X11-unix/X12")]),
      (["DISPLAY": "localhost:10.0"], [.port(host: "localhost", 6010)]),
      (["DISPLAY": "/private/tmp/x:0"], [.path("/private/tmp/x")]),
      (
        ["WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/run/user/1"],
        [.path("/run/user/1/wayland-0")]
      ),
      (
        ["WAYLAND_DISPLAY": "/run/w", "DISPLAY": ":0"],
        [.path("/run/w"), .path("/tmp/.X11-unix/X0")]
      ),
      (["DISPLAY": "nonsense"], []), (["DISPLAY": ":99999999"], []), (["DISPLAY": ""], []),
      ([:], []),
    ] as [([String: String], [Display.Address])])
  func displayIsFoundWhereTheEnvironmentSays(
    environment: [String: String], addresses: [Display.Address]
  ) {
    #expect(Display(environment: environment).addresses.map(\.address) == addresses)
  }

  @Test func displayThatDoesNotAnswerIsNamed() {
    let environment = ["WAYLAND_DISPLAY": "/nonexistent/socket"]
    let objection = Display(environment: environment).objection
    #expect(
      objection?.description
        == "the display '/nonexistent/socket', which WAYLAND_DISPLAY names, does not answer")
    #expect(Display(environment: [:]).objection == .noDisplay)
  }
}
