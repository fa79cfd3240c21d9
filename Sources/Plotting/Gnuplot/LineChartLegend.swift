import PlainText

extension LineChart {
  /// Where the names of the curves stand in one picture.
  enum PlacedLegend {
    /// Names at the ends of their curves; `y` on the axis.
    case direct([(index: Int, name: String, y: Double)])
    case right
    case below
    /// Beside the chart, in columns of text that charts above each other share.
    case aligned(Int)
    case off

    /// Whether gnuplot writes the names.
    var isKey: Bool {
      switch self {
      case .right, .below, .aligned: true
      case .direct, .off: false
      }
    }
  }

  /// As many names as one tells apart at the ends of curves.
  private static let directLimit = 4

  /// - Parameters:
  ///   - width: Of the picture, in pixels, as `height`.
  func placedLegend(width: Int, height: Int, _ look: Look) -> PlacedLegend {
    switch legend {
    case .off: return .off
    case .right: return .right
    case .below: return .below
    case .direct: return .direct(ends(width, height, look, isForced: true) ?? [])
    case .auto:
      if let legendColumns {
        let pixels = Canvas.pixels(for: legendColumns + 7, font: look.body)
        return look == .screen || pixels < width / 4 ? .aligned(legendColumns) : .below
      }
      let isFew = drawn.count <= Self.directLimit && smoothing == 0
      let hasPartners = series.contains { $0.partner != nil }
      if isFew, !hasPartners, let ends = ends(width, height, look, isForced: false) {
        return .direct(ends)
      }
      let columns = Self.legendEntryColumns(drawn.map(\.element.name))
      let isNarrow = Canvas.pixels(for: columns, font: look.body) > width / 4
      return isNarrow && look != .screen ? .below : .right
    }
  }

  /// Columns of text that a legend's entry takes.
  static func legendEntryColumns(_ names: [String]) -> Int {
    min(legendLimit, names.map { displayWidth($0.withoutControls) }.max() ?? 0) + 7
  }

  /// What a legend below a picture of this width adds to its height, beyond one line.
  func legendHeight(_ width: Double, _ look: Look) -> Double {
    guard look != .screen, drawn.count > Self.directLimit, legend == .auto || legend == .below
    else { return 0 }
    let columns = Self.legendEntryColumns(drawn.map(\.element.name))
    let perRow = max(1, Canvas.columns(in: Int(width), font: look.body) / columns)
    let rows = (drawn.count + perRow - 1) / perRow
    return Double(rows) * 1.5 * look.body
  }

  /// Where names stand at the ends of the curves, pushed apart where they would lie upon each other; nil
  /// if they would be far from their ends, or curves end before the others.
  private func ends(
    _ width: Int, _ height: Int, _ look: Look, isForced: Bool
  ) -> [(index: Int, name: String, y: Double)]? {
    let ends = drawn.compactMap { index, series in
      series.finitePoints.last { shows($0) }.map { (index: index, point: $0, name: series.name) }
    }
    let last = ends.map(\.point.x).max() ?? 0
    let columns = ends.map { displayWidth($0.name.withoutControls) }.max() ?? 0
    if !isForced {
      guard ends.count == drawn.count, ends.allSatisfy({ $0.point.x == last }),
        Canvas.pixels(for: columns, font: look.body) < width * 3 / 10
      else { return nil }
    }
    let points = series.flatMap(\.finitePoints).filter(shows)
    let values = points.map(\.y)
    let range = yRange ?? (values.min() ?? 0)...(values.max() ?? 1)
    // Title, axis and its label take about six lines.
    let room = max(1, Double(height) - 6 * look.body)
    let length = max(range.upperBound - range.lowerBound, .leastNormalMagnitude)
    let line = 1.15 * look.body / room * length
    var places = ends.sorted { ($0.point.y, $0.index) < ($1.point.y, $1.index) }
      .map { (index: $0.index, name: $0.name, own: $0.point.y, y: $0.point.y) }
    // Neighbours that are too near move away from each other by the same length.
    for _ in 0..<20 {
      for lower in places.indices.dropLast() {
        let missing = line - (places[lower + 1].y - places[lower].y)
        guard missing > 0 else { continue }
        places[lower].y -= missing / 2
        places[lower + 1].y += missing / 2
      }
    }
    let isNear = places.allSatisfy { abs($0.y - $0.own) <= 1.3 * line }
    let isInside = places.allSatisfy {
      (range.lowerBound - line...range.upperBound + line).contains($0.y)
    }
    guard isForced || isNear && isInside else { return nil }
    return places.map { ($0.index, $0.name, $0.y) }
  }

  func placedLegend(on canvas: Canvas) -> PlacedLegend {
    placedLegend(width: canvas.width, height: canvas.height, canvas.look)
  }

  /// Whether the labels of ticks stand apart, which those of a screen do.
  func hasRoom(for ticks: [Double], on canvas: Canvas) -> Bool {
    guard canvas.look != .screen else { return true }
    let columns = ticks.reduce(0) { $0 + $1.plainText.count + 2 }
    return Canvas.pixels(for: columns, font: canvas.body) < canvas.width * 2 / 3
  }

  /// How far the curve at this place of the legend is moved along x, so that bars of errors lie beside
  /// each other.
  func shift(of place: Int) -> Double {
    let count = drawn.count
    guard errors == .bars, note != nil, count > 1, !isLogarithmic else { return 0 }
    let range = xRange
    let step = min(0.012, 0.05 / Double(count)) * (range.upperBound - range.lowerBound)
    return (Double(place) - Double(count - 1) / 2) * step
  }
}

extension Script {
  /// On paper and slides, where letters are large for their picture: few round values along x.
  mutating func fewTicks(in range: ClosedRange<Double>, on canvas: Canvas) {
    guard canvas.look != .screen else { return }
    let ticks = LineChart.roundTicks(in: range, atMost: 5)
    if ticks.count > 1 {
      add("set xtics (\(ticks.map(Script.number).joined(separator: ", ")))")
    }
  }
}
