import Datasets
import Foundation
import System
import Testing

/// What `load folder` makes of folders as people have them: read, or counted in a note.
struct FolderNoteTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(cache: ImageCache? = nil) throws -> DataSet {
    try DataSet.load(.folder(path: folder.path, size: 2), cache: cache)
  }

  /// Writes gray images 100.ppm, 101.ppm …; each is one shade lighter than the one before.
  private func write(_ count: Int, _ name: String, gray: Int = 0) throws {
    for number in 0..<count {
      try folder.write(pixmap(2, 2, UInt8(gray + number)), to: "\(name)/\(100 + number).ppm")
    }
  }

  private func grays(_ set: ImageSet) -> [Int] {
    (0..<set.count).compactMap { set.image(at: $0).first.map(Int.init) }
  }

  // MARK: Order

  @Test func numberedFoldersAreClassesInTheOrderOfTheirNumbers() throws {
    for number in [10, 2, 0, 1, 33] { try write(2, "\(number)", gray: number) }
    let set = try load()
    #expect(set.classNames == ["0", "1", "2", "10", "33"])
    for index in 0..<set.train.count {
      let gray = Int(try #require(set.train.image(at: index).first))
      let name = try #require(Int(set.classNames[set.train.labels[index]]))
      #expect(gray == name || gray == name + 1)
    }
  }

  @Test(arguments: [
    (["b", "10", "9", "a"], ["9", "10", "a", "b"]),
    (["007", "7", "12", "07"], ["007", "07", "7", "12"]),
    (["c10", "c9"], ["c10", "c9"]),
    (["-1", "0", "1.5", "1"], ["0", "1", "-1", "1.5"]),
    (
      ["99999999999999999999", "3", "100000000000000000000"],
      ["3", "100000000000000000000", "99999999999999999999"]
    ),
  ])
  func numbersComeBeforeTextWhichIsSortedByItsBytes(names: [String], sorted: [String]) throws {
    for name in names { try write(2, name) }
    #expect(try load().classNames == sorted)
  }

  /// Sessions have it that were saved when numbers were sorted as text.
  @Test func orderOfTextIsStillThere() throws {
    for number in [10, 2, 0] { try write(2, "\(number)", gray: number) }
    let source = try #require(DataSource.folder(path: folder.path, size: 2).sortedByText)
    let set = try DataSet.load(source, cache: nil)
    #expect(set.classNames == ["0", "10", "2"])
    #expect(try set.digest != load().digest)
    #expect(source.sortedByText == nil)
    #expect(source.resized(to: 4) == DataSource.folder(path: folder.path, size: 4).sortedByText)
    #expect(source.moved(to: "/a") == DataSource.folder(path: "/a", size: 2).sortedByText)
  }

  @Test func testImagesHaveTheLabelsOfTheirClassFolders() throws {
    for number in [10, 2, 0] { try write(1, "train/\(number)", gray: number) }
    for number in [10, 2] { try write(1, "test/\(number)", gray: 100 + number) }
    let set = try load()
    #expect(set.classNames == ["0", "2", "10"])
    #expect(set.test.labels == [1, 2])
    #expect(grays(set.test) == [102, 110])
    #expect(set.notes == [.classesWithoutTesting(["0"])])
  }

  // MARK: Splits

  @Test(arguments: ["val", "valid", "validation", "Val", "VALIDATION"])
  func validationIsTheTestSplitWithoutAnother(name: String) throws {
    try write(3, "train/a", gray: 0)
    try write(2, "\(name)/a", gray: 50)
    let set = try load()
    #expect(grays(set.train) == [0, 1, 2])
    #expect(grays(set.test) == [50, 51])
    #expect(set.notes == [.validationIsTest(name)])
  }

  /// The same images each time, and said to be so.
  @Test func fifthOfEachClassIsTheTestSplitWithoutAnother() throws {
    try write(10, "a", gray: 0)
    try write(5, "b", gray: 50)
    let set = try load()
    #expect(set.train.count == 12 && set.test.labels == [0, 0, 1])
    #expect(set.notes == [.testIsDrawn])
    #expect(try grays(load().test) == grays(set.test))
  }

  @Test func validationBesideTestIsCounted() throws {
    try write(3, "train/a", gray: 0)
    try write(2, "test/a", gray: 50)
    try write(4, "val/a", gray: 100)
    let set = try load()
    #expect(grays(set.test) == [50, 51])
    #expect(set.notes == [.validationNotRead("val", images: 4, test: "test")])
  }

  @Test func capitalsMakeNoDifferenceToTrainAndTest() throws {
    try write(3, "Train/a", gray: 0)
    try write(2, "TEST/a", gray: 50)
    try write(2, "more/a", gray: 90)
    let set = try load()
    #expect(grays(set.test) == [50, 51])
    #expect(set.notes == [.foldersNotRead(["more"])])
  }

  /// A class of vehicles may be called so.
  @Test func trainWithoutFoldersIsAClass() throws {
    for name in ["bus", "car", "train"] { try write(2, name) }
    #expect(try load().classNames == ["bus", "car", "train"])
  }

  @Test func heldOutImagesAreNotSaidToBeOfValidation() throws {
    try write(9, "train/a")
    try write(2, "val/a")
    let set = try load().holdingOut(HoldOut(share: 0.5, seed: 0))
    #expect(set.test.count > 0)
    #expect(set.notes.isEmpty)
  }

  // MARK: What is left out

  @Test func classesWithoutImagesAndFoldersInClassesAreCounted() throws {
    try write(3, "a/inner")
    try write(3, "b")
    try write(1, "c")
    let set = try load()
    #expect(set.classNames == ["a", "b", "c"])
    #expect(
      set.notes == [
        .foldersNotRead(["a/inner"]), .testIsDrawn, .classesWithoutImages(["a"]),
        .classesWithoutTesting(["c"]),
      ])
  }

  @Test func otherFormatsAreCountedByName() throws {
    try write(2, "a")
    let files: [(String, [UInt8])] = [
      ("1.webp", Array("RIFF\0\0\0\0WEBPVP8 ".utf8)), ("2.webp", Array("RIFF....WEBP".utf8)),
      ("3.bmp", Array("BM......".utf8)), ("4.gif", Array("GIF89a..".utf8)),
      ("5.tiff", Array("II*\0....".utf8)), ("6.txt", Array("text".utf8)),
      ("7", Array("text".utf8)), ("8.bak", pixmap(2, 2, 9)), ("9.txt", []),
    ]
    for (name, bytes) in files { try folder.write(bytes, to: "a/\(name)") }
    let set = try load()
    #expect(set.train.count + set.test.count == 2)
    #expect(
      set.notes == [
        .filesNotRead([
          "WebP": 2, "BMP": 1, "GIF": 1, "TIFF": 1, ".txt": 2, "without an ending": 1,
          "PPM not named .ppm": 1,
        ]), .testIsDrawn,
      ])
  }

  @Test func imagesBesideTheClassesAreCounted() throws {
    try write(2, "a")
    try folder.write(pixmap(2, 2, 9), to: "loose.ppm")
    try folder.write("GIF89a", to: "loose.gif")
    #expect(
      try load().notes == [
        .filesNotRead(["GIF": 1]), .imagesWithoutClass(count: 1), .testIsDrawn,
      ])
  }

  /// Also those beside `train` and `test`, and in them beside the classes; no hidden ones.
  @Test(arguments: ["", "train/"])
  func filesBesideTheClassesAreCounted(below: String) throws {
    try write(4, below + "a")
    if !below.isEmpty { try write(2, "test/a") }
    for file in [below + "notes.txt", "labels.csv", "a.zip", ".hidden.txt"] {
      try folder.write("text", to: file)
    }
    var kinds = [".txt": 1, ".csv": 1, ".zip": 1]
    if !below.isEmpty {
      try folder.write("text", to: "test/more.txt")
      kinds[".txt"] = 2
    }
    #expect(try load().notes == [.filesNotRead(kinds)] + (below.isEmpty ? [.testIsDrawn] : []))
  }

  @Test(arguments: ["", "train/a/1.ppm test/"])
  func imagesWithoutFoldersOfClassesAreRefused(layout: String) throws {
    let parts = layout.split(separator: " ").map(String.init)
    if let first = parts.first { try folder.write(pixmap(2, 2, 0), to: first) }
    let below = parts.last ?? ""
    try folder.write(pixmap(2, 2, 1), to: below + "2.ppm")
    let path = below.isEmpty ? folder.path : folder.path + "/" + below.dropLast()
    #expect(throws: DataSetError.imagesWithoutFolders(path: path)) { try load() }
  }

  /// As Kaggle has GTSRB: nobody would want three classes Meta, Test and Train.
  @Test func trainAndTestAreNoClasses() throws {
    try write(2, "Train/0")
    try write(2, "Test")
    try write(2, "Meta")
    #expect(throws: DataSetError.imagesWithoutFolders(path: folder.path + "/Test")) { try load() }
  }

  @Test func namesThatAreNotUTF8AreCounted() throws {
    try write(2, "a")
    // In Latin-1.
    let paths = ["caf\u{E9}", "a/\u{E9}.ppm"].map { name in
      Array("\(folder.path)/".utf8CString.dropLast())
        + name.unicodeScalars.map { CChar(truncatingIfNeeded: $0.value) } + [0]
    }
    #expect(mkdir(paths[0], 0o755) == 0)
    defer { rmdir(paths[0]) }
    let descriptor = open(paths[1], O_WRONLY | O_CREAT, 0o644)
    #expect(descriptor >= 0)
    close(descriptor)
    defer { unlink(paths[1]) }
    let set = try load()
    #expect(set.classNames == ["a"])
    #expect(set.notes == [.namesNotUTF8(["caf\u{FFFD}", "a/\u{FFFD}.ppm"]), .testIsDrawn])
  }

  // MARK: Hidden and resource files

  @Test func resourceFilesOfMacOSAreNothingToSpeakOf() throws {
    try write(2, "a")
    let double: [UInt8] = [0, 5, 0x16, 7, 0, 2, 0, 0] + [UInt8](repeating: 0, count: 20)
    try folder.write(double, to: "a/._100.ppm")
    try folder.write(double, to: "__MACOSX/a/._100.ppm")
    try folder.write("x", to: ".DS_Store")
    try folder.write("x", to: "a/.DS_Store")
    let set = try load()
    #expect(set.classNames == ["a"])
    #expect(set.notes == [.testIsDrawn])
  }

  @Test func whatIsOnlyNamedLikeAResourceFileIsCounted() throws {
    try write(2, "a")
    try folder.write(pixmap(2, 2, 7), to: "a/._9.ppm")
    try folder.write(pixmap(2, 2, 7), to: "a/.hidden.ppm")
    try folder.write(pixmap(2, 2, 7), to: ".ipynb_checkpoints/1.ppm")
    #expect(
      try load().notes == [
        .hiddenNotRead([".ipynb_checkpoints", "a/._9.ppm", "a/.hidden.ppm"]), .testIsDrawn,
      ])
    try write(2, "__MACOSX")
    #expect(try load().classNames == ["__MACOSX", "a"])
  }

  // MARK: Cache

  @Test func cachedCopiesHaveTheNotesOfNow() throws {
    let cacheFolder = try TemporaryFolder()
    let cache = ImageCache(folder: cacheFolder.path)
    try write(4, "a")
    #expect(try load(cache: cache).notes == [.testIsDrawn])
    try folder.write("text", to: "a/notes.txt")
    for _ in 1...2 {
      #expect(try load(cache: cache).notes == [.filesNotRead([".txt": 1]), .testIsDrawn])
    }
    #expect(try cacheFolder.names().count == 1)
  }
}
