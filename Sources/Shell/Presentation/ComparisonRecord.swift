import Learning
import Metrics

/// What other programs read of a comparison.
func comparisonRecord(
  _ sets: [RunSet], _ metric: AccuracyMetric, _ head: Classifier?
) -> ResultRecord {
  [
    "metric": metric.rawValue, "unit": "percent",
    "runs": sets.flatMap(\.runs).map { runRecord($0.name, $0.run, metric, head: head) },
    "groups": sets.filter { $0.runs.count > 1 }.map { $0.record(metric, head) },
  ]
}

extension RunSet {
  /// Runs of several seeds taken together, with the options that they have in common.
  fileprivate func record(_ metric: AccuracyMetric, _ head: Classifier?) -> ResultRecord {
    let metrics = runs.map { $0.run.metrics(by: metric, classifier: head) }
    let options = runs.map(\.run.setup.options.values)
    let shared = options[0].filter { option in
      options.allSatisfy { $0[option.key] == option.value }
    }
    return [
      "name": name, "runs": runs.map(\.name), "options": shared.mapValues(OptionRecord.init),
      "byTask": spreads(metrics.map(\.byTask)),
      "byTaskMacro": spreads(runs.map { $0.run.evaluations(byHead: head).map(\.macroAccuracy) }),
      "acc": spread(metrics.map(\.meanOverTasks)), "average": spread(metrics.map(\.average)),
      "final": spread(metrics.map(\.final)), "forgetting": spread(metrics.map(\.forgetting)),
      "backwardTransfer": spread(metrics.map(\.backwardTransfer)),
      "seconds": spread(runs.map { $0.run.seconds.value }),
    ]
  }
}

private func spread(_ values: [Double?]) -> ResultRecord? {
  Spread(values.compactMap(\.self)).map { spread in
    ["mean": spread.mean, "deviation": OrNull(spread.standardDeviation), "count": spread.count]
  }
}

/// After each task; null after one before which no class had test images.
private func spreads(_ rows: [[Double?]]) -> [ResultRecord?] {
  (0..<(rows.map(\.count).max() ?? 0)).map { task in
    spread(rows.map { task < $0.count ? $0[task] : nil })
  }
}
