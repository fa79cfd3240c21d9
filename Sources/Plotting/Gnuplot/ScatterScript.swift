import PlainText
import System

extension Scatter {
  /// Around the plot, in pixels.
  private enum Margin {
    static let left = 66
    static let right = 16
    static let bottom = 54
    static let top = 14
    static let title = 42
  }

  private var topMargin: Int { title == nil ? Margin.top : Margin.title }

  /// How the groups' names stand beside the plot, or in rows where they are alone.
  fileprivate struct LegendLayout {
    var columns: Int
    var rows: Int
    var columnWidth: Int
    var rowHeight: Int
    var font: Double
    /// Characters of a name.
    var room: Int

    private static let marker = 24

    init(
      _ entries: [Group], height: Int? = nil, width: Int? = nil, _ look: Look = .screen
    ) {
      let count = max(1, entries.count)
      let isSmall = count > 20
      font = isSmall ? look.small : look.body
      // Some fifty names can stand in one column.
      let row = isSmall ? max(12, min(15, (height ?? 0) / count)) : 19
      rowHeight =
        look == .screen
        ? row : Int((Double(isSmall ? 14 : 19) * look.body / Look.screen.body).rounded(.up))
      let limit = look == .paper ? 12 : isSmall ? 24 : 32
      room = min(
        limit, entries.map { displayWidth($0.name.withoutControls) }.max() ?? 0)
      columnWidth = Self.marker + Canvas.pixels(for: room, font: font)
      if let width {
        columns = min(count, max(1, width / columnWidth))
        rows = (count + columns - 1) / columns
      } else {
        rows = min(count, max(1, (height ?? 0) / rowHeight))
        columns = (count + rows - 1) / rows
      }
    }

    var width: Int { columns * columnWidth }
    var height: Int { rows * rowHeight }
  }

  /// Of a picture whose plot has these sides.
  private func size(width: Int, height: Int) -> PictureSize {
    let names = legend == .beside ? LegendLayout(entries, height: height).width + 12 : 0
    return PictureSize(
      width: Margin.left + width + names + Margin.right, height: topMargin + height + Margin.bottom)
  }

  var naturalSize: PictureSize {
    switch legend {
    case .beside: size(width: 620, height: 560)
    case .none: size(width: 360, height: 340)
    case .alone:
      PictureSize(
        width: 860, height: max(PictureSize.sides.lowerBound, legendHeight(within: 860)))
    }
  }

  func legendHeight(within width: Int) -> Int { LegendLayout(entries, width: width).height + 20 }

  /// A plot's sides in pixels of a canvas, from its left upper corner.
  fileprivate struct Plot {
    var left: Int
    var right: Int
    var top: Int
    var bottom: Int
  }

  fileprivate func plot(on canvas: Canvas) -> Plot {
    func scaled(_ margin: Int) -> Int { Int((Double(margin) * canvas.letters).rounded()) }
    let (left, top) = (scaled(Margin.left), scaled(topMargin))
    let bottom = max(top + 1, canvas.height - scaled(Margin.bottom))
    let names =
      legend == .beside
      ? LegendLayout(entries, height: bottom - top, canvas.look).width + 12 : 0
    let right = max(left + 1, canvas.width - scaled(Margin.right) - names)
    return Plot(left: left, right: right, top: top, bottom: bottom)
  }

  /// Each mark at its place, or at the nearest free one around it where it would cover another.
  fileprivate func placedMarks(
    in plot: Plot, _ look: Look
  ) -> [(mark: Mark, place: Point, isAside: Bool)] {
    let (width, height) = (Double(plot.right - plot.left), Double(plot.bottom - plot.top))
    let (x, y) = (horizontal, vertical)
    let line = 15 * look.body / Look.screen.body
    var taken: [(x: Double, y: Double, halfWidth: Double)] = []
    return marks.filter { $0.place.isFinite && shows($0.place) }.map { mark in
      let columns = displayWidth(mark.text.withoutControls)
      let halfWidth = Double(Canvas.pixels(for: columns, font: look.body)) / 2 + 2
      let own = (x: x.share(of: mark.place.x) * width, y: y.share(of: mark.place.y) * height)
      func isFree(_ place: (x: Double, y: Double)) -> Bool {
        (0...width).contains(place.x) && (0...height).contains(place.y)
          && !taken.contains {
            abs($0.x - place.x) < $0.halfWidth + halfWidth && abs($0.y - place.y) < line
          }
      }
      let rings = (0...40).lazy.flatMap { ring in
        (0..<(ring == 0 ? 1 : 16)).lazy.map { step in
          let angle = Double(step) / 8 * .pi
          let distance = 8 * Double(ring)
          return (x: own.x + distance * cos(angle), y: own.y + distance * sin(angle))
        }
      }
      let found = rings.first(where: isFree) ?? own
      taken.append((found.x, found.y, halfWidth))
      let isAside = abs(found.x - own.x) + abs(found.y - own.y) > 6
      let place = Point(
        x: x.lowerBound + found.x / width * (x.upperBound - x.lowerBound),
        y: y.lowerBound + found.y / height * (y.upperBound - y.lowerBound))
      return (mark, isAside ? place : mark.place, isAside)
    }
  }

