import PlainText

/// A figure as LaTeX code for the package pgfplots, with its numbers in it: whoever writes a paper can
/// change everything there. It needs no gnuplot.
struct TikzFile {
  let code: String

  /// Images have no form in it, nor has a legend that stands alone.
  static func canDraw(_ figure: Figure) -> Bool {
    switch figure {
    case .images: false
    case .bars, .lines, .heatMap: true
    case .points(let scatter): scatter.legend != .alone
    case .panels(let panels): panels.rows.joined().allSatisfy { canDraw($0.figure) }
    }
  }

  /// - Throws: `notInTikz`, `nothingToDraw`, `sizeOutOfRange`.
  init(_ figure: Figure, _ style: PictureStyle) throws(PlotError) {
    if figure.isEmpty { throw .nothingToDraw }
    guard Self.canDraw(figure) else { throw .notInTikz }
    let kept = style.look.hasTitle || style.keepsTitle ? figure : figure.withoutTitle()
    let natural = try kept.naturalSize()
    let size = try style.size(of: kept) ?? natural
    var lines = [
      "% Needs \\usepackage{pgfplots} and \\pgfplotsset{compat=1.14} or later before the document."
    ]
    if style.isStandalone {
      lines += [
        "\\RequirePackage{fix-cm}", "\\documentclass{article}", "\\usepackage{pgfplots}",
        "\\pgfplotsset{compat=1.14}",
        "\\usepackage[paperwidth=\\the\\dimexpr\(Self.points(size.width))\\relax,"
          + "paperheight=\\the\\dimexpr\(Self.points(size.height))\\relax,margin=0pt]{geometry}",
        "\\pagestyle{empty}", "\\parindent0pt", "\\topskip0pt", "\\begin{document}%",
      ]
    }
    lines += Self.pictures(of: kept, size, style)
    if style.isStandalone { lines.append("\\end{document}") }
    code = lines.joined(separator: "\n") + "\n"
  }

  private static func pictures(
    of figure: Figure, _ size: PictureSize, _ style: PictureStyle
  ) -> [String] {
    guard case .panels(let panels) = figure else {
      return TikzPicture(figure, width: size.width, height: size.height, style.look).lines
    }
    var lines = panels.title.map { ["\\centerline{\($0.asTeX)}%"] } ?? []
    var top: Int?
    for place in panels.places(in: size, style.look) where !place.figure.isEmpty {
      if let last = top, place.top != last { lines.append("\\par") }
      top = place.top
      lines +=
        TikzPicture(
          place.figure, width: place.width, height: place.height, style.look
        ).lines
    }
    return lines
  }

  /// TeX's own point is a 72.27th of an inch.
  static func points(_ pixels: Int) -> String { fixed(Double(pixels) / 96 * 72.27, 2) + "pt" }
}

/// One `tikzpicture`, of just the size that was asked for.
struct TikzPicture {
  private(set) var lines: [String] = []
  private let look: Look
  private let width: Double
  private let height: Double
  private var options: [String] = []
  private var body: [String] = []
  private var colours: [String] = []

  init(_ figure: Figure, width: Int, height: Int, _ look: Look) {
    self.look = look
    (self.width, self.height) = (Double(width), Double(height))
    var margin = Margin(look, hasTitle: figure.title != nil)
    switch figure {
    case .lines(let chart): draw(chart, &margin)
    case .bars(let chart): draw(chart, &margin)
    case .heatMap(let map): draw(map, &margin)
    case .points(let scatter): draw(scatter, &margin)
    case .images, .panels: break
    }
    if let title = figure.title {
      options.append("title={\(title.asTeX)}")
      options.append("title style={font=\(font(look.heading)), yshift=-0.6ex}")
    }
    let size = (points(Double(width)), points(Double(height)))
    lines =
      ["\\begin{tikzpicture}[font=\(font(look.body))]"] + colours
      + ["\\useasboundingbox (0,0) rectangle (\(size.0),\(size.1));", "\\begin{axis}["]
      + ([
        "at={(\(points(margin.left)),\(points(margin.bottom)))}, anchor=south west,",
        "scale only axis, width=\(points(max(20, self.width - margin.left - margin.right))), "
          + "height=\(points(max(20, self.height - margin.top - margin.bottom))),",
        "axis lines*=left, axis line style={gray}, tick style={gray}, tick align=outside,",
        "tick label style={font=\(font(look.body))}, label style={font=\(font(look.body))},",
      ] + options.map { $0 + "," }).map { "  " + $0 }
      + ["]"] + body + ["\\end{axis}", "\\end{tikzpicture}%"]
  }

