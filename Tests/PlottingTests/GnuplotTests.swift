import Foundation
import Plotting
import TestSupport
import Testing

@Suite struct GnuplotTests {
  private static func environment(_ changes: [String: String]) -> [String: String] {
    ProcessInfo.processInfo.environment.merging(changes) { $1 }
  }

  @Test(arguments: ["", "/nonexistent"])
  func aMissingGnuplotIsOneSentence(_ searchPath: String) throws {
    let folder = try ScratchFolder()
    let gnuplot = Gnuplot(environment: ["PATH": searchPath])
    let error = #expect(throws: PlotError.gnuplotMissing) {
      try gnuplot.write(Samples.lines(), to: folder.file("a.png"))
    }
    #expect(error?.description == "gnuplot is not installed: sudo apt install gnuplot-nox")
    #expect(try folder.names.isEmpty)
    #expect(!gnuplot.isInstalled)
  }

  @Test func aProgramThatCannotStartIsNamed() throws {
    let folder = try ScratchFolder()
    let program = try folder.program("exit 0")
    try "#!/nonexistent/interpreter\n".write(
      toFile: program, atomically: false, encoding: .utf8)
    #expect(throws: PlotError.self) {
      try Gnuplot(executable: program).write(Samples.lines(), to: folder.file("a.png"))
    }
  }

  /// Black text, of which no rule knows, would stay black on a dark page.
  @Test(.needsGnuplot, arguments: [Samples.lines(), Samples.bars(), Samples.loss()])
  func textOfAPictureThatAdaptsTurnsWithThePage(figure: Figure) throws {
    let picture = try Gnuplot().vector(figure, named: "p")
    #expect(picture.adapts && picture.element.contains("<text>"))
    #expect(!picture.element.contains("fill=\"black\""))
  }

  @Test(.needsGnuplot) func nothingThatAFigureSaysIsRun() throws {
    let folder = try ScratchFolder()
    let mark = folder.file("ran")
    let texts = [
      "'", "''", "'''a'''", "'' . system('touch \(mark)') . ''",
      "`touch \(mark)`", "a\n!touch \(mark)\n", "'\n!touch \(mark)\n'", "$(touch \(mark))",
      "' . system('touch \(mark)') . '", "\" . system(\"touch \(mark)\") . \"",
      "EOD\n!touch \(mark)\nEOD", "\\\n!touch \(mark)", "'; set print '|touch \(mark)'; '",
      "@GPVAL_VERSION %d %s %g 50% {/*2 x} ^2 _3", "\u{1B}]0;touch \(mark)\u{07}",
      "<b>&amp;</b>", "|touch \(mark)", "<touch \(mark)",
    ]
    let gnuplot = Gnuplot()
    // Pictures of pixels take longest, and their texts go the same way.
    let endings = LongTests.areWanted ? ["png", "svg", "gp"] : ["svg", "gp"]
    for text in texts {
      for figure in Samples.all(text) {
        for ending in endings { try gnuplot.write(figure, to: folder.file("a." + ending)) }
      }
    }
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test(
    .needsGnuplot,
    arguments: [
      ("`date` $(x) 'q' \"d\"", "`date` $(x) 'q' \"d\""), ("''a'''", "''a'''"),
      ("@x %d 50% ^2 _3 {b}", "@x %d 50% ^2 _3 {b}"), ("<b>&", "&lt;b>&amp;"),
      ("a\u{1B}[31mb\nc", "a[31mb c"),
    ])
  func textReachesThePictureAsItIs(_ text: String, _ shown: String) throws {
    let folder = try ScratchFolder()
    for figure in [Samples.bars(text, title: text), Samples.heatMap(text, title: text)] {
      try Gnuplot().write(figure, to: folder.file("a.svg"))
      let found = try folder.text("a.svg").components(separatedBy: ">\(shown)<").count - 1
      #expect(found >= 3)
    }
  }

  @Test(.needsGnuplot) func oneGnuplotServesAllFigures() throws {
    let folder = try ScratchFolder()
    let gnuplot = Gnuplot()
    #expect(gnuplot.processIdentifier == nil)
    try gnuplot.write(Samples.lines(), to: folder.file("a.png"))
    let first = gnuplot.processIdentifier
    try gnuplot.write(Samples.bars(), to: folder.file("b.png"))
    #expect(first != nil && gnuplot.processIdentifier == first)
    gnuplot.close()
    #expect(gnuplot.processIdentifier == nil)
    #expect(kill(first ?? 0, 0) == -1)
  }

  @Test(.needsGnuplot) func figuresDoNotSeeOneAnother() throws {
    let folder = try ScratchFolder()
    let gnuplot = Gnuplot()
    // The first of a gnuplot's SVG files names one colour in another way than all the others.
    for _ in 0..<2 { try gnuplot.write(Samples.lines(), to: folder.file("a.svg")) }
    for figure in Samples.all("x") { try gnuplot.write(figure, to: folder.file("b.png")) }
    try gnuplot.write(Samples.lines(), to: folder.file("c.svg"))
    #expect(try folder.bytes("a.svg") == folder.bytes("c.svg"))
  }

  @Test(.needsGnuplot) func aDeadGnuplotIsReplaced() throws {
    let folder = try ScratchFolder()
    let gnuplot = Gnuplot()
    try gnuplot.write(Samples.lines(), to: folder.file("a.png"))
    let first = try #require(gnuplot.processIdentifier)
    kill(first, SIGKILL)
    try gnuplot.write(Samples.lines(), to: folder.file("b.png"))
    #expect(gnuplot.processIdentifier != first)
    #expect(try folder.bytes("a.png") == folder.bytes("b.png"))
  }

  @Test(.needsGnuplot) func aGnuplotThatDiesOrHangsOnceIsReplaced() throws {
    for failure in ["exit 3", "exec sleep 60"] {
      let folder = try ScratchFolder()
      let program = try folder.program(
        "[ -e '\(folder.file("flag"))' ] && exec gnuplot \"$@\"; "
          + ": > '\(folder.file("flag"))'; \(failure)")
      let gnuplot = Gnuplot(executable: program, patience: .seconds(5))
      try gnuplot.write(Samples.lines(), to: folder.file("a.png"))
      #expect(try folder.names == ["a.png", "flag", "program"])
    }
  }

  @Test func aGnuplotThatDiesTwiceIsReportedWithItsLastWords() throws {
    let folder = try ScratchFolder()
    let program = try folder.program("echo 'no such library' >&2; exit 127")
    #expect(throws: PlotError.gnuplotStopped(status: 127, message: "no such library")) {
      try Gnuplot(executable: program).write(Samples.lines(), to: folder.file("a.png"))
    }
  }

  @Test func aSilentGnuplotIsEnded() throws {
    let folder = try ScratchFolder()
    let program = try folder.program("exec sleep 60")
    let gnuplot = Gnuplot(executable: program, patience: .seconds(1))
    #expect(throws: PlotError.gnuplotSilent(seconds: 1)) {
      try gnuplot.write(Samples.lines(), to: folder.file("a.png"))
    }
    #expect(gnuplot.processIdentifier == nil)
  }

  @Test(.needsGnuplot) func aTalkativeGnuplotDoesNotBlock() throws {
    let folder = try ScratchFolder()
    let program = try folder.program(
      "head -c 300000 /dev/zero | tr '\\0' x >&2; head -c 300000 /dev/zero | tr '\\0' '\\n'; "
        + "exec gnuplot \"$@\"")
    try Gnuplot(executable: program).write(Samples.lines(), to: folder.file("a.png"))
    #expect(try folder.names == ["a.png", "program"])
  }

  @Test(.needsGnuplot) func theUsersSettingsChangeNothing() throws {
    let folder = try ScratchFolder()
    try "!touch \(folder.file("ran"))\nset title 'mine'\n".write(
      toFile: folder.file(".gnuplot"), atomically: true, encoding: .utf8)
    let changes = [
      "HOME": folder.path, "GNUTERM": "nonsense", "LC_ALL": "de_DE.UTF-8",
      "TMPDIR": "|touch ran", "GNUPLOT_LIB": "/nonexistent",
    ]
    let gnuplot = Gnuplot(environment: GnuplotTests.environment(changes))
    try gnuplot.write(Samples.lines(), to: folder.file("a.png"))
    try Gnuplot().write(Samples.lines(), to: folder.file("b.png"))
    #expect(try folder.bytes("a.png") == folder.bytes("b.png"))
    #expect(try folder.names == [".gnuplot", "a.png", "b.png"])
  }

  @Test(.needsGnuplot) func temporaryFilesGo() throws {
    let folder = try ScratchFolder()
    let gnuplot = Gnuplot(environment: GnuplotTests.environment(["TMPDIR": folder.path]))
    for figure in Samples.all("x") {
      _ = try gnuplot.show(figure, on: TerminalScreen(pictures: .sixel))
    }
    #expect(try folder.names.isEmpty)
  }
}