  /// Of a point, so that many of them do not become one patch.
  fileprivate var pointSize: Double {
    switch groups.reduce(0, { $0 + $1.points.count }) {
    case ...200: 1
    case ...800: 0.75
    default: 0.5
    }
  }
}

extension Scatter.Group {
  fileprivate var marker: Int {
    Palette.markers[style / Palette.series.count % Palette.markers.count]
  }
}

extension Script {
  /// A block for each group: x, y. Names and marks are labels, so that the plot's sides are known.
  mutating func draw(_ scatter: Scatter, on canvas: Canvas, in frame: Frame) {
    if scatter.legend == .alone {
      add("unset border")
      add("unset tics")
      add("set xrange [0:1]")
      add("set yrange [0:1]")
      let layout = Scatter.LegendLayout(scatter.entries, width: canvas.width, canvas.look)
      addNames(
        of: scatter, layout, left: max(0, (canvas.width - layout.width) / 2),
        top: max(0, (canvas.height - layout.height) / 2), byRows: true, on: canvas, in: frame)
      return plot([])
    }
    let place = scatter.plot(on: canvas)
    let (wide, high) = (Double(canvas.width), Double(canvas.height))
    add("set lmargin at screen \(frame.x(Double(place.left) / wide))")
    add("set rmargin at screen \(frame.x(Double(place.right) / wide))")
    add("set tmargin at screen \(frame.y(1 - Double(place.top) / high))")
    add("set bmargin at screen \(frame.y(1 - Double(place.bottom) / high))")
    label(axis: "x", scatter.xLabel, on: canvas)
    label(axis: "y", scatter.yLabel, on: canvas)
    add("set xrange [\(Script.range(scatter.horizontal))]")
    fewTicks(in: scatter.horizontal, on: canvas)
    add("set yrange [\(Script.range(scatter.vertical))]")
    if scatter.legend == .beside {
      let layout = Scatter.LegendLayout(
        scatter.entries, height: place.bottom - place.top, canvas.look)
      addNames(
        of: scatter, layout, left: place.right + 12, top: place.top, byRows: false, on: canvas,
        in: frame)
    }
    addMarks(of: scatter, in: place, on: canvas)
    var clauses: [String] = []
    for (index, group) in scatter.inOrder.enumerated() where !group.finitePoints.isEmpty {
      block("points\(index)", group.finitePoints.map { [$0.x, $0.y] })
      clauses.append(
        "$points\(index) using 1:2 with points pointtype \(group.marker) "
          + "pointsize \(canvas.points(scatter.pointSize)) linecolor \(Script.colour(group.colour)) notitle"
      )
    }
    plot(clauses)
  }

  private mutating func addNames(
    of scatter: Scatter, _ layout: Scatter.LegendLayout, left: Int, top: Int, byRows: Bool,
    on canvas: Canvas, in frame: Frame
  ) {
    for (index, group) in scatter.entries.enumerated() {
      let column = byRows ? index % layout.columns : index / layout.rows
      let row = byRows ? index / layout.columns : index % layout.rows
      let x = Double(left + column * layout.columnWidth + 8) / Double(canvas.width)
      let y = Double(top + row * layout.rowHeight + layout.rowHeight / 2) / Double(canvas.height)
      add(
        "set label \(index + 1) \(text(group.name, within: layout.room)) "
          + "at screen \(frame.x(x)),\(frame.y(1 - y)) left noenhanced "
          + "\(canvas.font(layout.font)) \(Script.textColour) point pointtype \(group.marker) "
          + "pointsize \(canvas.points(1)) linecolor \(Script.colour(group.colour)) offset 1,0")
    }
  }

  /// Marks that would cover others stand aside, with a line to their place.
  private mutating func addMarks(
    of scatter: Scatter, in plot: Scatter.Plot, on canvas: Canvas
  ) {
    guard !scatter.marks.isEmpty else { return }
    add("set style textbox opaque fillcolor rgb '#28FFFFFF' noborder margins 0.4,0.4")
    for (index, (mark, place, isAside)) in scatter.placedMarks(in: plot, canvas.look).enumerated() {
      let number = scatter.entries.count + index + 1
      let at = "\(Script.number(place.x)),\(Script.number(place.y))"
      if isAside {
        add(
          "set arrow \(number) from \(Script.number(mark.place.x)),\(Script.number(mark.place.y)) "
            + "to \(at) nohead front linewidth 0.7 linecolor \(Script.colour(.axis))")
      }
      add(
        "set label \(number) \(text(mark.text, within: 12)) at \(at) center front boxed "
          + "noenhanced \(canvas.font(canvas.body)) textcolor \(Script.colour(.black))")
    }
  }
}