  /// Around the axes, in pixels.
  private struct Margin {
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double

    init(_ look: Look, hasTitle: Bool) {
      left = 5 * look.body
      right = look.body
      top = (hasTitle ? 2.2 : 1) * look.heading
      bottom = 3.4 * look.body
    }
  }

  private func points(_ pixels: Double) -> String { fixed(pixels / 96 * 72.27, 2) + "pt" }

  private func font(_ pixels: Double) -> String {
    let size = pixels * 0.75
    return "\\fontsize{\(fixed(size, 1))}{\(fixed(size * 1.2, 1))}\\selectfont"
  }

  private func number(_ value: Double) -> String { value.isFinite ? value.plainText : "nan" }

  private mutating func define(_ colour: Colour, _ name: String, of text: String) -> String {
    colours.append("\\definecolor{\(name)}{HTML}{\(colour.hex.dropFirst())}% \(comment(text))")
    return name
  }

  private func comment(_ text: String) -> String { text.withoutControls }

  private func longest(_ names: [String], limit: Int = 28) -> Double {
    Double(min(limit, names.map { displayWidth($0.withoutControls) }.max() ?? 0)) * 0.52
      * look.body
  }

  /// Rows of numbers, each ended so that they may stand in a macro's argument.
  private func table(_ head: String, _ rows: [[Double]]) -> [String] {
    ["  table[\(head), row sep=\\\\] {"]
      + rows.map { "    " + $0.map(number).joined(separator: " ") + " \\\\" } + ["  };"]
  }

  private static let dashes = ["solid", "densely dashed", "densely dotted", "dashdotted", "dashed"]
  /// In the order of gnuplot's marks (`Palette.markers`).
  private static let marks = [
    "*", "square*", "triangle*", "diamond*", "triangle*, mark options={rotate=180}", "pentagon*",
    "o", "square", "triangle", "diamond", "triangle, mark options={rotate=180}", "pentagon",
  ]

  private mutating func axes(
    x: ClosedRange<Double>?, y: ClosedRange<Double>?, _ xLabel: String, _ yLabel: String
  ) {
    if let x { options.append("xmin=\(number(x.lowerBound)), xmax=\(number(x.upperBound))") }
    if let y { options.append("ymin=\(number(y.lowerBound)), ymax=\(number(y.upperBound))") }
    if !xLabel.isEmpty { options.append("xlabel={\(xLabel.asTeX)}") }
    if !yLabel.isEmpty { options.append("ylabel={\(yLabel.asTeX)}") }
  }

  private mutating func legend(isBelow: Bool, columns: Int) {
    let looks =
      "draw=none, fill=none, cells={anchor=west}, legend columns=\(columns), "
      + "font=\(font(look.body)), inner sep=0pt"
    options.append(
      isBelow
        ? "legend style={at={(current bounding box.south)}, anchor=north, \(looks)}"
        : "legend style={at={(1.02,1)}, anchor=north west, \(looks)}")
  }

  // MARK: Curves

