import Datasets
import Foundation
import Testing

struct ImageFolderTests {
  private let folder: TemporaryFolder

  /// A 2×1 PNG image, red and blue.
  private static let png = Data(
    base64Encoded:
      "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR4nGP4z8DAwPAfAAcAAf9+CLHQAAAAAElFTkSuQmCC"
  )

  /// An 8×8 JPEG image of (200, 100, 50).
  private static let jpeg = Data(
    base64Encoded: """
      /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsN\
      DhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQU\
      FBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAIAAgDAREAAhEBAxEB/8QA\
      FAABAAAAAAAAAAAAAAAAAAAABP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAVAQEBAAAAAAAAAAAAAAAA\
      AAAHCP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/ACA9SD//2Q==
      """)

  init() throws { folder = try TemporaryFolder() }

  private func load(size: Int = 2) throws -> DataSet {
    try DataSet.load(.folder(path: folder.path, size: size), cache: nil)
  }

  private func write(_ count: Int, _ name: String, gray: Int) throws {
    for number in 0..<count {
      try folder.write(pixmap(2, 2, UInt8(gray + number)), to: "\(name)/\(100 + number).ppm")
    }
  }

  private func grays(_ set: ImageSet) -> [Int] {
    (0..<set.count).compactMap { set.image(at: $0).first.map(Int.init) }
  }

  @Test func classesAreTheSortedFolders() throws {
    try write(5, "stop", gray: 0)
    try write(5, "Give way", gray: 50)
    try write(5, "10 km", gray: 100)
    let set = try load()
    #expect(set.classNames == ["10 km", "Give way", "stop"])
    #expect(set.train.labels == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2])
    #expect(set.test.labels == [0, 1, 2])
    #expect(Set(grays(set.train) + grays(set.test)).count == 15)
  }

  @Test(arguments: [(1, 0), (2, 1), (3, 1), (7, 1), (8, 2), (10, 2), (40, 8)])
  func aFifthOfEachClassIsForTesting(count: Int, tests: Int) throws {
    try write(count, "a", gray: 0)
    try write(10, "b", gray: 100)
    let set = try load()
    #expect(set.test.labels.count { $0 == 0 } == tests)
    #expect(set.train.labels.count { $0 == 0 } == count - tests)
    #expect(set.test.labels.count { $0 == 1 } == 2)
    #expect(try load().digest == set.digest)
  }

  @Test func trainAndTestFoldersAreTheSplits() throws {
    try write(3, "train/a", gray: 0)
    try write(2, "train/b", gray: 50)
    try write(4, "test/b", gray: 100)
    let set = try load()
    #expect(grays(set.train) == [0, 1, 2, 50, 51])
    #expect(grays(set.test) == [100, 101, 102, 103])
    #expect(set.test.labels == [1, 1, 1, 1])
  }

  @Test func trainWithoutTestIsDivided() throws {
    try write(5, "train/a", gray: 0)
    let set = try load()
    #expect(set.classNames == ["a"])
    #expect(set.train.count == 4)
    #expect(set.test.count == 1)
  }

