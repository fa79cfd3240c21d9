import Learning
import Metrics
import Plotting
import Sessions
import Tensors

/// What live plots are made of at one moment.
struct LiveRecord {
  /// The run that learns.
  let name: String
  /// Of other runs, as they were when it began.
  let others: [String: History]
  /// Of each run the number of its colour and mark.
  let styles: [String: Int]
  /// On the training images, batch by batch; of what was learned before, epoch by epoch.
  private var accuracies: [LineChart.Point]

  init(
    of name: String, _ run: Run, others: [String: History], styles: [String: Int] = [:]
  ) {
    self.name = name
    self.others = others
    self.styles = styles
    var steps = 0
    accuracies = run.history.epochs.compactMap { epoch in
      steps += epoch.batches
      return epoch.accuracyIfAny.map { LineChart.Point(x: Double(steps), y: $0) }
    }
  }

  /// The accuracy on the first batches of an epoch, over a few images, says little and is left out.
  mutating func take(_ batch: BatchReport, steps: Int) {
    guard 10 * (batch.position.batch + 1) >= batch.batches else { return }
    accuracies.append(LineChart.Point(x: Double(steps), y: batch.accuracy))
  }

  /// - Returns: A chart for each of the plot's curves that has a point.
  func charts(of plot: LivePlot, _ run: Run, _ watch: Watch?) -> [LineChart] {
    plot.curves.compactMap { curve in
      switch curve {
      case .loss: loss(plot, run)
      case .accuracy: accuracy(plot, run, watch)
      }
    }
  }

  private func loss(_ plot: LivePlot, _ run: Run) -> LineChart? {
    let courses = plot.runs.compactMap { name -> LossCourses? in
      guard let history = name == self.name ? run.history : others[name], history.steps > 0 else {
        return nil
      }
      return LossCourses(name, [LossCourse(name, history)])
    }
    guard !courses.isEmpty else { return nil }
    var chart = LossCourse.chart(
      of: courses, over: plot.axis, title: plot.title ?? "Training loss",
      smoothing: plot.smoothing
    ).chart
    for (index, course) in courses.enumerated() { chart.series[index].style = styles[course.name] }
    return chart
  }

  private func accuracy(_ plot: LivePlot, _ run: Run, _ watch: Watch?) -> LineChart? {
    var series: [LineChart.Series] = []
    if let watch, watch.rows.count > 1, !watch.targets.isEmpty {
      series = watch.targets.indices.map { watch.series(of: $0) }
    } else if !accuracies.isEmpty {
      let ends = Set(run.history.evaluationSteps.dropLast().map(Double.init))
      let train = accuracies.flatMap { point in
        ends.contains(point.x) ? [point, LineChart.Point(x: point.x + 0.5, y: .nan)] : [point]
      }
      let test = zip(run.history.evaluationSteps, run.history.evaluations).compactMap {
        steps, evaluation in
        evaluation.accuracy.map { LineChart.Point(x: Double(steps), y: $0) }
      }
      series = [.init(name: "train", points: train)]
      if !test.isEmpty { series.append(.init(name: "test", points: test)) }
    }
    guard !series.isEmpty else { return nil }
    return LineChart(
      title: plot.title ?? "\(name): accuracy", xLabel: "Batch", yLabel: "Accuracy (%)",
      yRange: 0...100, series: series)
  }
}

extension Watch {
  /// The accuracy on a target, interrupted where a task ends.
  func series(of target: Int) -> LineChart.Series {
    LineChart.Series(
      name: targets[target].name, points: curve { $0.accuracies[target] ?? .nan })
  }

  func curve(_ value: (Row) -> Double) -> [LineChart.Point] {
    var points: [LineChart.Point] = []
    for (index, row) in rows.enumerated() {
      points.append(LineChart.Point(x: Double(row.steps), y: value(row)))
      if index + 1 < rows.count, rows[index + 1].task != row.task {
        points.append(LineChart.Point(x: Double(row.steps) + 0.5, y: .nan))
      }
    }
    return points
  }
}
