import Plotting
import Testing

/// Figures in characters, written out.
@Suite struct CharacterFigureTests {
  private func shown(
    _ figure: Figure, columns: Int = 40, colours: ColourDepth = .none
  ) throws -> String {
    try Gnuplot(environment: [:]).show(
      figure, on: TerminalScreen(columns: columns, colours: colours))
  }

  /// 40 columns less 3 of labels, 2 of values and 4 leave 31 for the longest bar.
  @Test func barsAreAsLongAsTheirValues() throws {
    let chart = BarChart(
      labels: ["a", "bcd"],
      series: [.init(name: "x", values: [10, 5]), .init(name: "y", values: [.nan, 2])],
      valueLabel: "images")
    #expect(
      try shown(.bars(chart)) == """
        # x  = y
        a   ############################### 10

        bcd ################ 5
            ====== 2
            images

        """)
  }

  /// In eighths of a character: 31 · 5.3/10 = 16.43, 16 and 3 eighths.
  @Test func partsOfACharacterAreDrawnInEighths() throws {
    let chart = BarChart(labels: ["a", "b"], series: [.init(name: "x", values: [10, 5.3])])
    let text = try shown(.bars(chart), columns: 41, colours: .palette256)
    let lines = text.split(separator: "\n")
    // One digit behind the dot where one value has it.
    #expect(lines[0].contains("10.0") && lines[1].contains("5.3"))
    // 41 − 1 − 4 − 4 = 32, of which 53 % are 16.96.
    #expect(lines[0].filter { $0 == "█" }.count == 32)
    #expect(lines[1].filter { $0 == "█" }.count == 17)
    let other = BarChart(labels: ["a", "b"], series: [.init(name: "x", values: [100, 51])])
    let second = try shown(.bars(other), columns: 41, colours: .palette256)
      .split(separator: "\n")[1]
    // 41 − 1 − 3 − 4 = 33, of which 51 % are 16.83, nearest to 16 and 7 eighths.
    #expect(second.filter { $0 == "█" }.count == 16 && second.contains("▉"))
  }

  /// Rows with trailing blanks end where their last sign is.
  @Test func linesHaveNoBlanksAtTheirEnds() throws {
    for figure in [Samples.bars(), Samples.heatMap(), Samples.lines()] {
      for line in try shown(figure, columns: 60).split(separator: "\n") {
        #expect(line.last != " ", "'\(line)'")
      }
    }
  }

  /// Colours end with the line.
  @Test func colouredLinesAreSetBack() throws {
    for line in try shown(Samples.heatMap(), colours: .truecolour).split(separator: "\n")
    where line.contains("\u{1B}") {
      #expect(line.split(separator: "\u{1B}").last?.hasPrefix("[0m") == true)
    }
    // White at 0 and the ramp's end at 100, dark writing on the one, white on the other.
    let map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: ["a"], columnLabels: ["x", "y"],
      cells: [[0, 100]])
    let text = try shown(.heatMap(map), colours: .truecolour)
    #expect(text.contains("\u{1B}[0;38;2;0;0;0;48;2;255;255;255m"))
    #expect(text.contains("\u{1B}[0;38;2;255;255;255;48;2;8;48;107m"))
    let few = try shown(.heatMap(map), colours: .palette256)
    #expect(few.contains("48;5;255") && few.contains("48;5;18"))
  }

  /// Of 50 … 100, 70 lies at 0.4: at 2.8 of the seven steps of the ramp, or at 2.4 of six, rounded up.
  @Test func coloursLieBetweenThoseOfTheRamp() throws {
    // The line of the cell: the scale below has all colours.
    func shown(_ value: Double, _ depth: ColourDepth) throws -> Substring {
      let text = try self.shown(
        .heatMap(
          HeatMap(
            rowTitle: "", columnTitle: "", rowLabels: ["a"], columnLabels: ["x"],
            cells: [[value]], range: 50...100)), colours: depth)
      return try #require(text.split(separator: "\n").first { $0.hasPrefix("a ") })
    }
    // 158 − 0.8 · 51, 202 − 0.8 · 28, 225 − 0.8 · 11.
    #expect(try shown(70, .truecolour).contains("48;2;117;180;216m"))
    #expect(try shown(70, .palette256).contains("48;5;75m"))
    // The smallest step above the lowest is seen.
    #expect(try shown(50.1, .palette256).contains("48;5;153m"))
    #expect(try shown(50, .palette256).contains("48;5;255m"))
  }

  /// Between groups of rows and columns stand lines, where there is room for them.
  @Test func groupsOfAMatrixAreSeparated() throws {
    var map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: ["r", "s"], columnLabels: ["0", "1"],
      cells: [[10, 20], [30, 40]])
    map.rowBreaks = [1]
    map.columnBreaks = [1]
    let lines = try shown(.heatMap(map)).split(separator: "\n").map(String.init)
    #expect(lines[1].hasPrefix("r  10 │ 20") && lines[3].hasPrefix("s  30 │ 40"), "\(lines)")
    #expect(lines[2].hasPrefix("  ────┼────"), "\(lines)")
  }

  /// What is as good as nothing has no number and no colour, so that what is there is seen.
  @Test func zerosThatTellNothingAreDots() throws {
    var map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: ["r"], columnLabels: ["0", "1", "2"],
      cells: [[0, 20, 1234]])
    #expect(try shown(.heatMap(map)).contains("r      0     20  1,234"))
    map.hidesZeros = true
    #expect(try shown(.heatMap(map)).contains("r      ·     20  1,234"))
    let coloured = try shown(.heatMap(map), colours: .truecolour).split(separator: "\n")[1]
    #expect(coloured.contains("r      · \u{1B}["), "\(coloured)")
  }

  /// Zero has the palest colour, whatever lies farther from it on one side.
  @Test func differencesHaveTwoColours() throws {
    var map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: ["a"], columnLabels: ["x", "y", "z"],
      cells: [[-20, 0, 40]])
    map.isDiverging = true
    let text = try shown(.heatMap(map), colours: .truecolour)
    #expect(text.contains("48;2;255;255;255m") && text.contains("48;2;33;102;172m"))
    // Halfway to −40: 247 − 0.5 · … between the second and the third stop.
    #expect(text.contains("48;2;246;178;148m") || text.contains("48;2;246;179;149m"), "\(text)")
    let wide = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: ["a"],
      columnLabels: (0..<30).map(String.init), cells: [(0..<30).map { Double($0) - 15 }])
    var signs = wide
    signs.isDiverging = true
    let plain = try shown(.heatMap(signs), columns: 40)
    #expect(plain.contains("≡") && plain.contains("·") && plain.contains("#"), "\(plain)")
  }

  /// Numbers that just fit are shown, one column less and signs stand for them.
  @Test func matrixShowsNumbersWhereTheyFit() throws {
    // Labels of 1 column and a blank, then five cells of 4: "100" and a blank.
    let map = HeatMap(
      rowTitle: "", columnTitle: "", rowLabels: ["r"], columnLabels: (0..<5).map(String.init),
      cells: [[0, 25, 50, 75, 100]])
    let wide = try shown(.heatMap(map), columns: 28)
    #expect(wide.contains("r    0   25   50   75  100"), "\(wide)")
    let narrow = try shown(.heatMap(map), columns: 27)
    #expect(!narrow.contains("75"), "\(narrow)")
  }
}
