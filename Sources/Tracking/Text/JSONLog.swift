import PlainText

/// A JSON object a line: first what the run follows from, then a line for every row, last a summary.
final class JSONLog: LogWriter {
  let file: LogFile
  private let front: [(key: String, json: String)]

  init(_ path: String, _ run: RunDescription) throws(LogError) {
    file = try LogFile(path, .appending)
    front = [("log", jsonText(run.id)), ("run", jsonText(run.name))]
    let config = run.config.map { (key: $0.key, json: $0.value.json(strict: true)) }
    try line([
      ("program", jsonText(run.program)), ("config", jsonObject(config)),
    ])
  }

  func write(_ row: LogRow, time: Double) throws(LogError) {
    var pairs: [(key: String, json: String)] = [
      ("time", jsonNumber(time)), ("step", String(row.step)), ("task", String(row.task)),
    ]
    if let epoch = row.epoch { pairs.append(("epoch", String(epoch))) }
    pairs += row.scalars.map { ($0.metric, jsonNumber($0.value, strict: true)) }
    try line(pairs)
  }

  func close(summary: [LogRow.Scalar], isComplete: Bool, time: Double) throws(LogError) {
    let values = summary.map { (key: $0.metric, json: jsonNumber($0.value, strict: true)) }
    try line([
      ("time", jsonNumber(time)), ("finished", isComplete ? "true" : "false"),
      ("summary", jsonObject(values)),
    ])
    try file.flush()
  }

  private func line(_ pairs: [(key: String, json: String)]) throws(LogError) {
    try file.append((jsonObject(front + pairs) + "\n").utf8)
  }
}
