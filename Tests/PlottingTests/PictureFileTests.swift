import Foundation
import Plotting
import System
import Testing

@Suite struct PictureFileTests {
  @Test(.needsGnuplot, arguments: Samples.all("straße 停"))
  func everyFigureIsARealFileOfEachFormat(_ figure: Figure) throws {
    let folder = try ScratchFolder()
    let gnuplot = Gnuplot()
    let size = PictureSize(width: 640, height: 480)
    for ending in ["png", "svg", "pdf"] {
      #expect(
        try gnuplot.write(figure, to: folder.file("a." + ending), size: size)
          == [folder.file("a." + ending)])
    }
    let png = try folder.bytes("a.png")
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    #expect(png.suffix(8).starts(with: Array("IEND".utf8)))
    func number(_ at: Int) -> Int { png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    if case .images = figure {
      #expect(number(16) <= 640 && number(20) <= 480)
    } else {
      #expect(number(16) == 640 && number(20) == 480)
    }
    let svg = try folder.text("a.svg")
    #expect(svg.hasPrefix("<?xml") && svg.contains("</svg>") && svg.contains("straße 停"))
    let pdf = try folder.text("a.pdf")
    #expect(pdf.hasPrefix("%PDF-") && pdf.hasSuffix("%%EOF\n"))
    #expect(try folder.names == ["a.pdf", "a.png", "a.svg"])
  }

  @Test(.needsGnuplot) func barsMayLieOnBothSides() throws {
    let folder = try ScratchFolder()
    let chart = BarChart(
      labels: ["a", "b"],
      series: [
        BarChart.Series(name: "n", values: [3, -1]), BarChart.Series(name: "m", values: []),
      ])
    try Gnuplot().write(.bars(chart), to: folder.file("a.png"))
    #expect(try folder.bytes("a.png").count > 1000)
  }

  @Test(.needsGnuplot) func keptScriptsDrawThePictureOnTheirOwn() throws {
    for figure in Samples.all("a 'b' % |") {
      let folder = try ScratchFolder()
      let name = "|touch ran;"
      let written = try Gnuplot().write(figure, to: folder.file(name + ".gp"))
      #expect(written.first == folder.file(name + ".gp"))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["gnuplot", "--default-settings", "./" + name + ".gp"]
      process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let names = Set(try folder.names)
      #expect(names.isSuperset(of: [name + ".gp", name + ".png"]) && !names.contains("ran"))
      #expect(written.count + 1 == names.count)
    }
  }

  @Test func scriptsAreKeptWithoutGnuplot() throws {
    let folder = try ScratchFolder()
    let gnuplot = Gnuplot(environment: ["PATH": ""])
    let paths = try gnuplot.write(Samples.images(2), to: folder.file("a.gp"))
    #expect(paths == [folder.file("a.gp"), folder.file("a.rgb")])
    #expect(try folder.bytes("a.rgb").count == 3 * 140 * 72)
  }

  @Test(arguments: ["a", "a.jpg", "a.png/", "", "png", "dir.png/a"])
  func otherEndingsAreRefused(_ path: String) {
    #expect(throws: PlotError.unknownEnding(path: path)) { try PictureFormat(path: path) }
  }

  @Test func endingsHaveNoCase() throws {
    #expect(try PictureFormat(path: "x/A.PNG") == .png)
    #expect(try PictureFormat(path: "a.b.gp") == .gp)
  }

  @Test func aMissingFolderIsNamed() throws {
    let folder = try ScratchFolder()
    let path = folder.file("none/a.png")
    let error = #expect(throws: PlotError.notWritten(FileGate.failure(path, ENOENT))) {
      try Gnuplot().write(Samples.lines(), to: path)
    }
    #expect(
      error?.description == "there is no folder '\(folder.file("none"))'; make it, or name another")
  }

  @Test func aFolderIsNoPicture() throws {
    let folder = try ScratchFolder()
    let path = folder.file("a.png")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(throws: PlotError.notWritten(FileFailure(path: path, code: EISDIR))) {
      try Gnuplot().write(Samples.lines(), to: path)
    }
  }

  @Test func anUnwritableTargetIsNamed() throws {
    // Nobody, not even root, makes files in /proc.
    let path = "/proc/waymark.gp"
    let error = #expect(throws: PlotError.self) {
      try Gnuplot().write(Samples.lines(), to: path)
    }
    guard case .notWritten(let failure) = error, failure.path == path else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func anOlderPictureStaysWhereTheNewOneFails() throws {
    let folder = try ScratchFolder()
    try "old".write(toFile: folder.file("a.png"), atomically: true, encoding: .utf8)
    let program = try folder.program("exit 3")
    #expect(throws: PlotError.gnuplotStopped(status: 3, message: "")) {
      try Gnuplot(executable: program).write(Samples.lines(), to: folder.file("a.png"))
    }
    #expect(try folder.text("a.png") == "old")
    #expect(try folder.names == ["a.png", "program"])
  }
}
