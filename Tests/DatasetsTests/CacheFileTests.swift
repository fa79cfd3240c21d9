import Datasets
import Testing

/// Cached copies that are whole but hold what cannot be.
struct CacheFileTests {
  private let folder: TemporaryFolder
  private let cacheFolder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    cacheFolder = try TemporaryFolder()
    try SmallGTSRB().writeArchives(to: folder)
  }

  private func load() throws -> DataSet {
    try DataSet.load(
      .gtsrb(path: folder.path, size: 4), cache: ImageCache(folder: cacheFolder.path))
  }

  /// The checksum of the form `waymark3`: four lanes take eight bytes each in turn, the first also the
  /// bytes that are left over; then it takes the other lanes and the length. What is taken is combined
  /// by exclusive or, multiplied by 2⁶⁴ / φ and rotated by 31 bits.
  private func checksum(_ bytes: [UInt8]) -> UInt64 {
    func mix(_ lane: UInt64, _ word: UInt64) -> UInt64 {
      let product = (lane ^ word) &* 0x9E37_79B9_7F4A_7C15
      return product &<< 31 | product &>> 33
    }
    var lanes: [UInt64] = [1, 2, 3, 4]
    let whole = bytes.count / 32 * 32
    for start in stride(from: 0, to: whole, by: 8) {
      lanes[start / 8 % 4] = mix(lanes[start / 8 % 4], number(bytes[start..<start + 8]))
    }
    for byte in bytes[whole...] { lanes[0] = mix(lanes[0], UInt64(byte)) }
    return [lanes[1], lanes[2], lanes[3], UInt64(bytes.count)].reduce(lanes[0], mix)
  }

  private func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private func bytes(_ number: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// Gives the first training image another label, with checksums that fit.
  private func relabel(_ label: UInt8) throws {
    let name = try #require(try cacheFolder.names().first)
    let file = try cacheFolder.bytes(name)
    let start = 24 + Int(number(file[8..<16]))
    // The labels of the eight training images, four bytes each.
    let labels = Array(file[start..<start + 32])
    let others = [label] + labels.dropFirst()
    let header = String(decoding: file[24..<start], as: UTF8.self)
    try #require(number(file[16..<24]) == checksum(Array(header.utf8)))
    try #require(header.contains("\(checksum(labels))"))
    let text = Array(
      header.replacing("\(checksum(labels))", with: "\(checksum(others))").utf8)
    let front = bytes(text.count) + bytes(Int(truncatingIfNeeded: checksum(text)))
    try cacheFolder.write(
      Array(file[..<8]) + front + text + others + Array(file[(start + 32)...]), to: name)
  }

  /// The last of 43 classes is one, and the copy is taken; the one behind is none.
  @Test(arguments: [(42, true), (43, false), (255, false)])
  func copyWithALabelThatIsNoClassIsIgnored(label: Int, isTaken: Bool) throws {
    let first = try load()
    #expect(first.train.labels == [1, 1, 1, 1, 14, 14, 14, 14])
    try relabel(UInt8(label))
    let second = try load()
    #expect(second.train.labels == [isTaken ? label : 1] + first.train.labels.dropFirst())
    #expect(second.test.labels == first.test.labels)
  }
}
