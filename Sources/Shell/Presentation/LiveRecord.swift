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
  /// On the training images, batch by batch; of what was learned before, epoch by epoch.
  private var accuracies: [LineChart.Point]

  init(of name: String, _ run: Run, others: [String: History]) {
    self.name = name
    self.others = others
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
    let series = plot.runs.compactMap { name -> LineChart.Series? in
      guard let history = name == self.name ? run.history : others[name], history.steps > 0 else {
        return nil
      }
      return lossSeries(of: name, history)
    }
    guard !series.isEmpty else { return nil }
    return .loss(title: plot.title ?? "Training loss", of: series, smoothing: plot.smoothing)
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

/// The loss of every batch, interrupted where a task ends: the next one is another question.
func lossSeries(of name: String, _ history: History) -> LineChart.Series {
  let losses = history.losses.elements
  var points = losses.indices.map { LineChart.Point(x: Double($0 + 1), y: Double(losses[$0])) }
  for steps in history.evaluationSteps.reversed() where (1..<losses.count).contains(steps) {
    points.insert(LineChart.Point(x: Double(steps) + 0.5, y: .nan), at: steps)
  }
  return LineChart.Series(name: name, points: points)
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