  private mutating func draw(_ chart: LineChart, _ margin: inout Margin) {
    axes(x: chart.xRange, y: chart.yRange, chart.xLabel, chart.yLabel)
    options.append(
      "grid=major, grid style={black!12}, unbounded coords=jump, legend cell align=left")
    if chart.isLogarithmic { options.append("xmode=log, log ticks with fixed point") }
    if let ticks = chart.ticks {
      options.append("xtick={\(ticks.map(number).joined(separator: ","))}")
    }
    let placed = chart.placedLegend(width: Int(width), height: Int(height), look)
    let names = chart.drawn.map(\.element.name)
    switch placed {
    case .direct: margin.right = longest(names) + 1.2 * look.body
    case .right, .aligned:
      margin.right = longest(names) + 3.5 * look.body
      legend(isBelow: false, columns: 1)
    case .below:
      let columns = max(1, Int(width / (longest(names) + 4 * look.body)))
      margin.bottom += Double((names.count + columns - 1) / columns) * 1.35 * look.body
      let share = 3 * look.body / max(20, height - margin.top - margin.bottom)
      options.append(
        "legend style={at={(0.5,-\(fixed(share, 3)))}, anchor=north, draw=none, fill=none, "
          + "font=\(font(look.body)), inner sep=0pt, "
          + "/tikz/every even column/.append style={column sep=0.8em}}, "
          + "legend columns=\(columns)")
    case .off: break
    }
    for border in chart.borders where chart.xRange.contains(border.x) {
      body.append(
        "\\draw[gray, densely dashed] ({axis cs:\(number(border.x)),0}|-{rel axis cs:0,0}) -- "
          + "({axis cs:\(number(border.x)),0}|-{rel axis cs:0,1});")
    }
    if let note = chart.remark {
      body.append(
        "\\node[anchor=south east, inner xsep=0pt, inner ysep=2pt, font=\(font(look.small))] "
          + "at (rel axis cs:1,1) {\(note.asTeX)};")
    }
    options.append("clip mode=individual")
    for (place, (index, series)) in chart.inOrder.enumerated() {
      let colour = define(chart.colour(of: index), "curve\(index + 1)", of: series.name)
      add(series, at: place, index, colour, of: chart, isInLegend: placed.isKey)
    }
    guard case .direct(let labels) = placed else { return }
    for label in labels {
      body.append(
        "\\node[anchor=west, text=curve\(label.index + 1), inner xsep=0.4em] at "
          + "({rel axis cs:1,0}|-{axis cs:\(number(chart.xRange.lowerBound)),\(number(label.y))}) "
          + "{\(label.name.fitted(to: LineChart.legendLimit).asTeX)};")
    }
  }

  private mutating func add(
    _ series: LineChart.Series, at place: Int, _ index: Int, _ colour: String,
    of chart: LineChart, isInLegend: Bool
  ) {
    let shift = chart.shift(of: place)
    func rows(_ series: LineChart.Series) -> [[Double]] {
      series.thinned(to: 500).points.map { [$0.x + shift, $0.y, $0.error ?? 0] }
    }
    let hasErrors = chart.smoothing == 0 && series.finitePoints.contains { $0.error != nil }
    if chart.smoothing > 0 {
      body.append("\\addplot[\(colour)!30, line width=\(stroke(1)), no marks, forget plot]")
      body += table("x=x, y=y", rows(series)).withHead("x y e")
    }
    if hasErrors, chart.errors == .band {
      let points = series.finitePoints
      let outline =
        points.map { ($0.x, $0.y + ($0.error ?? 0)) }
        + points.reversed().map { ($0.x, $0.y - ($0.error ?? 0)) }
      let coordinates = outline.map { "(\(number($0.0)),\(number($0.1)))" }.joined(separator: " ")
      body.append("\\addplot[draw=none, fill=\(colour), fill opacity=0.18, forget plot]")
      body.append("  coordinates {\(coordinates)} -- cycle;")
    }
    let style = chart.style(of: index)
    let dash = Self.dashes[
      (series.partner == nil ? 0 : 1) + style / Palette.series.count % 4]
    let mark = Self.marks[(series.partner == nil ? style : index) % Self.marks.count]
    let isLine = series.points.count > 60 || chart.smoothing > 0
    let bars =
      hasErrors && chart.errors == .bars
      ? ", error bars/.cd, y dir=both, y explicit" : ""
    let marks =
      isLine ? "no marks" : "mark=\(mark), mark size=\(points(2 * look.points + 0.6))"
    body.append(
      "\\addplot[\(colour), \(dash), line width=\(stroke(2)), \(marks)"
        + (isInLegend ? "" : ", forget plot") + bars + "]")
    let head = hasErrors && chart.errors == .bars ? "x=x, y=y, y error=e" : "x=x, y=y"
    body += table(head, rows(chart.curve(of: series))).withHead("x y e")
    if isInLegend {
      body.append(
        "\\addlegendentry{\(series.name.fitted(to: LineChart.legendLimit).asTeX)}")
    }
  }

