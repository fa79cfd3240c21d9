internal import SwiftProtobuf

/// A file of W&B's records in LevelDB's log format: blocks of 32 KiB; a record that does not fit into
/// its block goes on in the next ones, each piece with checksum (4 bytes), length (2) and kind (1).
///
/// The checksum is that of IEEE over kind and data, without LevelDB's mask.
struct RecordLog {
  let file: LogFile
  private var records: Int64 = 0

  private static let blockSize = 1 << 15
  private static let headerSize = 7

  private enum Piece: UInt8 {
    case full = 1
    case first = 2
    case middle = 3
    case last = 4
  }

  init(_ path: String) throws(LogError) {
    file = try LogFile(path, .new)
    // The mark, a magic number and the format's version.
    try file.append(Array(":W&B".utf8) + UInt16(0xBEE1).littleEndianBytes + [0])
  }

  /// Adds the next record, whose message `fill` puts into it.
  mutating func append(_ fill: (inout WandBRecord) -> Void) throws(LogError) {
    records += 1
    var record = WandBRecord()
    record.num = records
    fill(&record)
    guard let data: [UInt8] = try? record.serializedBytes() else { return }
    try file.append(pieces(data))
  }

  private func pieces(_ data: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = data[...]
    var isFirst = true
    repeat {
      var space = Self.blockSize - (file.count + bytes.count) % Self.blockSize
      if space < Self.headerSize {
        bytes.append(contentsOf: repeatElement(0, count: space))
        space = Self.blockSize
      }
      let piece = rest.prefix(space - Self.headerSize)
      rest = rest.dropFirst(piece.count)
      let kind: Piece =
        rest.isEmpty ? (isFirst ? .full : .last) : (isFirst ? .first : .middle)
      isFirst = false
      bytes += CRC32.ieee.of([kind.rawValue] + piece).littleEndianBytes
      bytes += UInt16(piece.count).littleEndianBytes + [kind.rawValue]
      bytes += piece
    } while !rest.isEmpty
    return bytes
  }
}
