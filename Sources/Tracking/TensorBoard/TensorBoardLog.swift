import Foundation
internal import SwiftProtobuf

/// A folder with one event file, as TensorBoard shows it: a scalar for every number, and the
/// description of the run as a text.
///
/// What belongs to a task has the task as its step, everything else the number of training steps.
final class TensorBoardLog: LogWriter {
  let path: String
  let file: LogFile

  /// - Parameter folder: The log directory; the run gets a folder of its own in it.
  init(in folder: String, _ run: RunDescription) throws(LogError) {
    // One folder, whatever the name is.
    let plain = folder + "/" + run.name.replacing("/", with: "_")
    path = FileManager.default.fileExists(atPath: plain) ? plain + "-" + run.id : plain
    try LogFile.makeFolder(path)
    let now = Date().timeIntervalSince1970
    file = try LogFile(
      "\(path)/events.out.tfevents.\(Int(now)).\(Host.name).\(getpid()).\(run.id)", .new)
    try append(at: now) {
      $0.fileVersion = "brain.Event:2"
      $0.sourceMetadata.writer = run.program
    }
    try append(at: now) { $0.summary.value = [Self.text(of: run)] }
    try file.flush()
  }

  func write(_ row: LogRow, time: Double) throws(LogError) {
    try append(at: time) { event in
      event.step = Int64(row.rate == .task ? row.task : row.step)
      event.summary.value = row.scalars.map { scalar in
        .with {
          $0.tag = scalar.metric
          $0.simpleValue = Float(scalar.value)
        }
      }
    }
  }

  /// A record of TensorFlow: length, checksum of the length, data, checksum of the data.
  ///
  /// - Parameter time: Seconds since 1970.
  private func append(
    at time: Double, _ fill: (inout TensorBoardEvent) -> Void
  ) throws(LogError) {
    var event = TensorBoardEvent()
    event.wallTime = time
    fill(&event)
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
  private static func text(of run: RunDescription) -> TensorBoardSummary.Value {
    let rows = run.config.map { "| \($0.key) | \($0.value.json()) |\n" }.joined()
    return .with {
      $0.tag = "config/text_summary"
      $0.metadata.pluginData.pluginName = "text"
      $0.tensor.dtype = 7
      $0.tensor.tensorShape = TensorBoardTensorShapeProto()
      $0.tensor.stringVal = [Data("| option | value |\n| :-- | :-- |\n\(rows)".utf8)]
    }
  }
}

enum Host {
  static var name: String {
    var text = [CChar](repeating: 0, count: 256)
    guard gethostname(&text, text.count - 1) == 0 else { return "localhost" }
    return String(
      decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