  private func stroke(_ width: Double) -> String { points(width * look.lines) }

  // MARK: Bars

  private mutating func draw(_ chart: BarChart, _ margin: inout Margin) {
    axes(x: chart.reach, y: nil, chart.valueLabel, "")
    let room = Int(width * 0.4 / (0.58 * look.body))
    margin.left = longest(chart.labels, limit: room) + 1.5 * look.body
    margin.right = 3 * look.body
    let labels = chart.labels.map { "{\($0.withoutControls.fitted(to: room).asTeX)}" }
    options.append("y dir=reverse, ymin=-0.6, ymax=\(number(Double(chart.labels.count) - 0.4))")
    options.append("ytick={0,...,\(max(0, chart.labels.count - 1))}, ytick style={draw=none}")
    options.append("yticklabels={\(labels.joined(separator: ","))}, xmajorgrids")
    options.append("grid style={black!12}, clip=false")
    if chart.hasLegend {
      if chart.legendIsBelow {
        margin.bottom += 1.5 * look.body
        legend(isBelow: true, columns: chart.series.count)
      } else {
        margin.right += longest(chart.series.map(\.name)) + 2 * look.body
        options.append(
          "legend style={at={(1,1)}, xshift=2em, anchor=north west, draw=none, "
            + "cells={anchor=west}, font=\(font(look.body))}")
      }
    }
    let decimals = chart.decimals ?? Plotting.decimals(for: chart.values)
    for (index, series) in chart.series.enumerated() {
      let colour = define(chart.colour(of: index), "bar\(index + 1)", of: series.name)
      for bar in chart.bars(of: series) {
        let middle = chart.place(bar.position, series: index)
        let (low, high) = (middle - chart.share / 2, middle + chart.share / 2)
        body.append(
          "\\fill[\(colour)] (axis cs:0,\(number(low))) rectangle "
            + "(axis cs:\(number(bar.value)),\(number(high)));")
        body.append(
          "\\node[anchor=west, font=\(font(look.small)), inner xsep=2pt] at "
            + "(axis cs:\(number(max(0, bar.value))),\(number(middle))) "
            + "{$\(fixed(bar.value, decimals))$};")
      }
      guard chart.hasLegend else { continue }
      body.append("\\addlegendimage{area legend, fill=\(colour), draw=none}")
      body.append("\\addlegendentry{\(series.name.asTeX)}")
    }
    body.append("\\addplot[draw=none, forget plot] coordinates {(0,0)};")
  }

  // MARK: Cells

