/// One form of log of one run.
///
/// A writer collects records and writes them whole when it is flushed; what a crash leaves ends
/// with a complete record.
protocol LogWriter: AnyObject {
  /// What the records are collected for.
  var file: LogFile { get }

  /// The file or folder, as people know it.
  var path: String { get }

  /// - Parameter time: Seconds since 1970.
  func write(_ row: LogRow, time: Double) throws(LogError)

  /// Writes what was collected, and the figures so far.
  ///
  /// - Parameter summary: The last value of every metric, in the order in which they came.
  func flush(summary: [LogRow.Scalar]) throws(LogError)

  /// Says how the run ended; nothing follows.
  ///
  /// - Parameter isComplete: Whether the run is finished.
  func close(summary: [LogRow.Scalar], isComplete: Bool, time: Double) throws(LogError)
}

extension LogWriter {
  var path: String { file.path }

  func flush(summary: [LogRow.Scalar]) throws(LogError) { try file.flush() }

  func close(summary: [LogRow.Scalar], isComplete: Bool, time: Double) throws(LogError) {
    try file.flush()
  }
}
