import PlainText

/// A line for every number, of all runs in one file: comma-separated values (RFC 4180, lines ended
/// by LF) that pandas, DuckDB and spreadsheets read.
final class CSVLog: LogWriter {
  /// `log` is the same for all lines that belong together: a run that is taken up again later
  /// begins a new one with all that it did before.
  static let header = "log,run,step,task,epoch,metric,value\n"

  let file: LogFile
  private let front: String

  init(_ path: String, _ run: RunDescription) throws(LogError) {
    file = try LogFile(path, .appending)
    front = "\(run.id),\(run.name.csvField),"
  }

  func write(_ row: LogRow, time: Double) throws(LogError) {
    let place = "\(row.step),\(row.task),\(row.epoch.map(String.init) ?? ""),"
    for scalar in row.scalars {
      try file.append("\(front)\(place)\(scalar.metric.csvField),\(scalar.value)\n".utf8)
    }
  }
}
