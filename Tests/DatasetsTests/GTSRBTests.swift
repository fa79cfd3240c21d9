import Datasets
import Testing

/// Loading small archives and trees in GTSRB's form.
struct GTSRBTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(_ path: String? = nil, size: Int = 4, threads: Int = 2) throws -> DataSet {
    try DataSet.load(.gtsrb(path: path ?? folder.path, size: size), cache: nil, threads: threads)
  }

  private func grays(_ set: ImageSet) -> [UInt8] {
    (0..<set.count).compactMap { set.image(at: $0).first }
  }

  @Test func imagesAreSortedByClassTrackAndFrame() throws {
    try SmallGTSRB().writeArchives(to: folder)
    let set = try load()
    #expect(set.train.labels == [1, 1, 1, 1, 14, 14, 14, 14])
    #expect(grays(set.train) == [10, 11, 12, 13, 140, 141, 142, 143])
    #expect(set.train.tracks == [0, 0, 1, 1, 2, 2, 3, 3])
    #expect(set.test.labels == [14, 1, 14])
    #expect(grays(set.test) == [200, 201, 202])
    #expect(set.test.tracks.isEmpty)
    #expect(set.classNames.count == 43)
    #expect(set.train.shape == ImageShape(height: 4, width: 4, channels: 3))
  }

  @Test(arguments: [
    ("", "GT-final_test.csv", ""),
    ("", "GT-final_test.csv", "/GTSRB"),
    ("", "GTSRB/GT-final_test.csv", ""),
    ("", "GTSRB/Final_Test/Images/GT-final_test.csv", ""),
    ("gtsrb/", "gtsrb/GT-final_test.csv", ""),
    ("gtsrb/", "gtsrb/GT-final_test.csv", "/gtsrb"),
    ("gtsrb/", "gtsrb/GT-final_test.csv", "/gtsrb/GTSRB"),
  ])
  func treesGiveWhatArchivesGive(prefix: String, table: String, below: String) throws {
    let archives = try TemporaryFolder()
    try SmallGTSRB().writeArchives(to: archives)
    try SmallGTSRB().writeTree(to: folder, prefix: prefix, table: table)
    #expect(try load(folder.path + below).digest == load(archives.path).digest)
  }

  @Test func archivesMayLieBesideTheTreeThatWasUnpacked() throws {
    let inner = try TemporaryFolder()
    try SmallGTSRB().writeArchives(to: inner)
    for name in try inner.names() { try folder.write(try inner.bytes(name), to: "gtsrb/\(name)") }
    #expect(try load().digest == load(inner.path).digest)
  }

  @Test func imagesOfAnySizeAreResizedNotCropped() throws {
    var small = SmallGTSRB()
    // Left half black, right half light: any crop to a region moves the middle.
    let row = [UInt8](repeating: 0, count: 8 * 3) + [UInt8](repeating: 200, count: 8 * 3)
    small.testing[1].bytes =
      Array("P6\n# 12 13\n16 5\n255\n".utf8) + (0..<5).flatMap { _ in row }
    try small.writeArchives(to: folder)
    let set = try load(size: 2)
    #expect(set.test.shape == ImageShape(height: 2, width: 2, channels: 3))
    let pixels = Array(set.test.image(at: 1))
    #expect(pixels[..<6] == pixels[6...])
    #expect(pixels[..<3].allSatisfy { $0 < 30 } && pixels[3..<6].allSatisfy { $0 > 170 })
    #expect(pixels[0] == 200 - pixels[3])
  }

  @Test func threadsDoNotChangeTheResult() throws {
    var small = SmallGTSRB()
    for number in 0..<1000 {
      let name = "GTSRB/Training/00007/\(10_000 + number / 30)_000\(10 + number % 30).ppm"
      small.training.append((name, pixmap(5, 3, UInt8(number % 251))))
    }
    try small.writeArchives(to: folder)
    let one = try load(threads: 1)
    #expect(one.train.count == 1008)
    #expect(one.train.labels.filter { $0 == 7 }.count == 1000)
    #expect(try load(threads: 3).digest == one.digest)
  }

  @Test func digestTellsImagesLabelsAndShapesApart() throws {
    try SmallGTSRB().writeArchives(to: folder)
    let digest = try load().digest
    #expect(digest.count == 64)
    #expect(try load(size: 5).digest != digest)
    let other = try TemporaryFolder()
    var small = SmallGTSRB()
    small.testing[2].bytes[20] ^= 1
    try small.writeArchives(to: other)
    #expect(try load(other.path).digest != digest)
    small = SmallGTSRB()
    small.table = small.table.replacing("49;1\r\n", with: "49;2\r\n")
    try small.writeArchives(to: other)
    let relabelled = try load(other.path)
    #expect(relabelled.test.labels == [14, 2, 14])
    #expect(relabelled.digest != digest)
  }

  /// Their names say nothing of a track, whatever the folders are called.
  @Test func imagesWithoutATrackInTheirNamesAreTracksOfTheirOwn() throws {
    var small = SmallGTSRB()
    small.training = small.training.map { name, bytes in
      (name.replacing("_", with: "-").replacing("GTSRB/Training", with: "my_signs"), bytes)
    }
    try small.writeArchives(to: folder)
    let set = try load()
    #expect(set.train.labels == [1, 1, 1, 1, 14, 14, 14, 14])
    #expect(set.train.tracks == Array(0..<8))
  }

  @Test func progressReachesTheTotalAndMayCancel() throws {
    struct Stop: Error {}
    try SmallGTSRB().writeArchives(to: folder)
    let source = DataSource.gtsrb(path: folder.path, size: 4)
    var last = LoadProgress(images: -1, total: -1)
    _ = try DataSet.load(source, cache: nil) {
      #expect($0.images >= last.images)
      last = $0
    }
    #expect(last == LoadProgress(images: 11, total: 11))
    #expect(throws: Stop.self) {
      try DataSet.load(source, cache: nil) { _ in throw Stop() }
    }
  }

  @Test func resizingReadsTheSourceAgain() throws {
    try SmallGTSRB().writeArchives(to: folder)
    let larger = try DataSet.load(try load().source.resized(to: 7), cache: nil)
    #expect(larger.source == .gtsrb(path: folder.path, size: 7))
    #expect(larger.train.shape.width == 7)
  }
}
