import Datasets
import Foundation
import Testing

struct ImageCacheTests {
  private let folder: TemporaryFolder
  private let cacheFolder: TemporaryFolder
  private let cache: ImageCache

  init() throws {
    folder = try TemporaryFolder()
    cacheFolder = try TemporaryFolder()
    cache = ImageCache(folder: cacheFolder.path)
    try SmallGTSRB().writeArchives(to: folder)
  }

  private func load(size: Int = 4) throws -> DataSet {
    try DataSet.load(.gtsrb(path: folder.path, size: size), cache: cache)
  }

  /// Puts damaged archives in the place of the good ones, with the same times, and the same sizes but
  /// for `longer`: what loads now comes from the cache.
  private func breakArchives(longer: Int = 0) throws {
    for name in try folder.names() {
      let path = "\(folder.path)/\(name)"
      let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
      let size = try folder.bytes(name).count + longer
      try folder.write([UInt8](repeating: 0, count: size), to: name)
      try FileManager.default.setAttributes(
        [.modificationDate: try #require(date)], ofItemAtPath: path)
    }
  }

  /// Whole seconds, which every file system and library keeps exactly.
  private func roundDates(secondsAgo: Double = 100) throws {
    let date = Date(timeIntervalSince1970: (Date.now.timeIntervalSince1970 - secondsAgo).rounded())
    for name in try folder.names() {
      try FileManager.default.setAttributes(
        [.modificationDate: date], ofItemAtPath: "\(folder.path)/\(name)")
    }
  }

  @Test func secondLoadingGivesTheSame() throws {
    try roundDates()
    let first = try load()
    try breakArchives()
    let second = try load()
    #expect(second.digest == first.digest)
    #expect(second.train.pixels == first.train.pixels)
    #expect(second.test.pixels == first.test.pixels)
    #expect(second.train.labels == first.train.labels)
    #expect(second.test.labels == first.test.labels)
    #expect(second.train.tracks == first.train.tracks)
    #expect(second.test.tracks == first.test.tracks)
    #expect(second.train.sizes == first.train.sizes && first.train.sizes.count == 8)
    #expect(second.test.sizes == first.test.sizes && first.test.sizes.count == 3)
    #expect(second.classNames == first.classNames)
    #expect(second.source == first.source)
    #expect(try cacheFolder.names().count == 1)
  }

  /// A lock says who still writes, whatever number the process has and wherever it runs.
  @Test func whatWritersLeftGoesAndWhatTheyWriteStays() throws {
    let left = ["0123456789abcdef.images.77.part", ".waymark-1.part"]
    let kept = ["fedcba.images.78.part", "notes.part"]
    for name in left + kept { try cacheFolder.write([1, 2, 3], to: name) }
    let writing = open("\(cacheFolder.path)/\(kept[0])", O_RDONLY)
    defer { close(writing) }
    try #require(flock(writing, LOCK_EX | LOCK_NB) == 0)
    _ = try load()
    let names = try cacheFolder.names()
    #expect(names.count == 3 && Set(names).isSuperset(of: kept))
    #expect(names.contains { $0.hasSuffix(".images") })
  }

  @Test func changedArchiveReplacesItsCopy() throws {
    let first = try load()
    var small = SmallGTSRB()
    small.testing.append(("GTSRB/Final_Test/Images/00003.ppm", pixmap(4, 4, 9)))
    small.table += "00003.ppm;1;1;1;1;1;1;3\n"
    try small.writeArchives(to: folder)
    let second = try load()
    #expect(second.digest != first.digest)
    #expect(second.test.count == 4)
    #expect(try cacheFolder.names().count == 1)
  }

  @Test func timeOfChangeAloneMakesACopyWorthless() throws {
    try roundDates()
    _ = try load()
    try breakArchives()
    try roundDates(secondsAgo: 50)
    #expect(throws: DataSetError.self) { try load() }
  }

  @Test func sizeAloneMakesACopyWorthless() throws {
    try roundDates()
    _ = try load()
    try breakArchives(longer: 1)
    #expect(throws: DataSetError.self) { try load() }
  }

  @Test(arguments: ["train/a/1.ppm", "test/a/2.ppm"])
  func changedImageMakesTheCopyWorthless(name: String) throws {
    let images = try TemporaryFolder()
    let source = DataSource.folder(path: images.path, size: 2)
    for name in ["train/a/1.ppm", "test/a/2.ppm"] { try images.write(pixmap(2, 2, 10), to: name) }
    let before = try DataSet.load(source, cache: cache)
    #expect(before.train.pixels.first == 10 && before.test.pixels.first == 10)
    try images.write(pixmap(3, 3, 90), to: name)
    let after = try DataSet.load(source, cache: cache)
    #expect((after.train.pixels.first == 90) == name.hasPrefix("train"))
    #expect((after.test.pixels.first == 90) == name.hasPrefix("test"))
  }

  @Test func foldersHaveCopiesOfTheirOwn() throws {
    let images = try TemporaryFolder()
    for name in ["one", "two"] {
      try images.write(pixmap(2, 2, 10), to: "\(name)/a/1.ppm")
      _ = try DataSet.load(.folder(path: "\(images.path)/\(name)", size: 2), cache: cache)
    }
    #expect(try cacheFolder.names().count == 2)
    // However their paths are written.
    _ = try DataSet.load(.folder(path: "\(images.path)/one/../two/", size: 2), cache: cache)
    #expect(try cacheFolder.names().count == 2)
  }

  @Test func sizesHaveCopiesOfTheirOwn() throws {
    _ = try load(size: 4)
    #expect(try load(size: 6).train.shape.height == 6)
    #expect(try load(size: 4).train.shape.height == 4)
    #expect(try cacheFolder.names().count == 2)
  }

  /// Every byte of the file is covered by a checksum or changes what is looked for.
  @Test func damagedCopyIsIgnoredAndWrittenAnew() throws {
    let first = try load()
    let name = try #require(try cacheFolder.names().first)
    let good = try cacheFolder.bytes(name)
    // Of the magic and the header's length and checksum every byte.
    for position in Array(0..<24) + stride(from: 28, to: good.count, by: 7) {
      var bad = good
      bad[position] ^= 0x80
      try cacheFolder.write(bad, to: name)
      #expect(try load().digest == first.digest, "byte \(position)")
      #expect(try cacheFolder.bytes(name) == good, "byte \(position)")
    }
    for length in [0, 7, 8, 20, 100, good.count / 2, good.count - 1] {
      try cacheFolder.write(Array(good[..<length]), to: name)
      #expect(try load().digest == first.digest, "first \(length) bytes")
      #expect(try cacheFolder.bytes(name) == good, "first \(length) bytes")
    }
    try cacheFolder.write(good + [0], to: name)
    #expect(try load().digest == first.digest)
    #expect(try cacheFolder.bytes(name) == good)
  }

  @Test func folderThatCannotBeWrittenIsNoError() throws {
    let file = try cacheFolder.write("in the way", to: "file")
    let blocked = ImageCache(folder: file + "/below")
    let set = try DataSet.load(.gtsrb(path: folder.path, size: 4), cache: blocked)
    #expect(set.train.count == 8)
  }
}
