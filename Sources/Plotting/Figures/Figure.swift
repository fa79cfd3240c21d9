/// What is to be drawn, as plain values; `Gnuplot` turns it into files and terminal pictures.
public indirect enum Figure: Hashable, Sendable {
  case images(ImageGrid)
  case bars(BarChart)
  case lines(LineChart)
  case heatMap(HeatMap)
  case points(Scatter)
  case panels(Panels)

  public var title: String? {
    switch self {
    case .images(let grid): grid.title
    case .bars(let chart): chart.title
    case .lines(let chart): chart.title
    case .heatMap(let map): map.title
    case .points(let scatter): scatter.title
    case .panels(let panels): panels.title
    }
  }

  /// Whether there is no image, no finite value or no cell in it.
  var isEmpty: Bool {
    switch self {
    case .images(let grid): grid.tiles.isEmpty
    case .bars(let chart): chart.labels.isEmpty || chart.series.isEmpty
    case .lines(let chart): chart.series.allSatisfy { $0.finitePoints.isEmpty }
    case .heatMap(let map): map.rows == 0 || map.columns == 0
    case .points(let scatter): scatter.isEmpty
    case .panels(let panels): panels.rows.joined().allSatisfy(\.figure.isEmpty)
    }
  }
}

/// Width and height in pixels; a PDF counts 96 of them to the inch.
public struct PictureSize: Hashable, Sendable {
  public let width: Int
  public let height: Int

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// What every terminal of gnuplot can draw and a text still can be read in.
  static let sides = 64...8192
  /// The longest side of a picture of dots.
  static let dots = 16384
}
