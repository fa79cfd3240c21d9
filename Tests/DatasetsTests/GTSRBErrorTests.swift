import Datasets
import Foundation
import Randomness
import Testing

/// What a damaged or missing part of GTSRB is answered with.
struct GTSRBErrorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(size: Int = 4) throws -> DataSet {
    try DataSet.load(.gtsrb(path: folder.path, size: size), cache: nil)
  }

  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func expect(_ error: DataSetError, _ change: (inout SmallGTSRB) -> Void) throws {
    var small = SmallGTSRB()
    change(&small)
    try small.writeArchives(to: folder)
    #expect(throws: error) { try load() }
  }

  @Test func missingPathIsNamed() {
    let path = path("nowhere")
    #expect(throws: DataSetError.noSuchPath(path: path)) {
      try DataSet.load(.gtsrb(path: path, size: 32), cache: nil)
    }
  }

  @Test func fileInsteadOfAFolderIsNamed() throws {
    let file = try folder.write("text", to: "file")
    #expect(throws: DataSetError.notAFolder(path: file)) {
      try DataSet.load(.gtsrb(path: file, size: 32), cache: nil)
    }
  }

  @Test func emptyFolderTellsWhatWasSought() {
    #expect {
      try load()
    } throws: {
      guard case .noGTSRB(let path, let sought)? = $0 as? DataSetError else { return false }
      return path == folder.path && sought.contains("GTSRB-Training_fixed.zip")
    }
  }

  @Test func missingArchiveIsNamed() throws {
    try SmallGTSRB().writeArchives(to: folder)
    let missing = path("GTSRB_Final_Test_GT.zip")
    try FileManager.default.removeItem(atPath: missing)
    #expect(throws: DataSetError.incompleteGTSRB(path: folder.path, missing: [missing])) {
      try load()
    }
  }

  @Test func missingTableOfATreeIsNamed() throws {
    try SmallGTSRB().writeTree(to: folder, prefix: "", table: "elsewhere.csv")
    #expect(
      throws: DataSetError.incompleteGTSRB(
        path: folder.path, missing: [path("GTSRB/GT-final_test.csv")])
    ) { try load() }
  }

  @Test func truncatedZipNamesTheEntry() throws {
    try SmallGTSRB().writeArchives(to: folder)
    let archive = try folder.bytes("GTSRB-Training_fixed.zip")
    try folder.write(Array(archive[..<(archive.count / 3)]), to: "GTSRB-Training_fixed.zip")
    #expect {
      try load()
    } throws: {
      guard case .damagedArchive(let path, let entry?, _)? = $0 as? DataSetError else {
        return false
      }
      return path == self.path("GTSRB-Training_fixed.zip") && entry.hasPrefix("GTSRB/Training/")
    }
  }

  @Test(arguments: [[UInt8](), Array("no zip at all".utf8)])
  func fileThatIsNoZipIsNamed(bytes: [UInt8]) throws {
    try SmallGTSRB().writeArchives(to: folder)
    try folder.write(bytes, to: "GTSRB_Final_Test_Images.zip")
    #expect {
      try load()
    } throws: {
      guard case .damagedArchive(let path, nil, _)? = $0 as? DataSetError else { return false }
      return path == self.path("GTSRB_Final_Test_Images.zip")
    }
  }

  @Test func corruptEntryIsNamed() throws {
    var small = SmallGTSRB()
    // Noise is stored as it is, so that its bytes are found again.
    var random = RandomStream(seed: 1)
    let noise = (0..<1200).map { _ in UInt8(random.index(below: 256)) }
    small.testing[1].bytes = Array("P6\n20 20\n255\n".utf8) + noise
    try small.writeArchives(to: folder)
    let name = Array("GTSRB/Final_Test/Images/00001.ppm".utf8)
    var archive = try folder.bytes("GTSRB_Final_Test_Images.zip")
    let start = try #require(
      archive.indices.first { archive[$0...].starts(with: name) })
    archive[start + 600] ^= 0x10
    try folder.write(archive, to: "GTSRB_Final_Test_Images.zip")
    #expect {
      try load()
    } throws: {
      guard case .damagedArchive(_, let entry?, _)? = $0 as? DataSetError else { return false }
      return entry == "GTSRB/Final_Test/Images/00001.ppm"
    }
  }

  @Test(arguments: [
    ("P6\n4 4\n255\nshort", ImageFault.cutShort(expected: 48, found: 5)),
    ("P3\n4 4\n255\n0 0 0", .otherFormat(name: "P3 pixmap")),
    ("Q6\n4 4\n255\n0 0 0", .wrongMagic(found: "Q6")),
    ("P6\n99999999999 4\n255\n", .sizeOutOfRange(width: 1_000_000_000, height: 4)),
  ])
  func damagedPixmapNamesTheEntry(text: String, fault: ImageFault) throws {
    let error = DataSetError.damagedImage(
      path: path("GTSRB-Training_fixed.zip"), entry: "GTSRB/Training/00014/00000_00000.ppm",
      fault: fault)
    try expect(error) { $0.training[1].bytes = Array(text.utf8) }
  }

  @Test func damagedPixmapOfATreeNamesTheFile() throws {
    var small = SmallGTSRB()
    small.training[1].bytes = Array("P6\n4".utf8)
    try small.writeTree(to: folder, prefix: "", table: "GT-final_test.csv")
    #expect(
      throws: DataSetError.damagedImage(
        path: path("GTSRB/Training/00014/00000_00000.ppm"), entry: nil, fault: .damagedHeader)
    ) { try load() }
  }

  @Test func archiveWithoutImagesIsNamed() throws {
    try expect(.noPixmaps(path: path("GTSRB-Training_fixed.zip"))) {
      $0.training = [("GTSRB/Training/Readme.txt", [])]
    }
  }

  private var table: String { path("GTSRB_Final_Test_GT.zip") + ": GT-final_test.csv" }

  @Test(arguments: ["43", "-1", "x", "", "99999999999999999999"])
  func classOutOfRangeNamesLineAndValue(value: String) throws {
    try expect(.classOutOfRange(file: table, line: 4, value: value, classCount: 43)) {
      $0.table = $0.table.replacingOccurrences(
        of: "00002.ppm;53;54;6;5;48;49;14", with: "00002.ppm;53;54;6;5;48;49;\(value)")
    }
  }

  @Test func unknownImageInTheTableIsNamed() throws {
    try expect(.missingImage(file: table, line: 5, image: "00099.ppm")) {
      $0.table += "00099.ppm;1;1;1;1;1;1;1\n"
    }
  }

  @Test func imageThatStandsTwiceInTheTableIsNamed() throws {
    try expect(.repeatedImage(file: table, line: 5, image: "00001.ppm")) {
      $0.table += "00001.ppm;1;1;1;1;1;1;1\n"
    }
  }

  @Test func missingColumnIsNamed() throws {
    try expect(.missingColumn(file: table, column: "ClassId")) {
      $0.table = $0.table.replacingOccurrences(of: "ClassId", with: "Class")
    }
  }

  @Test func emptyTableLacksItsColumns() throws {
    try expect(.missingColumn(file: table, column: "Filename")) { $0.table = "" }
  }

  @Test func shortLineIsNamed() throws {
    try expect(.malformedLine(file: table, line: 5, fields: 2, expected: 8)) {
      $0.table += "00001.ppm;1\n"
    }
  }

  @Test func folderThatIsNoClassIsNamed() throws {
    try expect(
      .unknownClassFolder(
        path: path("GTSRB-Training_fixed.zip"), folder: "00043", classCount: 43)
    ) { $0.training.append(("GTSRB/Training/00043/00000_00000.ppm", pixmap(4, 4, 0))) }
  }

  @Test(arguments: [0, -1, 1025, Int.max])
  func absurdSizeIsRefused(size: Int) throws {
    try SmallGTSRB().writeArchives(to: folder)
    #expect(throws: DataSetError.sizeOutOfRange(size: size, limit: 1024)) { try load(size: size) }
  }
}