  @Test func compressedImagesAreDecoded() throws {
    let bytes = [UInt8](try #require(Self.png))
    try folder.write(bytes, to: "a/1.PNG")
    let set = try load(size: 1)
    #expect(set.train.count == 1)
    #expect(Array(set.train.pixels) == [128, 0, 128])
  }

  @Test func jpegImagesAreDecoded() throws {
    let bytes = [UInt8](try #require(Self.jpeg))
    try folder.write(bytes, to: "a/1.jpg")
    try folder.write(bytes, to: "a/2.JPEG")
    let set = try load(size: 1)
    for pixels in [set.train.pixels, set.test.pixels] {
      #expect(zip(pixels, [200, 100, 50]).allSatisfy { abs(Int($0) - $1) <= 3 })
    }
  }

  @Test func folderInTheWayOfAnImageIsNoted() throws {
    try folder.write("text", to: "a/1.ppm/inner")
    try folder.write([UInt8](try #require(Self.jpeg)), to: "a/2.jpg")
    #expect(try load().notes.contains(.foldersNotRead(["a/1.ppm"])))
  }

  @Test func setsThatDoNotFitInMemoryAreRefused() throws {
    let shape = ImageShape(height: 4, width: 4, channels: 3)
    try ImageLimits.check(images: 10, shape: shape, memory: 960)
    #expect(throws: DataSetError.tooLarge(images: 10, size: 4, bytes: 480, limit: 479)) {
      try ImageLimits.check(images: 10, shape: shape, memory: 959)
    }
  }

  @Test func otherFilesAreLeftAlone() throws {
    try write(2, "a", gray: 0)
    try folder.write("text", to: "a/notes.txt")
    try folder.write("text", to: "a/.hidden.ppm")
    try folder.write("text", to: "readme.ppm")
    let set = try load()
    #expect(set.classNames == ["a"])
    #expect(set.train.count + set.test.count == 2)
  }

  @Test func folderWithoutImagesIsNamed() throws {
    try folder.write("text", to: "a/notes.txt")
    #expect(throws: DataSetError.noImages(path: folder.path)) { try load() }
  }

  @Test func testFolderWithoutImagesIsNamed() throws {
    try write(2, "train/a", gray: 0)
    try folder.write("text", to: "test/a/notes.txt")
    #expect(throws: DataSetError.noImages(path: folder.path + "/test")) { try load() }
  }

  @Test func testClassWithoutTrainingIsNamed() throws {
    try write(2, "train/a", gray: 0)
    try write(2, "test/b", gray: 0)
    #expect(
      throws: DataSetError.testClassWithoutTraining(path: folder.path + "/test", name: "b")
    ) { try load() }
  }

  @Test func missingFolderIsNamed() {
    let path = folder.path + "/nowhere"
    #expect(throws: DataSetError.noSuchPath(path: path)) {
      try DataSet.load(.folder(path: path, size: 2), cache: nil)
    }
  }

  @Test(arguments: ["png", "jpg", "jpeg"])
  func undecodableImageIsNamed(ending: String) throws {
    let file = try folder.write("no image", to: "a/1.\(ending)")
    #expect {
      try load()
    } throws: {
      guard case .damagedImage(file, nil, .undecodable)? = $0 as? DataSetError else {
        return false
      }
      return true
    }
  }

  /// The size in a PNG's header is checked before memory is taken for it.
  @Test func hugeImageIsRefused() throws {
    var bytes = [UInt8](try #require(Self.png))
    bytes.replaceSubrange(16..<24, with: [0, 0, 0x40, 0, 0, 0, 0x40, 0])
    bytes.replaceSubrange(29..<33, with: ImageFileTests.checksum(bytes[12..<29]))
    let file = try folder.write(bytes, to: "a/1.png")
    #expect(
      throws: DataSetError.damagedImage(
        path: file, entry: nil, fault: .sizeOutOfRange(width: 16_384, height: 16_384))
    ) { try load() }
  }

  @Test func cutPNGIsNamed() throws {
    let bytes = [UInt8](try #require(Self.png))
    let file = try folder.write(Array(bytes[..<45]), to: "a/1.png")
    #expect {
      try load()
    } throws: {
      guard case .damagedImage(file, nil, .undecodable)? = $0 as? DataSetError else {
        return false
      }
      return true
    }
  }

  @Test func addedImageMakesTheCachedCopyWorthless() throws {
    let cache = ImageCache(folder: try TemporaryFolder().path)
    defer { try? FileManager.default.removeItem(atPath: cache.folder) }
    try write(5, "a", gray: 0)
    let source = DataSource.folder(path: folder.path, size: 2)
    let first = try DataSet.load(source, cache: cache)
    #expect(try DataSet.load(source, cache: cache).digest == first.digest)
    try folder.write(pixmap(2, 2, 99), to: "a/999.ppm")
    #expect(try DataSet.load(source, cache: cache).train.count == 5)
  }
}
