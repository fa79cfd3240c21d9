import Datasets
import Foundation
import Testing

/// The forms that GTSRB has on people's disks: the same images give the same digest.
struct GTSRBLayoutTests {
  private let folder: TemporaryFolder
  private let digest: String

  init() throws {
    folder = try TemporaryFolder()
    let archives = try TemporaryFolder()
    try SmallGTSRB().writeArchives(to: archives)
    digest = try DataSet.load(.gtsrb(path: archives.path, size: 4), cache: nil).digest
  }

  private func load(cache: ImageCache? = nil) throws -> DataSet {
    try DataSet.load(.gtsrb(path: folder.path, size: 4), cache: cache)
  }

  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  /// What is said of the set beside the classes that a small one lacks.
  private func loadNotes(_ set: DataSet) -> [LoadNote] {
    set.notes.filter {
      switch $0 {
      case .classesWithoutImages, .classesWithoutTraining, .classesWithoutTesting: false
      default: true
      }
    }
  }

  // MARK: The final competition's training images

  @Test func finalTrainingImagesAreReadFromATree() throws {
    var small = SmallGTSRB()
    small.training = small.training.map {
      ($0.name.replacing("/Training/", with: "/Final_Training/Images/"), $0.bytes)
    }
    try small.writeTree(
      to: folder, prefix: "", table: "GTSRB/Final_Test/Images/GT-final_test.csv")
    let set = try load()
    #expect(set.digest == digest)
    #expect(Set(set.train.tracks).count == 4)
    #expect(loadNotes(set).isEmpty)
  }

  @Test func finalTrainingImagesAreReadFromTheirArchive() throws {
    var small = SmallGTSRB()
    try small.writeArchives(to: folder)
    try FileManager.default.removeItem(atPath: path("GTSRB-Training_fixed.zip"))
    small.training = small.training.map {
      ($0.name.replacing("/Training/", with: "/Final_Training/Images/"), $0.bytes)
    }
    try folder.write(zip(small.training), to: "GTSRB_Final_Training_Images.zip")
    #expect(try load().digest == digest)
  }

  @Test func theOtherEditionBesideIsNamed() throws {
    let cacheFolder = try TemporaryFolder()
    let cache = ImageCache(folder: cacheFolder.path)
    try SmallGTSRB().writeArchives(to: folder)
    #expect(try loadNotes(load(cache: cache)).isEmpty)
    let other = try folder.write("", to: "GTSRB_Final_Training_Images.zip")
    for _ in 0..<2 {
      let set = try load(cache: cache)
      #expect(set.digest == digest)
      #expect(loadNotes(set) == [.otherTrainingImages(path: other)])
    }
  }

  // MARK: Kaggle

  /// - Parameter prefix: Of the paths in `Train.csv`.
  private func writeKaggle(prefix: String = "Train/", extra: String = "") throws {
    var train = "Width,Height,Roi.X1,Roi.Y1,Roi.X2,Roi.Y2,ClassId,Path\r\n"
    var test = train
    for (name, bytes) in SmallGTSRB().training where name.hasSuffix(".ppm") {
      let parts = name.split(separator: "/")
      let label = try #require(Int(parts[2]))
      let file = "\(label)/\(parts[2])_\(parts[3].dropLast(4)).png"
      try folder.write(bytes, to: "Train/\(file)")
      train += "27,26,5,5,22,20,\(label),\(prefix)\(file)\r\n"
    }
    for (number, label) in [14, 1, 14].enumerated() {
      let name = "Test/0000\(number).png"
      try folder.write(pixmap(4, 4, UInt8(200 + number)), to: name)
      test += "53,54,6,5,48,49,\(label),\(name)\r\n"
    }
    try folder.write(train + extra, to: "Train.csv")
    try folder.write(test, to: "Test.csv")
    try folder.write(pixmap(4, 4, 1), to: "Meta/0.png")
  }

  @Test(arguments: ["Train/", ""])
  func kagglesTablesNameTheImages(prefix: String) throws {
    try writeKaggle(prefix: prefix)
    let set = try load()
    #expect(set.digest == digest)
    #expect(set.classNames == GTSRB.classNames)
    #expect(set.train.tracks == [0, 0, 1, 1, 2, 2, 3, 3])
    #expect(loadNotes(set).isEmpty)
  }

