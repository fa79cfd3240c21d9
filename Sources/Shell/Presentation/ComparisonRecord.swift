import Learning
import Metrics

/// What other programs read of a comparison.
struct ComparisonRecord: Encodable {
  var metric: String
  var unit = "percent"
  var runs: [RunRecord]
  /// Runs of several seeds taken together.
  var groups: [Group]

  struct Group: Encodable {
    var name: String
    var runs: [String]
    /// Those that its runs have in common.
    var options: [String: OptionRecord]
    /// Null after a task before which no class had test images.
    var byTask: [SpreadRecord?]
    var byTaskMacro: [SpreadRecord?]
    var acc: SpreadRecord?
    var average: SpreadRecord?
    var final: SpreadRecord?
    var forgetting: SpreadRecord?
    var backwardTransfer: SpreadRecord?
    var seconds: SpreadRecord?
  }

  struct SpreadRecord: Encodable {
    var mean: Double
    var deviation: OrNull<Double>
    var count: Int

    init?(_ values: [Double?]) {
      guard let spread = Spread(values.compactMap(\.self)) else { return nil }
      (mean, deviation, count) = (spread.mean, OrNull(spread.standardDeviation), spread.count)
    }
  }

  init(_ sets: [RunSet], _ metric: AccuracyMetric, _ head: Classifier?) {
    self.metric = metric.rawValue
    runs = sets.flatMap(\.runs).map { RunRecord($0.name, $0.run, metric, head: head) }
    groups = sets.filter { $0.runs.count > 1 }.map { set in
      let records = set.runs.map { RunRecord($0.name, $0.run, metric, head: head) }
      func byTask(_ values: (RunRecord) -> [Double?]) -> [SpreadRecord?] {
        let rows = records.map(values)
        return (0..<(rows.map(\.count).max() ?? 0)).map { task in
          SpreadRecord(rows.map { task < $0.count ? $0[task] : nil })
        }
      }
      return Group(
        name: set.name, runs: records.map(\.name),
        options: records[0].options.filter { option in
          records.allSatisfy { $0.options[option.key] == option.value }
        }, byTask: byTask(\.byTask), byTaskMacro: byTask(\.byTaskMacro),
        acc: SpreadRecord(records.map(\.acc.value)),
        average: SpreadRecord(records.map(\.average.value)),
        final: SpreadRecord(records.map(\.final.value)),
        forgetting: SpreadRecord(records.map(\.forgetting.value)),
        backwardTransfer: SpreadRecord(records.map(\.backwardTransfer.value)),
        seconds: SpreadRecord(records.map(\.seconds)))
    }
  }
}
