import Foundation
import Plotting

/// How time and memory per image grow with the batch, the data set, the classes and the threads.
///
/// Every point is measured in a process of its own, so that its peak memory is its own too.
struct Growth {
  /// Something that varies, while the others stay at `standard`.
  struct Curve {
    let name: String
    let title: String
    let size: WritableKeyPath<GrowthPoint, Int>
    let sizes: [Int]
    var points: [GrowthPoint.Figures] = []
  }

  /// - Parameter threads: There are.
  static func standard(threads: Int) -> GrowthPoint {
    GrowthPoint(batch: 64, images: 10_000, classes: 40, threads: min(2, threads))
  }

  let threads: Int
  /// The most images; a million of them take 3 GB.
  let mostImages: Int
  let tell: (String) -> Void

  private var curves: [Curve] {
    [
      Curve(
        name: "batch", title: "Images a batch", size: \.batch,
        sizes: [16, 32, 64, 128, 256, 512]),
      Curve(
        name: "images", title: "Images in the data set", size: \.images,
        sizes: [1_000, 10_000, 100_000, 1_000_000].filter { $0 <= mostImages }),
      Curve(
        name: "classes", title: "Classes", size: \.classes,
        sizes: [10, 20, 50, 100, 200, 500, 1_000]),
      Curve(name: "threads", title: "Threads", size: \.threads, sizes: Array(1...threads)),
    ]
  }

  func measure() throws -> [Curve] {
    try curves.map { curve in
      var curve = curve
      curve.points = try curve.sizes.map { size in
        var point = Self.standard(threads: threads)
        point[keyPath: curve.size] = size
        let figures = try point.measureInChild()
        tell("\(curve.name) \(size): \(Goal.text(figures.training)) times the usual cost")
        return figures
      }
      return curve
    }
  }
}

extension Growth.Curve {
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
          String(figures.point[keyPath: size]), "\(Goal.text(figures.training)) ×",
          "\(Goal.text(figures.forward)) ×", Goal.text(Double(figures.peakBytes) / 1e6),
          Goal.text(Double(figures.dataBytes) / 1e6),
        ]
        return "| " + cells.joined(separator: " | ") + " |"
      }.joined(separator: "\n") + "\n"
  }

  /// Time per image over the size.
  var figure: Figure {
    chart(
      "SimpleCNN: time per image", y: "Multiple of the usual time",
      [("training step", points.map(\.training)), ("forward", points.map(\.forward))])
  }

  /// Peak memory without the data set's bytes over the size.
  var memoryFigure: Figure {
    chart(
      "SimpleCNN: peak memory besides the images' bytes", y: "MB",
      [("peak memory", points.map { Double($0.peakBytes - $0.dataBytes) / 1e6 })])
  }

  private func chart(_ heading: String, y: String, _ series: [(String, [Double])]) -> Figure {
    let x = points.map { Double($0.point[keyPath: size]) }
    var chart = LineChart(
      title: heading, xLabel: title, yLabel: y,
      yRange: 0...1.15 * (series.flatMap(\.1).max() ?? 1),
      series: series.map { LineChart.Series(name: $0, x: x, y: $1) })
    chart.isLogarithmic = name != "threads"
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
      let name = "growth-\(curve.name)"
      text += "\n## \(curve.title)\n\n\(curve.table)\n"
      text += "![Time per image](\(name).svg) ![Memory](\(name)-memory.svg)\n"
      let size = PictureSize(width: 640, height: 400)
      try gnuplot.write(curve.figure, to: "\(folder)/\(name).svg", size: size)
      try gnuplot.write(curve.memoryFigure, to: "\(folder)/\(name)-memory.svg", size: size)
    }
    try text.write(toFile: "\(folder)/growth.md", atomically: true, encoding: .utf8)
  }
}
