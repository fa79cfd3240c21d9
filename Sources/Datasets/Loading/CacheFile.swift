internal import System

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The form of a cached data set: 8 bytes of magic with the format's version, the header's length
/// and checksum (8 bytes each), the header (JSON), labels, tracks and sizes of both splits (4 bytes
/// each; of a size the width, then the height), pixels of both splits. All numbers are little-endian.
enum CacheFile {
  private struct NotUsable: Error {}

  private static let magic: [UInt8] = Array("waymark3".utf8)
  private static let longestHeader = 1 << 24

  private struct Header: Codable {
    var fingerprint: FileFingerprint
    var digest: String
    var classNames: [String]
    var notes: [LoadNote]
    var shape: ImageShape
    var trainCount: Int
    var testCount: Int
    var hasTrainTracks: Bool
    var hasTestTracks: Bool
    var hasTrainSizes: Bool
    var hasTestSizes: Bool
    /// Of labels, tracks, sizes and pixels, as they follow each other.
    var checksums: [UInt64]

    /// The lengths in bytes of the eight parts, or nil if they are absurd.
    var lengths: [Int]? {
      let limit = 1 << 40
      let extents = [shape.height, shape.width, shape.channels, trainCount, testCount]
      guard extents.allSatisfy({ (0...1 << 31).contains($0) }), shape.height < 1 << 15,
        shape.width < 1 << 15, shape.channels < 1 << 8
      else { return nil }
      let counts = [
        4 * trainCount, 4 * testCount, hasTrainTracks ? 4 * trainCount : 0,
        hasTestTracks ? 4 * testCount : 0, hasTrainSizes ? 8 * trainCount : 0,
        hasTestSizes ? 8 * testCount : 0,
      ]
      let (train, a) = shape.count.multipliedReportingOverflow(by: trainCount)
      let (test, b) = shape.count.multipliedReportingOverflow(by: testCount)
      guard !a, !b, train < limit, test < limit else { return nil }
      return counts + [train, test]
    }
  }

  static func write(_ set: DataSet, _ fingerprint: FileFingerprint, to path: String) throws {
    let file = try WholeFile(path, mode: 0o644)
    let sizes = [set.train, set.test].map { $0.sizes.flatMap { [$0.width, $0.height] } }
    let numbers = ([set.train.labels, set.test.labels, set.train.tracks, set.test.tracks] + sizes)
      .map { $0.map { Int32(truncatingIfNeeded: $0) } }
    let checksums =
      numbers.map { $0.withUnsafeBytes(Checksum.of) }
      + [set.train, set.test].map { $0.pixels.withUnsafeBytes(Checksum.of) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let header = try encoder.encode(
      Header(
        fingerprint: fingerprint, digest: set.digest, classNames: set.classNames,
        notes: set.loadNotes,
        shape: set.train.shape, trainCount: set.train.count, testCount: set.test.count,
        hasTrainTracks: !set.train.tracks.isEmpty, hasTestTracks: !set.test.tracks.isEmpty,
        hasTrainSizes: !set.train.sizes.isEmpty, hasTestSizes: !set.test.sizes.isEmpty,
        checksums: checksums))
    try magic.withUnsafeBytes { try file.write($0) }
    let front = [UInt64(header.count), header.withUnsafeBytes(Checksum.of)]
    try front.withUnsafeBytes { try file.write($0) }
    try header.withUnsafeBytes { try file.write($0) }
    for part in numbers { try part.withUnsafeBytes { try file.write($0) } }
    for split in [set.train, set.test] {
      try split.pixels.withUnsafeBytes { try file.write($0) }
    }
    try file.finish()
  }

  static func read(
    _ path: String, source: DataSource, fingerprint: FileFingerprint
  ) throws -> DataSet {
    let (descriptor, size) = try LocalFile.opened(path)
    defer { systemClose(descriptor) }
    guard try bytes(8, from: descriptor).elements == magic else { throw NotUsable() }
    let front: [UInt64] = try numbers(16, from: descriptor).elements
    guard front[0] <= longestHeader, Int(front[0]) <= size else { throw NotUsable() }
    let text = try bytes(Int(front[0]), from: descriptor)
    guard text.checksum == front[1] else { throw NotUsable() }
    let header = try JSONDecoder().decode(Header.self, from: Data(text.elements))
    guard header.fingerprint == fingerprint, let lengths = header.lengths,
      header.checksums.count == lengths.count,
      size == 24 + text.elements.count + lengths.reduce(0, +)
    else { throw NotUsable() }

    let lists = try lengths[..<6].map { try numbers($0, from: descriptor, of: Int32.self) }
    let pixels = try lengths[6...].map { try bytes($0, from: descriptor) }
    guard (lists.map(\.checksum) + pixels.map(\.checksum)) == header.checksums,
      (lists[0].elements + lists[1].elements).allSatisfy({
        header.classNames.indices.contains(Int($0))
      })
    else { throw NotUsable() }
    let sets = (0..<2).map { split in
      ImageSet(
        shape: header.shape, pixels: pixels[split].elements,
        labels: lists[split].elements.map(Int.init),
        tracks: lists[split + 2].elements.map(Int.init), sizes: sizes(lists[split + 4].elements))
    }
    return DataSet(
      source: source, classNames: header.classNames, train: sets[0], test: sets[1],
      digest: header.digest, loadNotes: header.notes)
  }

  private static func sizes(_ numbers: [Int32]) -> [ImageSize] {
    stride(from: 0, to: numbers.count, by: 2).map {
      ImageSize(width: Int(numbers[$0]), height: Int(numbers[$0 + 1]))
    }
  }

  private typealias Part<Element> = (elements: [Element], checksum: UInt64)

  private static func bytes(_ count: Int, from descriptor: Int32) throws -> Part<UInt8> {
    try numbers(count, from: descriptor)
  }

  /// Reads `length` bytes as numbers, and makes their checksum while they are near.
  private static func numbers<Element: BitwiseCopyable>(
    _ length: Int, from descriptor: Int32, of type: Element.Type = Element.self
  ) throws -> Part<Element> {
    var checksum = Checksum()
    let count = length / MemoryLayout<Element>.stride
    let elements = try [Element](unsafeUninitializedCapacity: count) { target, filled in
      let bytes = UnsafeMutableRawBufferPointer(target)
      var start = 0
      while start < length {
        // Pieces that are a multiple of the checksum's block and stay in the second-level cache.
        let piece = min(1 << 18, length - start)
        var end = start
        while end < start + piece {
          let rest = UnsafeMutableRawBufferPointer(rebasing: bytes[end..<start + piece])
          let got = systemRead(descriptor, rest)
          guard got > 0 else { throw NotUsable() }
          end += got
        }
        checksum.update(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
        start = end
      }
      filled = count
    }
    return (elements, checksum.finish())
  }
}
