/// Figures in rows, drawn as one picture.
public struct Panels: Hashable, Sendable {
  public struct Panel: Hashable, Sendable {
    public var figure: Figure
    /// In pixels of the whole picture.
    public var size: PictureSize

    public init(_ figure: Figure, width: Int, height: Int) {
      self.figure = figure
      size = PictureSize(width: width, height: height)
    }

    /// The names of a plot's groups, as high as they need in that width.
    public init(legend plot: Scatter, width: Int) {
      figure = .points(plot)
      size = PictureSize(width: width, height: plot.legendHeight(within: width))
    }

    /// As large as the figure needs.
    public init(_ figure: Figure) {
      self.figure = figure
      size = (try? figure.naturalSize()) ?? PictureSize(width: 480, height: 320)
    }
  }

  public var title: String?
  /// From top to bottom, each from left to right.
  public var rows: [[Panel]]

  public init(title: String? = nil, rows: [[Panel]]) {
    self.title = title
    self.rows = rows
  }

  /// The panels of rows in which one would be narrower than it needs, each in a row of its own.
  ///
  /// - Parameters:
  ///   - width: Of the picture, in pixels.
  ///   - least: What a panel needs, in pixels.
  func stacked(within width: Double, least: Double) -> Panels {
    func isTooNarrow(_ row: [Panel]) -> Bool {
      let whole = row.reduce(0) { $0 + $1.size.width }
      return row.count > 1
        && row.contains { width * Double($0.size.width) / Double(max(1, whole)) < least }
    }
    guard rows.contains(where: isTooNarrow) else { return self }
    var stacked = self
    stacked.rows = rows.flatMap { isTooNarrow($0) ? $0.map { [$0] } : [$0] }
    let whole = stacked.naturalSize.width
    for row in stacked.rows.indices where stacked.rows[row].count == 1 {
      let panel = stacked.rows[row][0]
      stacked.rows[row][0] = Panel(panel.figure, width: whole, height: panel.size.height)
    }
    return stacked
  }

  /// Where a panel stands in the picture, in pixels from its left upper corner.
  struct Place {
    var figure: Figure
    var left: Int
    var top: Int
    var width: Int
    var height: Int
  }

  private static let titleHeight = 34

  var naturalSize: PictureSize {
    PictureSize(
      width: rows.map { $0.reduce(0) { $0 + $1.size.width } }.max() ?? 0,
      height: rows.reduce(title == nil ? 0 : Self.titleHeight) { $0 + Self.height(of: $1) })
  }

  private static func height(of row: [Panel]) -> Int { row.map(\.size.height).max() ?? 0 }

  /// The panels of a picture of this size: all grow or shrink by the same factor.
  /// On paper and slides, where letters do not, charts grow by what each side leaves.
  func places(in size: PictureSize, _ look: Look = .screen) -> [Place] {
    let natural = naturalSize
    let sides = (
      Double(size.width) / Double(natural.width), Double(size.height) / Double(natural.height)
    )
    let isFree = look != .screen && !Figure.panels(self).hasImages
    let across = isFree ? sides.0 : min(sides.0, sides.1)
    let along = isFree ? sides.1 : across
    func scaled(_ pixels: Int) -> Int { Int(Double(pixels) * along) }
    func wide(_ pixels: Int) -> Int { Int(Double(pixels) * across) }
    var places: [Place] = []
    var top = title == nil ? 0 : Self.titleHeight
    for row in rows {
      var left = 0
      for panel in row {
        places.append(
          Place(
            figure: panel.figure, left: wide(left), top: scaled(top),
            width: wide(panel.size.width), height: scaled(panel.size.height)))
        left += panel.size.width
      }
      top += Self.height(of: row)
    }
    return places
  }
}
