import PlainText
import System

/// A line for every number, of all runs in one file: comma-separated values (RFC 4180, lines ended
/// by LF) that pandas, DuckDB and spreadsheets read.
final class CSVLog: LogWriter {
  /// `log` is the same for all lines that belong together: a run that is taken up again later
  /// begins a new one with all that it did before.
  static let header = "log,run,step,task,epoch,metric,value\n"

  let path: String
  private let file: LogFile
  private let front: String

  static func prepare(_ path: String) throws(LogError) {
    let file = try LogFile(path, .appending)
    if file.isEmpty {
      try file.append(header.utf8)
      try file.flush()
    } else {
      guard file.head(header.utf8.count) == Array(header.utf8) else { throw .notALog(path: path) }
      try file.dropIncompleteLine()
    }
  }

  init(_ path: String, _ run: RunDescription) throws(LogError) {
    self.path = path
    file = try LogFile(path, .appending)
    front = "\(run.id),\(run.name.csvField),"
  }

  func write(_ row: LogRow, time: Double) throws(LogError) {
    let place = "\(row.step),\(row.task),\(row.epoch.map(String.init) ?? ""),"
    for scalar in row.scalars {
      try file.append("\(front)\(place)\(scalar.metric.csvField),\(scalar.value)\n".utf8)
    }
  }

  func flush(summary: [LogRow.Scalar]) throws(LogError) { try file.flush() }

  func close(summary: [LogRow.Scalar], isComplete: Bool, time: Double) throws(LogError) {
    try file.flush()
  }
}