  @Test func imagesThatKagglesTableDoesNotNameAreCounted() throws {
    try writeKaggle()
    try folder.write(pixmap(4, 4, 1), to: "Train/1/extra.png")
    try folder.write("", to: "Train/1/notes.txt")
    #expect(
      try loadNotes(load()) == [
        .imagesNotInTable(count: 1, table: path("Train.csv")), .filesNotRead([".txt": 1]),
      ])
  }

  @Test(arguments: [
    "Train/14/nowhere.png", "/etc/hostname", "Train/../Train/14/00014_00000_00000.png", "Train/14/",
  ])
  func imagesThatAreNotThereAreNamed(image: String) throws {
    try writeKaggle(extra: "1,1,1,1,1,1,14,\(image)\n")
    #expect(
      throws: DataSetError.missingImage(file: path("Train.csv"), line: 10, image: image)
    ) { try load() }
  }

  @Test func imageInTheFolderOfAnotherClassIsNamed() throws {
    let image = "Train/14/00014_00009_00000.png"
    try writeKaggle(extra: "1,1,1,1,1,1,1,\(image)\n")
    try folder.write(pixmap(4, 4, 1), to: image)
    #expect(
      throws: DataSetError.otherClassFolder(
        file: path("Train.csv"), line: 10, image: image, label: 1)
    ) { try load() }
  }

  @Test func missingTableOfKagglesIsNamed() throws {
    try writeKaggle()
    try FileManager.default.removeItem(atPath: path("Test.csv"))
    #expect(
      throws: DataSetError.incompleteGTSRB(path: folder.path, missing: [path("Test.csv")])
    ) { try load() }
  }

  // MARK: Names and tables

  @Test(arguments: [false, true])
  func capitalsInNamesMakeNoDifference(inTable: Bool) throws {
    var small = SmallGTSRB()
    small.training = small.training.map { ($0.name.replacing(".ppm", with: ".PPM"), $0.bytes) }
    small.testing = small.testing.map { ($0.name.replacing(".ppm", with: ".Ppm"), $0.bytes) }
    if inTable { small.table = small.table.replacing(".ppm", with: ".Ppm") }
    try small.writeTree(to: folder, prefix: "", table: "GT-final_test.csv")
    #expect(try load().digest == digest)
    let archives = try TemporaryFolder()
    try small.writeArchives(to: archives)
    #expect(try DataSet.load(.gtsrb(path: archives.path, size: 4), cache: nil).digest == digest)
  }

  /// RFC 4180's forms, and those of spreadsheets.
  @Test(arguments: [
    "\"Filename\";\"ClassId\"\n\"00000.ppm\";\"14\"\n\"00001.ppm\";\"1\"\n\"00002.ppm\";\"14\"\n",
    "Filename,ClassId\r\n00000.ppm,14\r\n00001.ppm,1\r\n00002.ppm,14",
    "\u{FEFF}Filename;ClassId\n00000.ppm;14\n\n00001.ppm;1\n00002.ppm;14\n\n",
    "filename\tnote\tCLASSID\r00000.ppm\t\"a \"\"b\"\"\"\t14\r00001.ppm\t\t1\r00002.ppm\t\t14\r",
    "note,Filename,ClassId\n\"two\nlines, and \"\"marks\"\"\",00000.ppm,14\n,00001.ppm , 1\n,00002.ppm,14",
  ])
  func tablesMayBeWrittenInManyWays(table: String) throws {
    var small = SmallGTSRB()
    small.table = table
    try small.writeArchives(to: folder)
    #expect(try load().digest == digest)
  }

  @Test(arguments: [
    ("Filename;ClassId\n00000.ppm;\"14\n00001.ppm;1\n", 2),
    ("Filename;ClassId\n00000.ppm;14\n\"a\nb\";1\n\"00001.ppm;1\n", 5),
  ])
  func quotationMarkThatIsNeverClosedIsNamed(table: String, line: Int) throws {
    var small = SmallGTSRB()
    small.table = table
    try small.writeArchives(to: folder)
    #expect(
      throws: DataSetError.openQuote(
        file: path("GTSRB_Final_Test_GT.zip") + ": GT-final_test.csv", line: line)
    ) { try load() }
  }

  // MARK: What is left out

  @Test func resourceFilesInArchivesAreNoImages() throws {
    var small = SmallGTSRB()
    let double: [UInt8] = [0, 5, 0x16, 7, 0, 2, 0, 0] + [UInt8](repeating: 0, count: 40)
    for name in small.training.map(\.name) {
      let parts = name.split(separator: "/")
      small.training.append(
        ("__MACOSX/" + parts.dropLast().joined(separator: "/") + "/._\(parts[3])", double))
    }
    small.testing.insert(("GTSRB/Final_Test/Images/._00000.ppm", double), at: 0)
    try small.writeArchives(to: folder)
    let set = try load()
    #expect(set.digest == digest)
    #expect(loadNotes(set).isEmpty)
  }

  @Test func whatIsLeftOutOfArchivesIsKeptInTheCache() throws {
    var small = SmallGTSRB()
    let hidden = "GTSRB/Training/00001/._00000_00000.ppm"
    small.training.append((hidden, pixmap(4, 4, 9)))
    small.training.append(("GTSRB/Training/00001/00000_00000.png", pixmap(4, 4, 9)))
    small.training.append(("GTSRB/loose.ppm", pixmap(4, 4, 9)))
    small.testing.append(("GTSRB/Final_Test/Images/00009.ppm", pixmap(4, 4, 9)))
    try small.writeArchives(to: folder)
    let cacheFolder = try TemporaryFolder()
    for _ in 0..<2 {
      let set = try load(cache: ImageCache(folder: cacheFolder.path))
      #expect(set.digest == digest)
      #expect(
        loadNotes(set) == [
          .filesNotRead([".png": 1]), .imagesWithoutClass(count: 1), .hiddenNotRead([hidden]),
          .imagesNotInTable(
            count: 1, table: path("GTSRB_Final_Test_GT.zip") + ": GT-final_test.csv"),
        ])
    }
    #expect(try cacheFolder.names().count == 1)
  }

  @Test func whatIsLeftOutOfATreeIsCounted() throws {
    try SmallGTSRB().writeTree(to: folder, prefix: "", table: "GTSRB/GT-final_test.csv")
    try folder.write(pixmap(4, 4, 9), to: "GTSRB/Training/other/1.ppm")
    try folder.write("BM", to: "GTSRB/Training/00014/1.bmp")
    try folder.write(pixmap(4, 4, 9), to: "GTSRB/Final_Test/Images/00077.ppm")
    let set = try load()
    #expect(set.digest == digest)
    #expect(
      loadNotes(set) == [
        .filesNotRead(["BMP": 1]), .foldersNotRead(["other"]),
        .imagesNotInTable(count: 1, table: path("GTSRB/GT-final_test.csv")),
      ])
  }

  @Test func classesThatASmallSetLacksAreCounted() throws {
    try SmallGTSRB().writeArchives(to: folder)
    let names = GTSRB.classNames.enumerated().filter { ![1, 14].contains($0.offset) }
    #expect(try load().notes == [.classesWithoutImages(names.map(\.element))])
  }
}
