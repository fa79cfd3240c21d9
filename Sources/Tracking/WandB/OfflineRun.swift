import Foundation
import PlainText
internal import SwiftProtobuf
internal import System

/// The directory of a run that W&B's own programs show (`wandb leet`) and upload (`wandb sync`):
/// `offline-run-DATE_TIME-ID` with the records in `run-ID.wandb` and small files beside them.
final class OfflineRun: LogWriter {
  let path: String
  private var log: RecordLog
  private let started: Double
  private var rows: Int64 = 0

  private var summaryFile: String { path + "/files/wandb-summary.json" }

  /// - Parameter folder: The folder that W&B calls `wandb`.
  init(
    in folder: String, _ run: RunDescription, project: String, displayName: String
  ) throws(LogError) {
    started = Date().timeIntervalSince1970
    path = "\(folder)/offline-run-\(Self.stamp(started))-\(run.id)"
    try LogFolder.make(path + "/files")
    try LogFolder.make(path + "/logs")
    log = try RecordLog("\(path)/run-\(run.id).wandb")
    try LogFile.replace(path + "/files/config.yaml", Self.yaml(run.config))
    try LogFile.replace(
      path + "/files/wandb-metadata.json",
      jsonObject([
        ("program", jsonText(run.program)), ("host", jsonText(Host.name)),
        ("startedAt", jsonText(Self.isoTime(started))),
      ]) + "\n")
    try LogFile.replace(path + "/files/requirements.txt", "\(run.program)\n")
    try begin(run, project: project, displayName: displayName)
    try log.file.flush()
    // Where `wandb leet` looks when it is given nothing; a convenience that may fail.
    let link = folder + "/latest-run"
    if FileStatus(link, followsLinks: false)?.isLink ?? true {
      FileGate.remove(link)
      _ = FileGate.makeLink(link, to: (path as NSString).lastPathComponent)
    }
  }

  private func begin(
    _ description: RunDescription, project: String, displayName: String
  ) throws(LogError) {
    var header = WandBHeaderRecord()
    header.versionInfo.producer = description.program
    header.versionInfo.minConsumer = "0.40.0"
    try log.append(.header(header))
    var run = WandBRunRecord()
    run.runID = description.id
    run.project = project
    run.displayName = displayName
    run.host = Host.name
    run.startTime.seconds = Int64(started)
    run.startTime.nanos = Int32((started - started.rounded(.down)) * 1e9)
    run.config.update = description.config.map { key, value in
      var item = WandBItem()
      item.key = key
      item.valueJson = value.json()
      return item
    }
    try log.append(.run(run))
    for (name, axis) in [
      (MetricName.task, nil), (MetricName.incrementalAccuracy, MetricName.task),
      (MetricName.incrementalAccuracyMacro, MetricName.task),
      (MetricName.averageAccuracy, MetricName.task), (MetricName.forgetting, MetricName.task),
      (MetricName.backwardTransfer, MetricName.task),
    ] {
      try define(name, axis: axis)
    }
    for task in 0..<Self.taskCount(description) {
      try define(MetricName.accuracy(onTask: task), axis: MetricName.task)
    }
    var files = WandBFilesRecord()
    files.files = ["config.yaml", "wandb-metadata.json", "wandb-summary.json", "requirements.txt"]
      .map { path in
        var item = WandBFilesItem()
        item.path = path
        item.policy = 1
        return item
      }
    try log.append(.files(files))
  }

  private static func taskCount(_ description: RunDescription) -> Int {
    guard
      case .integer(let count)? = description.config.first(where: { $0.key == "num_tasks" })?.value
    else { return 0 }
    return count
  }

  /// Says over what a metric is drawn.
  private func define(_ name: String, axis: String?) throws(LogError) {
    var metric = WandBMetricRecord()
    metric.name = name
    metric.options.defined = true
    if let axis {
      metric.stepMetric = axis
      metric.options.stepSync = true
    }
    try log.append(.metric(metric))
  }

  func write(_ row: LogRow, time: Double) throws(LogError) {
    var history = WandBHistoryRecord()
    history.step.num = rows
    var items = row.scalars.map { Self.item([$0.metric], jsonNumber($0.value)) }
    if row.rate != .batch {
      if let epoch = row.epoch { items.append(Self.item([MetricName.epoch], String(epoch))) }
      items.append(Self.item([MetricName.task], String(row.task)))
    }
    items.append(Self.item(["_step"], String(rows)))
    items.append(Self.item(["_timestamp"], jsonNumber(time)))
    items.append(Self.item(["_runtime"], jsonNumber(time - started)))
    history.item = items
    rows += 1
    try log.append(.history(history))
  }

  func flush(summary: [LogRow.Scalar]) throws(LogError) {
    if !summary.isEmpty { try log.append(.summary(Self.record(of: summary))) }
    // The records first: if there is no room for the small file, they are there.
    try log.file.flush()
    if !summary.isEmpty {
      try LogFile.replace(
        summaryFile,
        jsonObject(summary.map { ($0.metric, jsonNumber($0.value)) }) + "\n")
    }
  }

  func close(summary: [LogRow.Scalar], isComplete: Bool, time: Double) throws(LogError) {
    var exit = WandBRunExitRecord()
    exit.exitCode = isComplete ? 0 : 255
    exit.runtime = Int32(clamping: Int(time - started))
    try flush(summary: summary)
    try log.append(.exit(exit))
    try log.file.flush()
  }

  private static func record(of summary: [LogRow.Scalar]) -> WandBSummaryRecord {
    var record = WandBSummaryRecord()
    record.update = summary.map { item([$0.metric], jsonNumber($0.value)) }
    return record
  }

  private static func item(_ key: [String], _ json: String) -> WandBItem {
    var item = WandBItem()
    item.nestedKey = key
    item.valueJson = json
    return item
  }

  /// W&B's form of a configuration file; JSON values are YAML.
  private static func yaml(_ config: [(key: String, value: LogValue)]) -> String {
    config.map { "\(jsonText($0.key)):\n  value: \($0.value.json(strict: true))\n" }.joined()
  }

  /// `20260301_140210`, local time.
  private static func stamp(_ seconds: Double) -> String {
    var (time, parts) = (time_t(seconds), tm())
    localtime_r(&time, &parts)
    return text("%Y%m%d_%H%M%S", parts)
  }

  private static func isoTime(_ seconds: Double) -> String {
    var (time, parts) = (time_t(seconds), tm())
    gmtime_r(&time, &parts)
    return text("%Y-%m-%dT%H:%M:%SZ", parts)
  }

  private static func text(_ format: String, _ parts: tm) -> String {
    var parts = parts
    var text = [CChar](repeating: 0, count: 64)
    let length = strftime(&text, text.count, format, &parts)
    return String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