  private mutating func draw(_ map: HeatMap, _ margin: inout Margin) {
    margin.left = longest(map.rowLabels, limit: 36) + 3 * look.body
    margin.right = 5 * look.body
    let room = (width - margin.left - margin.right) / Double(max(1, map.columns))
    let isTurned = longest(map.columnLabels, limit: 36) > room - 4
    if isTurned { margin.bottom += longest(map.columnLabels, limit: 36) }
    let pitch = (height - margin.top - margin.bottom) / Double(max(1, map.rows))
    let letters = min(look.body, max(3, 0.9 * pitch))
    axes(
      x: -0.5...Double(map.columns) - 0.5, y: nil, map.columnTitle, map.rowTitle)
    func ticks(_ labels: [String]) -> String {
      labels.map { "{\($0.withoutControls.fitted(to: 36).asTeX)}" }.joined(separator: ",")
    }
    options.append("y dir=reverse, ymin=-0.5, ymax=\(number(Double(map.rows) - 0.5))")
    options.append(
      "xtick={0,...,\(max(0, map.columns - 1))}, xticklabels={\(ticks(map.columnLabels))}")
    options.append("ytick={0,...,\(max(0, map.rows - 1))}, yticklabels={\(ticks(map.rowLabels))}")
    options.append("tick label style={font=\(font(letters))}, tick style={draw=none}")
    options.append("axis line style={draw=none}")
    if isTurned { options.append("x tick label style={rotate=90, anchor=east}") }
    let scale = map.scale
    let stops = map.isDiverging ? Palette.diverging : Palette.ramp
    let palette = stops.map { "rgb255=(\($0.red),\($0.green),\($0.blue))" }
    options.append("colormap={waymark}{\(palette.joined(separator: " "))}, colorbar")
    options.append(
      "point meta min=\(number(scale.lowerBound)), point meta max=\(number(scale.upperBound)), "
        + "colorbar style={width=\(points(0.8 * look.body)), ylabel={\(map.scaleLabel.asTeX)}, "
        + "axis line style={draw=none}}")
    var rows: [[Double]] = []
    for row in 0..<map.rows {
      for column in 0..<map.columns {
        rows.append([Double(column), Double(row), map.value(row: row, column: column) ?? .nan])
      }
    }
    body.append("\\addplot[matrix plot*, mesh/cols=\(map.columns), point meta=explicit]")
    body += table("x=x, y=y, meta=v", rows).withHead("x y v")
    addNumbers(of: map, rows, room, pitch)
    for line in map.rowBreaks {
      body.append(
        "\\draw[gray] (axis cs:-0.5,\(number(Double(line) - 0.5))) -- "
          + "(axis cs:\(number(Double(map.columns) - 0.5)),\(number(Double(line) - 0.5)));")
    }
    for line in map.columnBreaks {
      body.append(
        "\\draw[gray] (axis cs:\(number(Double(line) - 0.5)),-0.5) -- "
          + "(axis cs:\(number(Double(line) - 0.5)),\(number(Double(map.rows) - 0.5)));")
    }
  }

  private mutating func addNumbers(
    of map: HeatMap, _ rows: [[Double]], _ room: Double, _ pitch: Double
  ) {
    let decimals = map.hasNumbers ? map.shownDecimals : 0
    let numbered = rows.filter { $0[2].isFinite && (map.hasNumbers || map.isNumbered($0[2])) }
    let longest = numbered.map { fixed($0[2], decimals).count }.max() ?? 1
    let letters = min(look.body, 0.95 * room / (0.55 * Double(longest)), 0.9 * pitch)
    for row in numbered {
      let isDark = map.colour(at: map.scale.share(of: row[2])).isDark
      body.append(
        "\\node[inner sep=0pt, font=\(font(letters)), text=\(isDark ? "white" : "black")] at "
          + "(axis cs:\(number(row[0])),\(number(row[1]))) {$\(fixed(row[2], decimals))$};")
    }
  }

  // MARK: Points

  private mutating func draw(_ scatter: Scatter, _ margin: inout Margin) {
    axes(x: scatter.horizontal, y: scatter.vertical, scatter.xLabel, scatter.yLabel)
    let isListed = scatter.legend == .beside
    if isListed {
      margin.right = longest(scatter.entries.map(\.name)) + 3 * look.body
      legend(isBelow: false, columns: 1)
    }
    let entries = Set(scatter.entries)
    for (index, group) in scatter.inOrder.enumerated() where !group.finitePoints.isEmpty {
      let colour = define(group.colour, "group\(index + 1)", of: group.name)
      let mark = Self.marks[group.style / Palette.series.count % Self.marks.count]
      let isEntry = isListed && entries.contains(group)
      body.append(
        "\\addplot[\(colour), only marks, mark=\(mark), mark size=\(points(1.6 * look.points))"
          + (isEntry ? "]" : ", forget plot]"))
      body += table("x=x, y=y", group.finitePoints.map { [$0.x, $0.y] }).withHead("x y")
      if isEntry { body.append("\\addlegendentry{\(group.name.asTeX)}") }
    }
    for mark in scatter.marks where mark.place.isFinite {
      body.append(
        "\\node[fill=white, fill opacity=0.8, text opacity=1, inner sep=1pt] at "
          + "(axis cs:\(number(mark.place.x)),\(number(mark.place.y))) "
          + "{\(mark.text.withoutControls.fitted(to: 12).asTeX)};")
    }
  }
}

extension [String] {
  /// A table's lines with the names of its columns behind the first.
  fileprivate func withHead(_ names: String) -> [String] {
    [self[0], "    \(names) \\\\"] + dropFirst()
  }
}
