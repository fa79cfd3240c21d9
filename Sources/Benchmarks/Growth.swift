import Foundation
import Plotting

/// How time and memory per image grow with the batch, the data set, the classes and the threads.
///
/// Every point is measured in a process of its own, so that its peak memory is its own too.
struct Growth {
  /// What varies, while the others stay at `standard`.
  enum Variable: String, CaseIterable {
    case batch, images, classes, threads
  }

  struct Curve {
    var variable: Variable
    var points: [GrowthPoint.Figures]
  }

  /// - Parameter threads: There are.
  static func standard(threads: Int) -> GrowthPoint {
    GrowthPoint(batch: 64, images: 10_000, classes: 40, threads: min(2, threads))
  }

  let threads: Int
  /// The most images; a million of them take 3 GB.
  let mostImages: Int
  let tell: (String) -> Void

  func measure() throws -> [Curve] {
    try Variable.allCases.map { variable in
      Curve(variable: variable, points: try sizes(of: variable).map { try point(variable, $0) })
    }
  }

  private func sizes(of variable: Variable) -> [Int] {
    switch variable {
    case .batch: [16, 32, 64, 128, 256, 512]
    case .images: [1_000, 10_000, 100_000, 1_000_000].filter { $0 <= mostImages }
    case .classes: [10, 20, 50, 100, 200, 500, 1_000]
    case .threads: Array(1...threads)
    }
  }

  private func point(_ variable: Variable, _ size: Int) throws -> GrowthPoint.Figures {
    var point = Self.standard(threads: threads)
    switch variable {
    case .batch: point.batch = size
    case .images: point.images = size
    case .classes: point.classes = size
    case .threads: point.threads = size
    }
    let figures = try point.measureInChild()
    tell("\(variable.rawValue) \(size): \(Goal.text(figures.training)) times the usual cost")
    return figures
  }
}

extension Growth.Curve {
  private func size(_ figures: GrowthPoint.Figures) -> Int {
    switch variable {
    case .batch: figures.point.batch
    case .images: figures.point.images
    case .classes: figures.point.classes
    case .threads: figures.point.threads
    }
  }

  var title: String {
    switch variable {
    case .batch: "Images a batch"
    case .images: "Images in the data set"
    case .classes: "Classes"
    case .threads: "Threads"
    }
  }

  /// A Markdown table.
  var table: String {
    let head = """
      | \(title.lowercased()) | training, per image | forward, per image | peak memory, MB | \
      of it images, MB |
      |--:|--:|--:|--:|--:|

      """
    return head
      + points.map { figures in
        let cells = [
          String(size(figures)), "\(Goal.text(figures.training)) ×",
          "\(Goal.text(figures.forward)) ×", Goal.text(Double(figures.peakBytes) / 1e6),
          Goal.text(Double(figures.dataBytes) / 1e6),
        ]
        return "| " + cells.joined(separator: " | ") + " |"
      }.joined(separator: "\n") + "\n"
  }

  /// Time per image over the size.
  var figure: Figure {
    let x = points.map { Double(size($0)) }
    var chart = LineChart(
      title: "SimpleCNN: time per image", xLabel: title, yLabel: "Multiple of the usual time",
      yRange: 0...1.15 * (points.map { max($0.training, $0.forward) }.max() ?? 1),
      series: [
        LineChart.Series(name: "training step", x: x, y: points.map(\.training)),
        LineChart.Series(name: "forward", x: x, y: points.map(\.forward)),
      ])
    chart.isLogarithmic = variable != .threads
    return .lines(chart)
  }

  /// Peak memory without the data set's bytes over the size.
  var memoryFigure: Figure {
    let x = points.map { Double(size($0)) }
    let rest = points.map { Double($0.peakBytes - $0.dataBytes) / 1e6 }
    var chart = LineChart(
      title: "SimpleCNN: peak memory besides the images' bytes", xLabel: title, yLabel: "MB",
      yRange: 0...1.15 * (rest.max() ?? 1),
      series: [LineChart.Series(name: "peak memory", x: x, y: rest)])
    chart.isLogarithmic = variable != .threads
    return .lines(chart)
  }
}

extension Growth {
  /// Writes `growth.md` and its pictures into a folder.
  static func write(_ curves: [Curve], setting: Setting, to folder: String) throws {
    let usual = standard(threads: setting.threads)
    let points = curves.flatMap(\.points)
    var (training, forward) = (Sample(), Sample())
    for point in points where point.point.threads == usual.threads {
      training.add(point.usualTraining)
      forward.add(point.usualForward)
    }
    var text = """
      # How cost grows

      Written by `scripts/bench --growth`: SimpleCNN on noise, 32×32×3. Where nothing else is said: batches of
      \(usual.batch), \(usual.images) images, \(usual.classes) classes, \(usual.threads) threads. A training step is the batch made from bytes,
      forward, loss, backward, Adam; an epoch's shuffle is counted in. Every row is a process of its own in which its
      sizes and the usual ones take turns, nine times; the table has the median of the ratios. With the usual sizes
      training took \(Goal.text(training.median)) µs per image, a forward pass \(Goal.text(forward.median)) µs. Peak memory includes the program and the
      images' bytes.

      \(setting.text).

      """
    let gnuplot = Gnuplot()
    for curve in curves {
      let name = "growth-\(curve.variable.rawValue)"
      text += "\n## \(curve.title)\n\n\(curve.table)\n"
      text += "![Time per image](\(name).svg) ![Memory](\(name)-memory.svg)\n"
      let size = PictureSize(width: 640, height: 400)
      try gnuplot.write(curve.figure, to: "\(folder)/\(name).svg", size: size)
      try gnuplot.write(curve.memoryFigure, to: "\(folder)/\(name)-memory.svg", size: size)
    }
    try text.write(toFile: "\(folder)/growth.md", atomically: true, encoding: .utf8)
  }
}
