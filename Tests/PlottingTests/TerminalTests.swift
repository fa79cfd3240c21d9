import Foundation
import Plotting
import Testing

@Suite struct TerminalTests {
  @Test(arguments: [
    (["WAYMARK_PLOTS": "sixel", "TERM": "dumb"], false, [Int](), TerminalPictures.sixel),
    (["WAYMARK_PLOTS": "nonsense", "TERM": "xterm"], true, [], .text),
    (["TERM": "xterm-kitty"], false, [4], .text),
    (["TERM": "xterm-kitty"], true, [], .kitty),
    (["TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"], true, [], .kitty),
    (["TERM": "tmux-256color", "TMUX": "x", "KITTY_WINDOW_ID": "1"], true, [1, 2], .text),
    (["TERM": "tmux-256color", "TMUX": "x", "KITTY_WINDOW_ID": "1"], true, [1, 4], .sixel),
    (["TERM": "xterm-256color"], true, [62, 4, 22], .sixel),
    (["TERM": "xterm-256color"], true, [62, 22], .text),
    (["TERM": "dumb"], true, [4], .text),
    ([:], true, [4], .text),
    (["TERM": "xterm", "ACCESSIBLE": "1"], true, [4], .text),
    (["TERM": "xterm", "ACCESSIBLE": "0"], true, [4], .sixel),
    (["TERM": "xterm-kitty", "GNUTERM": "dumb"], true, [4], .text),
    (["TERM": "xterm", "GNUTERM": "sixelgd"], true, [], .sixel),
    (["TERM": "xterm", "GNUTERM": "qt"], true, [], .text),
  ])
  func theBestPictureIsChosen(
    _ environment: [String: String], _ isTerminal: Bool, _ attributes: [Int],
    _ expected: TerminalPictures
  ) {
    #expect(
      TerminalPictures.detect(
        environment: environment, isTerminal: isTerminal, attributes: { attributes }) == expected)
  }

  @Test(arguments: [
    ("\u{1B}[?62;4;22c", [62, 4, 22]), ("typed\u{1B}[?6c", [6]), ("\u{1B}[?62;4", nil),
    ("abc", nil), ("", nil), ("\u{1B}[?x;4c", nil),
  ])
  func attributesAreReadFromTheAnswer(_ answer: String, _ expected: [Int]?) {
    #expect(TerminalAnswer.attributes(in: Array(answer.utf8)) == expected)
  }

  @Test(arguments: [
    (["TERM": "xterm", "COLORTERM": "truecolor"], ColourDepth.truecolour),
    (["TERM": "xterm-256color"], .palette256), (["TERM": "dumb", "COLORTERM": "24bit"], .none),
    (["TERM": "xterm", "COLORTERM": "24bit", "NO_COLOR": "1"], .none),
    (["TERM": "xterm-256color", "NO_COLOR": ""], .palette256), ([:], .none),
  ])
  func coloursFollowTheEnvironment(_ environment: [String: String], _ expected: ColourDepth) {
    #expect(ColourDepth.detect(environment: environment) == expected)
  }

  @Test func halfBlocksShowTwoPixelsEach() throws {
    let figure = Figure.images(ImageGrid(tiles: [Samples.tile]))
    func shown(_ depth: ColourDepth) throws -> String {
      try Gnuplot(environment: [:]).show(figure, on: TerminalScreen(colours: depth))
    }
    #expect(
      try shown(.truecolour)
        == "\u{1B}[0;38;2;255;0;0;48;2;0;0;255m▀\u{1B}[0;38;2;0;255;0;48;2;255;255;255m▀"
        + "\u{1B}[0m\n"
        + "\u{1B}[0;38;2;0;0;0;48;2;255;255;0m▀\u{1B}[0;38;2;128;128;128;48;2;0;255;255m▀"
        + "\u{1B}[0m\n")
    #expect(
      try shown(.palette256)
        == "\u{1B}[0;38;5;196;48;5;21m▀\u{1B}[0;38;5;46;48;5;231m▀\u{1B}[0m\n"
        + "\u{1B}[0;38;5;16;48;5;226m▀\u{1B}[0;38;5;244;48;5;51m▀\u{1B}[0m\n")
    // Mean lights 0.21, 0.79 and 0.44, 0.60 of a ramp of ten.
    #expect(try shown(.none) == ":#\n=*\n")
  }

  @Test(arguments: 16..<256)
  func coloursOfThePaletteAreTheirOwnNearest(_ index: Int) {
    let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
    let cube = index - 16
    let colour =
      index >= 232
      ? Colour(
        UInt8(8 + 10 * (index - 232)), UInt8(8 + 10 * (index - 232)), UInt8(8 + 10 * (index - 232)))
      : Colour(levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
    #expect(colour.index256 == index)
  }

  /// Levels 0, 95, 135, 175, 215, 255: the boundaries lie between them.
  @Test(arguments: [
    ([47, 0, 255], [0, 0, 5]), ([48, 0, 255], [1, 0, 5]), ([114, 0, 255], [1, 0, 5]),
    ([116, 0, 255], [2, 0, 5]), ([134, 60, 200], [2, 1, 4]), ([156, 0, 255], [3, 0, 5]),
  ])
  func otherColoursBecomeTheNearest(colour: [UInt8], levels: [Int]) {
    #expect(
      Colour(colour[0], colour[1], colour[2]).index256
        == 16 + 36 * levels[0] + 6 * levels[1] + levels[2])
  }

  @Test func reducingTakesTheMean() {
    #expect(Samples.tile.resized(width: 1, height: 2) == [128, 128, 128, 96, 160, 96])
    #expect(Samples.tile.resized(width: 2, height: 4) == Samples.tile.rgb)
    let large = Samples.tile.resized(width: 4, height: 8)
    #expect(large[0..<12] == [255, 0, 0, 255, 0, 0, 0, 255, 0, 0, 255, 0])
    #expect(large[0..<12] == large[12..<24])
  }

  /// White: 22 pixels side by side of 40, and 3 of 5 one below the other, nearer to 2.75 than 2 are.
  /// Two to the character, so that half of the second line is left; what is there is as light.
  @Test func imageKeepsItsProportions() throws {
    let tile = ImageGrid.Tile(
      width: 40, height: 5, rgb: [UInt8](repeating: 255, count: 40 * 5 * 3))
    let shown = try Gnuplot(environment: [:]).show(
      .images(ImageGrid(tiles: [tile])), on: TerminalScreen(columns: 24, colours: .none))
    let line = String(repeating: "@", count: 22)
    #expect(shown == "\(line)\n\(line)\n")
  }

  /// Images that do not fit side by side stand in rows of equal length.
  @Test(arguments: [
    (100, [4, 4]), (120, [8]), (40, [3, 3, 2]), (10, Array(repeating: 1, count: 8)),
  ])
  func longRowsAreBrokenEvenly(_ columns: Int, _ expected: [Int]) throws {
    let tile = ImageGrid.Tile(
      width: 32, height: 32, rgb: [UInt8](repeating: 200, count: 32 * 32 * 3), caption: "x")
    let figure = Figure.images(ImageGrid(tiles: Array(repeating: tile, count: 8), perRow: 8))
    let shown = try Gnuplot(environment: [:]).show(
      figure, on: TerminalScreen(columns: columns, colours: .none))
    let captions = shown.split(separator: "\n").filter { $0.contains("x") }
    #expect(captions.map { $0.count { $0 == "x" } } == expected)
  }

  /// A caption has two lines and the columns that it needs: no number in it is lost.
  @Test func captionsAreWhole() throws {
    let tile = ImageGrid.Tile(
      width: 16, height: 16, rgb: [UInt8](repeating: 200, count: 16 * 16 * 3),
      caption: "12345: 14 → 13 and 99.9 %")
    let shown = try Gnuplot(environment: [:]).show(
      .images(ImageGrid(key: "what it says", tiles: Array(repeating: tile, count: 8))),
      on: TerminalScreen(columns: 80, colours: .none))
    let lines = shown.split(separator: "\n").map(String.init)
    #expect(lines[0] == "what it says")
    #expect(!shown.contains("…"))
    let numbers = lines.reduce(0) { $0 + $1.components(separatedBy: "12345:").count - 1 }
    let shares = lines.reduce(0) { $0 + $1.components(separatedBy: "99.9 %").count - 1 }
    #expect(numbers == 8 && shares == 8)
    // A narrow panel would cut them: then it stands above the other one.
    let grid = ImageGrid(tiles: [tile])
    let panels = Panels(rows: [
      [
        .init(.images(grid), width: 100, height: 100),
        .init(.images(grid), width: 900, height: 100),
      ]
    ])
    let stacked = try Gnuplot(environment: [:]).show(
      .panels(panels), on: TerminalScreen(columns: 80, colours: .none))
    #expect(stacked.components(separatedBy: "99.9 %").count == 3)
  }

  @Test func everyLineFitsTheScreen() throws {
    for columns in [20, 40, 80, 200] {
      let screen = TerminalScreen(columns: columns, rows: 24)
      let long = String(repeating: "速 limit ", count: 20)
      for figure in [
        Samples.images(20, title: long, caption: long), Samples.bars(long, title: long),
        Samples.heatMap(long, title: long), Samples.lines(long, title: long), Samples.loss(long),
      ] {
        for line in try Gnuplot().show(figure, on: screen).split(separator: "\n") {
          let width = line.reduce(0) { $0 + ($1 == "速" ? 2 : 1) }
          #expect(width <= columns, "\(line)")
        }
      }
    }
  }

  @Test func wideMatricesAreMerged() throws {
    let labels = (0..<100).map(String.init)
    let map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: labels, columnLabels: labels,
      cells: (0..<100).map { row in (0..<100).map { $0 == row ? 8 : nil } })
    let merged = map.merged(by: 2)
    #expect(merged.rowLabels.prefix(2) == ["0", "2"] && merged.cells.count == 50)
    #expect(merged.cells[3][3] == 8 && merged.cells[3][4] == .some(nil))
    let lines = try Gnuplot().show(.heatMap(map), on: TerminalScreen(columns: 60))
      .split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 60 })
  }

  @Test func matricesShowTheirNumbers() throws {
    #expect(
      try Gnuplot().show(Samples.heatMap(), on: TerminalScreen()) == """
        task 1 ↓  task 1 →
                task 1 task 2
        task 1   97.0
        task 2   60.5   96.0
        0.0 ·:--==++**##%%@@ 100.0  task 1

        """)
  }

  @Test(arguments: [ColourDepth.none, .palette256])
  func curvesAreDrawnInCharacters(_ depth: ColourDepth) throws {
    let text = try Gnuplot(environment: [:]).show(
      Samples.lines("straße", title: "Title"), on: TerminalScreen(columns: 60, colours: depth))
    #expect(text.hasPrefix("Title\nstraße\n100 ┤"))
    #expect(text.contains(depth == .none ? "A straße" : "●"))
    #expect(text.contains("\u{1B}") == (depth != .none))
    #expect(text.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
  }

  @Test func curvesStandAtTheirValues() throws {
    let chart = LineChart(
      xLabel: "x", yLabel: "", yRange: 0...10,
      series: [
        .init(name: "up", x: [0, 1, 2], y: [0, 5, 10]),
        .init(name: "gap", x: [0, 1, 2], y: [10, .nan, 10]),
      ])
    let text = try Gnuplot(environment: [:]).show(
      .lines(chart), on: TerminalScreen(columns: 30, rows: 17))
    let lines = text.split(separator: "\n").map(String.init)
    // Nine rows from 10 to 0, the axis, its values, its name, the curves' names.
    #expect(lines.count == 13, "\(text)")
    #expect(lines[0].hasPrefix("10 ┤") && lines[8].hasPrefix(" 0 ┤"))
    #expect(lines[0].filter { $0 == "B" }.count == 2, "\(text)")
    #expect(lines[4].contains("A") && lines[8].contains("A"))
    #expect(
      !lines[0].dropFirst(8).dropLast(8).contains { $0 != " " }, "a gap is a gap: \(lines[0])")
  }

  @Test(arguments: [
    (0.0...100.0, 6, [0.0, 20, 40, 60, 80, 100]), (0...1, 3, [0, 0.5, 1]),
    // Neighbouring numbers: no round value lies between them that could be told apart.
    (1e20...1e20.nextUp, 6, [1e20]), (3...3.1, 2, [3, 3.1]), (-5...5, 3, [-5, 0, 5]),
    (0...0.003, 4, [0, 0.001, 0.002, 0.003]),
  ])
  func ticksAreRound(range: ClosedRange<Double>, count: Int, expected: [Double]) {
    let found = LineChart.roundTicks(in: range, atMost: count)
    #expect(found.count == expected.count)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-9) }
  }

  /// Of the 600 pixels that a chart would have, as many as the screen shows with three rows to spare,
  /// but 300 at least. The height stands behind the eight bytes and 12 more of a PNG.
  @Test(.needsGnuplot, arguments: [(33, 30 * 16), (100, 600), (10, 300)])
  func curvesFitTheHeightOfTheScreen(rows: Int, height: Int) throws {
    let text = try Gnuplot().show(
      Samples.lines(), on: TerminalScreen(pictures: .kitty, columns: 200, rows: rows))
    let code = try #require(text.split(separator: ";").dropFirst().first?.prefix(40))
    let bytes = try #require(Data(base64Encoded: String(code)))
    #expect(bytes[20..<24].reduce(0) { $0 << 8 | Int($1) } == height)
  }

  @Test(.needsGnuplot, arguments: Samples.all("x"))
  func sixelAndKittyAreWhole(_ figure: Figure) throws {
    let gnuplot = Gnuplot()
    let sixel = try gnuplot.show(figure, on: TerminalScreen(pictures: .sixel))
    #expect(sixel.hasPrefix("\u{1B}P") && sixel.hasSuffix("\u{1B}\\\n"))
    let kitty = try gnuplot.show(figure, on: TerminalScreen(pictures: .kitty))
    #expect(kitty.hasPrefix("\u{1B}_Ga=T,f=100,q=2,m=") && kitty.hasSuffix("\u{1B}\\\n"))
  }

  @Test(arguments: [0, 1, 3071, 3072, 3073, 10_000])
  func kittyPiecesJoinToThePicture(_ count: Int) {
    let bytes = (0..<count).map { UInt8($0 % 251) }
    let pieces = Gnuplot.kitty(png: bytes).components(separatedBy: "\u{1B}\\").dropLast()
    let codes = pieces.map { $0.components(separatedBy: ";").last ?? "" }
    #expect(codes.allSatisfy { $0.count <= 4096 })
    #expect(Data(base64Encoded: codes.joined()) == Data(bytes))
    #expect(pieces.dropLast().allSatisfy { $0.contains("m=1;") })
    #expect(pieces.last?.contains("m=0;") ?? (count == 0))
  }
}
