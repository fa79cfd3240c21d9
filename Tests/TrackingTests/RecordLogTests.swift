import Datasets
import Foundation
import Learning
import Networks
import Testing
import Tracking

/// The blocks of 32,768 bytes that W&B's records lie in. Names are so long here that records come to
/// the end of a block where a test wants it.
struct RecordLogTests {
  private let folder: ScratchFolder
  private let data: DataSet

  init() throws {
    folder = try ScratchFolder()
    data = try SmallRun.data()
  }

  /// The records of a log whose project has a name of that length, which stands in one of them.
  private func records(_ run: Run, name length: Int) throws -> [[UInt8]] {
    let name = String(repeating: "x", count: length)
    let path = try Tracking.export(
      run, name: "kd", data: "signs", program: "waymark test",
      to: .init(.wandb(project: name, name: nil), path: folder("wandb-\(length)")))
    let log = try #require(
      try FileManager.default.contentsOfDirectory(atPath: path).first { $0.hasSuffix(".wandb") })
    let records = try RecordReader.records(
      Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(log)"))))
    let about = try records.flatMap { try MessageFields($0).messages(17) }
    #expect(about.map { $0.texts(3) } == [[name]])
    return records
  }

  /// The place behind some records in a block, each with seven bytes in front, as the file has too.
  private func end(_ records: some Sequence<[UInt8]>) -> Int {
    records.reduce(7) { $0 + 7 + $1.count }
  }

  @Test(arguments: [9_000, 9_003, 32_700, 70_000])
  func recordsCrossTheBlocks(length: Int) throws {
    _ = try records(SmallRun.run("finetune", on: data), name: length)
  }

  /// Seven bytes at the end of a block hold the first piece of a record, which is empty; fewer hold
  /// nothing.
  @Test func fewBytesAtTheEndOfABlockAreFilled() throws {
    let run = try SmallRun.run("finetune", on: data)
    // The second has the name. A time in it takes a byte more or less.
    let place = end(try records(run, name: 20_000).prefix(2))
    for left in -1...9 { _ = try records(run, name: 20_000 + 32_768 - place - left) }
  }

  /// What is written later goes on where the file ends.
  @Test func rowsCrossTheBlocks() throws {
    var run = try SmallRun.run("finetune", on: data)
    run.advance(data, on: Device(threads: 1))
    let records = try self.records(run, name: 20_000)
    let isRow = try records.map { try !MessageFields($0).messages(2).isEmpty }
    let rows = try #require(isRow.firstIndex(of: true))
    let middle = (end(records[..<rows]) + end(records)) / 2
    #expect(try self.records(run, name: 20_000 + 32_768 - middle).count == records.count)
  }
}

/// Reads W&B's log of records as its own programs do.
enum RecordReader {
  struct Fault: Error { var place: Int }

  /// The number of the field that says each record's kind.
  static func fields(_ bytes: [UInt8]) throws -> [Int] { try records(bytes).map(field) }

  /// The records, each a message of protocol buffers; checks every checksum.
  static func records(_ bytes: [UInt8]) throws -> [[UInt8]] {
    guard bytes.prefix(7).elementsEqual(Array(":W&B".utf8) + [0xE1, 0xBE, 0]) else {
      throw Fault(place: 0)
    }
    var (place, record, records) = (7, [UInt8](), [[UInt8]]())
    var isUnderWay = false
    while place < bytes.count {
      let space = 32768 - place % 32768
      if space < 7 {
        place += space
        continue
      }
      let checksum = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * $1) }
      let length = Int(bytes[place + 4]) | Int(bytes[place + 5]) << 8
      guard place + 7 + length <= bytes.count, length + 7 <= space,
        CRC32.ieee.of(bytes[place + 6..<place + 7 + length]) == checksum
      else { throw Fault(place: place) }
      let kind = bytes[place + 6]
      // Whole, first, in the middle, last; what goes on elsewhere fills its block.
      guard (1...4).contains(kind), (kind == 1 || kind == 2) != isUnderWay,
        kind == 1 || kind == 4 || length + 7 == space
      else { throw Fault(place: place) }
      isUnderWay = kind == 2 || kind == 3
      record += bytes[place + 7..<place + 7 + length]
      place += 7 + length
      if kind == 1 || kind == 4 {
        records.append(record)
        record = []
      }
    }
    return records
  }

  /// Behind `num`, field 1.
  private static func field(_ record: [UInt8]) throws -> Int {
    guard record.first == 8, let end = record.dropFirst().firstIndex(where: { $0 < 128 }) else {
      throw Fault(place: -1)
    }
    let tag = Int(record[end + 1] & 0x7F) | (record[end + 1] > 127 ? Int(record[end + 2]) << 7 : 0)
    return tag >> 3
  }
}
