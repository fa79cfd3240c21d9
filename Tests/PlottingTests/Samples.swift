public import Plotting
public import Testing

/// Small figures of every kind.
enum Samples {
  /// 2 wide, 4 high: red, green / blue, white / black, grey / yellow, cyan.
  static let tile = ImageGrid.Tile(
    width: 2, height: 4,
    rgb: [
      255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255,
      0, 0, 0, 128, 128, 128, 255, 255, 0, 0, 255, 255,
    ])

  static func images(_ count: Int = 10, title: String? = nil, caption: String? = nil) -> Figure {
    .images(
      ImageGrid(
        title: title,
        tiles: (0..<count).map { index in
          ImageGrid.Tile(
            width: 32, height: 32, rgb: Array(repeating: UInt8(index * 7 % 256), count: 3072),
            caption: caption)
        }))
  }

  static func bars(_ name: String = "stop", title: String? = nil) -> Figure {
    .bars(
      BarChart(
        title: title, labels: [name, "yield"],
        series: [
          BarChart.Series(name: name, values: [30, 12]), BarChart.Series(name: "b", values: [7]),
        ], valueLabel: name))
  }

  static func lines(_ name: String = "finetune", title: String? = nil) -> Figure {
    .lines(
      LineChart(
        title: title, xLabel: name, yLabel: name, yRange: 0...100,
        series: [LineChart.Series(name: name, x: [8, 16, 24], y: [96, 45.5, 30])]))
  }

  static func loss(_ name: String = "finetune") -> Figure {
    .lines(
      .loss(of: [
        LineChart.Series(
          name: name, x: (0..<100).map(Double.init), y: (0..<100).map { 1 / Double($0 + 1) })
      ]))
  }

  static func heatMap(_ name: String = "task 1", title: String? = nil) -> Figure {
    .heatMap(
      HeatMap(
        title: title, rowTitle: name, columnTitle: name, rowLabels: [name, "task 2"],
        columnLabels: [name, "task 2"], cells: [[97], [60.5, 96]], range: 0...100,
        scaleLabel: name))
  }

  static func points(
    _ name: String = "stop", title: String? = nil, legend: Scatter.Legend = .beside
  ) -> Figure {
    .points(
      Scatter(
        title: title, xLabel: name, yLabel: name,
        groups: [
          .init(name: name, points: [.init(x: 0, y: 0), .init(x: 1, y: 2)], style: 0),
          .init(name: "yield", points: [.init(x: 4, y: 10), .init(x: .nan, y: 1)], style: 8),
          .init(name: "to come", points: [.init(x: 2, y: 5)], style: 1, isPale: true),
        ], marks: [.init("14", at: .init(x: 0.5, y: 1))], legend: legend))
  }

  static func panels(_ name: String, title: String? = nil) -> Figure {
    .panels(
      Panels(
        title: title,
        rows: [
          [
            .init(images(1, caption: name), width: 200, height: 200),
            .init(bars(name, title: name), width: 500, height: 200),
          ],
          [.init(heatMap(name), width: 400, height: 300)],
        ]))
  }

  static func all(_ name: String) -> [Figure] {
    [
      images(title: name, caption: name), bars(name, title: name), lines(name, title: name),
      loss(name), heatMap(name, title: name), points(name, title: name),
      points(name, legend: .alone), panels(name, title: name),
    ]
  }
}

extension Figure: CustomTestStringConvertible {
  public var testDescription: String {
    switch self {
    case .images(let grid): "\(grid.tiles.count) images"
    case .bars(let chart): "\(chart.labels.count) bars"
    case .lines(let chart): "\(chart.series.count) curves, smoothing \(chart.smoothing)"
    case .heatMap(let map): "\(map.rowLabels.count) rows of cells"
    case .points(let scatter): "\(scatter.groups.count) groups of points"
    case .panels(let panels): "\(panels.rows.count) rows of panels"
    }
  }
}
