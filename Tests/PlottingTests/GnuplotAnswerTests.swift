import Foundation
import Glibc
import Plotting
import Testing

/// How gnuplot is found, started and heard, with a shell script in its place.
@Suite struct GnuplotAnswerTests {
  private func failure(_ gnuplot: Gnuplot, in folder: ScratchFolder) -> PlotError? {
    #expect(throws: PlotError.self) {
      try gnuplot.write(Samples.lines(), to: folder.file("a.png"))
    }
  }

  /// A folder of that name is no program, nor is a file that nobody may run.
  @Test func onlyAFileThatMayRunIsGnuplot() throws {
    let folder = try ScratchFolder()
    let files = FileManager.default
    let places = ["folder", "text", "program"].map { folder.file($0) }
    try files.createDirectory(
      atPath: places[0] + "/gnuplot", withIntermediateDirectories: true)
    for (place, mode) in zip(places.dropFirst(), [0o644, 0o755]) {
      try files.createDirectory(atPath: place, withIntermediateDirectories: true)
      try "#!/bin/sh\nexit 9\n".write(
        toFile: place + "/gnuplot", atomically: true, encoding: .utf8)
      try files.setAttributes([.posixPermissions: mode], ofItemAtPath: place + "/gnuplot")
    }
    #expect(!Gnuplot(environment: ["PATH": places[0]]).isInstalled)
    #expect(!Gnuplot(environment: ["PATH": places[1]]).isInstalled)
    let gnuplot = Gnuplot(environment: ["PATH": places.joined(separator: ":")])
    #expect(gnuplot.isInstalled)
    #expect(failure(gnuplot, in: folder) == .gnuplotStopped(status: 9, message: ""))
  }

  /// Settings of gnuplot and of the language do not reach it; dots in numbers are sure.
  @Test func theEnvironmentIsCleaned() throws {
    let folder = try ScratchFolder()
    let program = try folder.program("/usr/bin/env > '\(folder.file("environment"))'; exit 1")
    let environment = [
      "GNUPLOT_LIB": "/x", "GNUPLOT_FONTPATH": "/y", "GNUTERM": "dumb", "LC_NUMERIC": "de_DE",
      "KEPT": "1",
    ]
    _ = failure(Gnuplot(executable: program, environment: environment), in: folder)
    let lines = try folder.text("environment").split(separator: "\n")
      .filter { !["PWD", "SHLVL", "_", "OLDPWD"].contains($0.split(separator: "=")[0]) }
    #expect(Set(lines) == ["KEPT=1", "LC_ALL=C.UTF-8"])
  }

  /// The number of an error and what gnuplot says of it.
  @Test func anErrorInAScriptIsTold() throws {
    let folder = try ScratchFolder()
    let program = try folder.program(
      """
      while read -r line; do
        case $line in
          *GPVAL_ERRNO*) echo '@@waymark 1 3 no  such   font' ;;
          *'1 end'*) echo '@@waymark 1 end' ;;
        esac
      done
      """)
    #expect(
      failure(Gnuplot(executable: program), in: folder) == .gnuplotRefused(message: "no such font"))
  }

  @Test func whoStopsWaitsNoLonger() throws {
    let folder = try ScratchFolder()
    let gnuplot = Gnuplot(
      executable: try folder.program("exec sleep 60"), patience: .seconds(2))
    gnuplot.isCancelled = { true }
    #expect(failure(gnuplot, in: folder) == .cancelled)
    #expect(gnuplot.processIdentifier == nil)
  }

  /// What gnuplot started ends with it.
  @Test func theWholeGroupIsEnded() throws {
    let folder = try ScratchFolder()
    let program = try folder.program(
      "sleep 60 > '\(folder.file("null"))' 2>&1 < /dev/null & "
        + "echo $! >> '\(folder.file("children"))'; exit 3")
    #expect(
      failure(Gnuplot(executable: program), in: folder) == .gnuplotStopped(status: 3, message: ""))
    let children = try folder.text("children").split(separator: "\n").compactMap { Int($0) }
    #expect(children.count == 2)
    for child in children {
      var isRunning = true
      for _ in 0..<200 where isRunning {
        let status = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
        // Gone, or ended and not yet reaped.
        isRunning = status.map { !$0.contains(") Z ") } ?? false
        if isRunning { usleep(10_000) }
      }
      #expect(!isRunning, "\(child)")
    }
  }

  /// Script and pixels can be moved together.
  @Test func aKeptScriptNamesItsPixelsBesideIt() throws {
    let folder = try ScratchFolder()
    let written = try Gnuplot(environment: [:]).write(
      .images(ImageGrid(tiles: [Samples.tile])), to: folder.file("a.gp"))
    #expect(written == [folder.file("a.gp"), folder.file("a.rgb")])
    let script = try folder.text("a.gp")
    #expect(script.contains("'./a.rgb'") && script.contains("'./a.png'"))
    #expect(!script.contains(folder.path))
  }

  /// 300 pixels have room for two captions of 128: (300 − 8) / 136.
  @Test(.needsGnuplot) func imagesWithCaptionsAreBrokenToTheScreen() throws {
    let tile = ImageGrid.Tile(
      width: 32, height: 32, rgb: [UInt8](repeating: 200, count: 32 * 32 * 3), caption: "x")
    let figure = Figure.images(ImageGrid(tiles: Array(repeating: tile, count: 8), perRow: 8))
    let screen = TerminalScreen(pictures: .kitty, pixels: PictureSize(width: 300, height: 300))
    let shown = try Gnuplot().show(figure, on: screen)
    let start = try #require(shown.firstIndex(of: ";"))
    // 24 bytes: a signature, the header's length and name, width and height.
    let code = String(shown[shown.index(after: start)...].prefix(32))
    let header = [UInt8](try #require(Data(base64Encoded: code)))
    func number(at place: Int) -> Int {
      header[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
    }
    #expect(number(at: 16) == 2 * 136 + 8)
    #expect(number(at: 20) == 4 * (128 + 8 + 32) + 8)
  }
}
