internal import Datasets
internal import Digests
internal import Foundation
internal import GRDB

/// The images of data sets that a session file carries itself, in rows of a few megabytes.
///
/// Pixels and labels are known again by the data set's digest, tracks by one of their own.
enum EmbeddedImages {
  private enum Kind: CaseIterable {
    case pixels
    case labels
    case tracks
  }

  /// Bytes of a row.
  private static let rowSize = 4 << 20

  /// Writes a data set's images, unless those of the same digest are there.
  static func insert(
    _ data: DataSet, into db: Database, isCancelled: () -> Bool
  ) throws {
    let known = try Int.fetchOne(
      db, sql: "SELECT count(*) FROM images WHERE digest = ?", arguments: [data.digest])
    if known ?? 0 > 0 { return }
    for kind in Kind.allCases {
      for (split, set) in [("train", data.train), ("test", data.test)] {
        let bytes = bytes(kind, of: set)
        for (number, start) in stride(from: 0, to: bytes.count, by: rowSize).enumerated() {
          if isCancelled() { throw CancellationError() }
          let row = Data(bytes[start..<min(start + rowSize, bytes.count)])
          try db.add("images", data.digest, "\(split) \(kind)", number, row)
        }
      }
    }
  }

  private static func bytes(_ kind: Kind, of set: ImageSet) -> [UInt8] {
    func bytes(_ numbers: [Int]) -> [UInt8] {
      numbers.map { Int32(truncatingIfNeeded: $0).littleEndian }.withUnsafeBytes { Array($0) }
    }
    return switch kind {
    case .pixels: set.pixels
    case .labels: bytes(set.labels)
    case .tracks: bytes(set.tracks)
    }
  }

  /// The data set of a reference, or nil if its images are not whole.
  static func read(_ reference: DataReference, from db: Database) throws -> DataSet? {
    guard let tracksDigest = reference.tracksDigest,
      let train = try set("train", reference.trainCount, of: reference, db),
      let test = try set("test", reference.testCount, of: reference, db)
    else { return nil }
    // Computes the digest anew.
    let data = DataSet(
      source: reference.source, classNames: reference.classNames, train: train, test: test)
    guard DataReference.tracksDigest(data) == tracksDigest,
      (try? reference.transform.validate(channels: data.train.shape.channels)) != nil
    else { return nil }
    return reference.restored(data)
  }

  private static func set(
    _ split: String, _ count: Int, of reference: DataReference, _ db: Database
  ) throws -> ImageSet? {
    func bytes(_ kind: Kind, _ size: Int) throws -> [UInt8]? {
      try self.bytes("\(split) \(kind)", reference.digest, size, db)
    }
    let shape = reference.shape
    let extents = [count, shape.height, shape.width, shape.channels]
    guard extents.allSatisfy({ (0...1 << 24).contains($0) }),
      shape.height * shape.width <= 1 << 24, shape.channels <= 4
    else { return nil }
    let (size, overflow) = count.multipliedReportingOverflow(by: shape.count)
    guard !overflow, let pixels = try bytes(.pixels, size),
      let labels = try bytes(.labels, 4 * count)
    else { return nil }
    let tracks = try bytes(.tracks, 4 * count) ?? []
    let classes = numbers(labels)
    guard classes.allSatisfy(reference.classNames.indices.contains) else { return nil }
    return ImageSet(shape: shape, pixels: pixels, labels: classes, tracks: numbers(tracks))
  }

  private static func numbers(_ bytes: [UInt8]) -> [Int] {
    bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count, by: 4).map {
        Int(Int32(littleEndian: raw.loadUnaligned(fromByteOffset: $0, as: Int32.self)))
      }
    }
  }

  /// A part of exactly this size, or nil.
  private static func bytes(
    _ part: String, _ digest: String, _ size: Int, _ db: Database
  ) throws -> [UInt8]? {
    let sizes = try Int.fetchOne(
      db, sql: "SELECT sum(length(bytes)) FROM images WHERE digest = ? AND part = ?",
      arguments: [digest, part])
    // Before memory is taken: rows cannot hold more than the file.
    guard sizes ?? 0 == size else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    let rows = try Row.fetchCursor(
      db, sql: "SELECT bytes FROM images WHERE digest = ? AND part = ? ORDER BY number",
      arguments: [digest, part])
    while let row = try rows.next() {
      guard let data: Data = row.value("bytes") else { return nil }
      bytes.append(contentsOf: data)
    }
    return bytes.count == size ? bytes : nil
  }
}
