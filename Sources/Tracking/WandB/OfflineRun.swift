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

  var file: LogFile { log.file }

  /// - Parameter folder: The folder that W&B calls `wandb`.
  init(
    in folder: String, _ run: RunDescription, project: String, displayName: String
  ) throws(LogError) {
    started = Date().timeIntervalSince1970
    path = "\(folder)/offline-run-\(Self.stamp(started))-\(run.id)"
    try LogFile.makeFolder(path + "/files")
    try LogFile.makeFolder(path + "/logs")
    log = try RecordLog("\(path)/run-\(run.id).wandb")
    // W&B's form of a configuration file; JSON values are YAML.
    try write(
      "config.yaml",
      run.config.map { "\(jsonText($0.key)):\n  value: \($0.value.json(strict: true))\n" }.joined())
    let time = Date(timeIntervalSince1970: started).formatted(.iso8601)
    try write(
      "wandb-metadata.json",
      jsonObject([
        ("program", jsonText(run.program)), ("host", jsonText(Host.name)),
        ("startedAt", jsonText(time)),
      ]) + "\n")
    try write("requirements.txt", "\(run.program)\n")
    try begin(run, project: project, displayName: displayName)
    try file.flush()
    // Where `wandb leet` looks when it is given nothing; a convenience that may fail.
    let link = folder + "/latest-run"
    if FileStatus(link, followsLinks: false)?.isLink ?? true {
      FileGate.remove(link)
      _ = FileGate.makeLink(link, to: (path as NSString).lastPathComponent)
    }
  }

  /// Writes a small file beside the records.
  private func write(_ name: String, _ text: String) throws(LogError) {
    try LogFile.replace("\(path)/files/\(name)", text)
  }

  private func begin(
    _ description: RunDescription, project: String, displayName: String
  ) throws(LogError) {
    try log.append {
      $0.header.versionInfo.producer = description.program
      $0.header.versionInfo.minConsumer = "0.40.0"
    }
    try log.append { record in
      record.run = .with {
        $0.runID = description.id
        $0.project = project
        $0.displayName = displayName
        $0.host = Host.name
        $0.startTime = .init(roundingTimeIntervalSince1970: started)
        $0.config.item = description.config.map { key, value in
          .with {
            $0.key = key
            $0.valueJson = value.json()
          }
        }
      }
    }
    try define(MetricName.task)
    var tasks = 0
    for case ("num_tasks", .integer(let count)) in description.config { tasks = count }
    let ofTasks = [
      MetricName.incrementalAccuracy, MetricName.incrementalAccuracyMacro,
      MetricName.averageAccuracy, MetricName.forgetting, MetricName.backwardTransfer,
    ]
    for name in ofTasks + (0..<tasks).map(MetricName.accuracy) {
      try define(name, axis: MetricName.task)
    }
    let files = ["config.yaml", "wandb-metadata.json", "wandb-summary.json", "requirements.txt"]
    try log.append { record in
      record.files.files = files.map { path in
        .with {
          $0.path = path
          $0.policy = 1
        }
      }
    }
  }

  /// Says over what a metric is drawn.
  private func define(_ name: String, axis: String? = nil) throws(LogError) {
    try log.append {
      $0.metric.name = name
      $0.metric.options.defined = true
      if let axis {
        $0.metric.stepMetric = axis
        $0.metric.options.stepSync = true
      }
    }
  }

  func write(_ row: LogRow, time: Double) throws(LogError) {
    var values = row.scalars.map { ($0.metric, jsonNumber($0.value)) }
    if row.rate != .batch {
      if let epoch = row.epoch { values.append((MetricName.epoch, String(epoch))) }
      values.append((MetricName.task, String(row.task)))
    }
    values += [
      ("_step", String(rows)), ("_timestamp", jsonNumber(time)),
      ("_runtime", jsonNumber(time - started)),
    ]
    try log.append {
      $0.history.step.num = rows
      $0.history.item = values.map(Self.item)
    }
    rows += 1
  }

  func flush(summary: [LogRow.Scalar]) throws(LogError) {
    // The records first: if there is no room for the small file, they are there.
    guard !summary.isEmpty else { return try file.flush() }
    let values = summary.map { (key: $0.metric, json: jsonNumber($0.value)) }
    try log.append { $0.summary.item = values.map(Self.item) }
    try file.flush()
    try write("wandb-summary.json", jsonObject(values) + "\n")
  }

  func close(summary: [LogRow.Scalar], isComplete: Bool, time: Double) throws(LogError) {
    try flush(summary: summary)
    try log.append {
      $0.exit.exitCode = isComplete ? 0 : 255
      $0.exit.runtime = Int32(clamping: Int(time - started))
    }
    try file.flush()
  }

  private static func item(_ key: String, _ json: String) -> WandBItem {
    .with {
      $0.nestedKey = [key]
      $0.valueJson = json
    }
  }

  /// `20260301_140210`, local time.
  private static func stamp(_ seconds: Double) -> String {
    var (time, parts) = (time_t(seconds), tm())
    localtime_r(&time, &parts)
    var text = [CChar](repeating: 0, count: 64)
    let length = strftime(&text, text.count, "%Y%m%d_%H%M%S", &parts)
    return String(decoding: text.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
