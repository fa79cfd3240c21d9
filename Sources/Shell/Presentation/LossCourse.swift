import Learning
import Plotting
import Tensors

/// A loss batch by batch, task by task.
struct LossCourse {
  private let name: String
  private let losses: [Float]
  /// Batches of the tasks, one range each.
  private let tasks: [Range<Int>]
  /// Batches of the epochs.
  private let epochs: [Range<Int>]

  init(_ name: String, _ history: History) {
    self.name = name
    losses = Array(history.losses.elements)
    tasks = Self.ranges(ending: history.evaluationSteps, of: losses.count)
    var end = 0
    epochs = Self.ranges(
      ending: history.epochs.map {
        end += $0.batches
        return end
      }, of: losses.count)
  }

  /// What lies between these ends, with what comes behind the last of them.
  private static func ranges(ending ends: [Int], of count: Int) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for end in ends.filter({ $0 < count }) + [count] where end > start {
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }

  /// The curve: it is interrupted where a task ends, for the next one is another question.
  func series(over axis: LossAxis) -> LineChart.Series {
    let places = places(over: axis)
    var points: [LineChart.Point] = []
    for (index, task) in tasks.enumerated() {
      points += task.map { LineChart.Point(x: places[$0], y: Double(losses[$0])) }
      if index + 1 < tasks.count {
        points.append(
          LineChart.Point(x: (places[task.upperBound - 1] + places[task.upperBound]) / 2, y: .nan))
      }
    }
    return LineChart.Series(name: name, points: points)
  }

  /// Where each batch stands.
  private func places(over axis: LossAxis) -> [Double] {
    let stretches = axis == .epoch ? epochs : tasks
    guard axis != .batch else { return losses.indices.map { Double($0 + 1) } }
    return stretches.enumerated().flatMap { index, stretch in
      stretch.map {
        Double(index) + (Double($0 - stretch.lowerBound) + 0.5) / Double(stretch.count)
      }
    }
  }

  /// Where the tasks begin.
  fileprivate func borders(over axis: LossAxis) -> [LineChart.Border] {
    guard tasks.count > 1 else { return [] }
    return tasks.enumerated().map { index, task in
      let start: Double =
        switch axis {
        case .batch: Double(task.lowerBound) + 0.5
        case .epoch: Double(epochs.firstIndex { $0.contains(task.lowerBound) } ?? 0)
        case .task: Double(index)
        }
      return LineChart.Border(x: start, label: "task \(index + 1)")
    }
  }
}

/// What one curve is of: a run, or the mean of runs of several seeds.
struct LossCourses {
  let name: String
  let members: [LossCourse]

  init(_ name: String, _ members: [LossCourse]) { (self.name, self.members) = (name, members) }

  fileprivate func series(over axis: LossAxis) -> LineChart.Series {
    let curves = members.map { $0.series(over: axis) }
    return curves.count == 1 ? curves[0] : LineChart.Series(meanOf: curves, named: name)
  }
}

extension LossCourse {
  /// The losses of runs over one axis, with borders where they agree on them.
  static func chart(
    of sets: [LossCourses], over axis: LossAxis, title: String, smoothing: Double
  ) -> (chart: LineChart, notes: [String]) {
    var chart = LineChart.loss(
      title: title, xLabel: axis.label, of: sets.map { $0.series(over: axis) },
      smoothing: smoothing)
    let courses = sets.flatMap(\.members)
    let borders = courses.map { $0.borders(over: axis) }
    let longest = borders.max { $0.count < $1.count } ?? []
    chart.borders = longest.filter { border in
      borders.allSatisfy { ($0.first { $0.label == border.label } ?? border) == border }
    }
    if axis == .task {
      chart.xTicks = (0...max(1, courses.map(\.tasks.count).max() ?? 1)).map(Double.init)
    }
    var notes: [String] = []
    if chart.borders.count < longest.count {
      notes.append(
        "the runs' tasks begin after different numbers of batches: only borders that all have are "
          + "drawn; x=task draws them all")
    }
    if let cut = chart.cut {
      notes.append("\(cut): the axis ends below so that curves can be seen")
    }
    return (chart, notes)
  }
}
