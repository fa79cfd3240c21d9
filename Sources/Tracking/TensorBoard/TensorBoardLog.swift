import Foundation
internal import SwiftProtobuf

/// A folder with one event file, as TensorBoard shows it: a scalar for every number, and the
/// description of the run as a text.
///
/// What belongs to a task has the task as its step, everything else the number of training steps.
final class TensorBoardLog: LogWriter {
  let path: String
  private let file: LogFile

  /// - Parameter folder: The log directory; the run gets a folder of its own in it.
  init(in folder: String, _ run: RunDescription) throws(LogError) {
    // One folder, whatever the name is.
    let plain = folder + "/" + run.name.replacing("/", with: "_")
    path = FileManager.default.fileExists(atPath: plain) ? plain + "-" + run.id : plain
    try LogFolder.make(path)
    let now = Date().timeIntervalSince1970
    file = try LogFile(
      "\(path)/events.out.tfevents.\(Int(now)).\(Host.name).\(getpid()).\(run.id)", .new)
    var version = TensorBoardEvent()
    version.wallTime = now
    version.fileVersion = "brain.Event:2"
    version.sourceMetadata.writer = run.program
    try append(version)
    try append(Self.text(of: run, at: now))
    try file.flush()
  }

  func write(_ row: LogRow, time: Double) throws(LogError) {
    var event = TensorBoardEvent()
    event.wallTime = time
    event.step = Int64(row.rate == .task ? row.task : row.step)
    event.summary.value = row.scalars.map { scalar in
      var value = TensorBoardSummary.Value()
      value.tag = scalar.metric
      value.simpleValue = Float(scalar.value)
      return value
    }
    try append(event)
  }

  func flush(summary: [LogRow.Scalar]) throws(LogError) { try file.flush() }

  func close(summary: [LogRow.Scalar], isComplete: Bool, time: Double) throws(LogError) {
    try file.flush()
  }

  /// A record of TensorFlow: length, checksum of the length, data, checksum of the data.
  private func append(_ event: TensorBoardEvent) throws(LogError) {
    guard let data: [UInt8] = try? event.serializedBytes() else { return }
    let length = UInt64(data.count).littleEndianBytes
    try file.append(
      length + Self.masked(length).littleEndianBytes + data + Self.masked(data).littleEndianBytes)
  }

  /// A checksum that may itself be part of data with checksums.
  private static func masked(_ bytes: [UInt8]) -> UInt32 {
    let checksum = CRC32.castagnoli.of(bytes)
    return (checksum >> 15 | checksum << 17) &+ 0xA282_EAD8
  }

  /// The description as a table for the dashboard of texts.
  private static func text(of run: RunDescription, at time: Double) -> TensorBoardEvent {
    let rows = run.config.map { "| \($0.key) | \($0.value.json()) |\n" }.joined()
    var value = TensorBoardSummary.Value()
    value.tag = "config/text_summary"
    value.metadata.pluginData.pluginName = "text"
    value.tensor.dtype = 7
    value.tensor.tensorShape = TensorBoardTensorShapeProto()
    value.tensor.stringVal = [Data("| option | value |\n| :-- | :-- |\n\(rows)".utf8)]
    var event = TensorBoardEvent()
    event.wallTime = time
    event.summary.value = [value]
    return event
  }
}

enum Host {
  static var name: String {
    var text = [CChar](repeating: 0, count: 256)
    guard gethostname(&text, text.count - 1) == 0 else { return "localhost" }
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
