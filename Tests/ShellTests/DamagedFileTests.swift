import CommandLanguage
import Foundation
import Shell
import Testing

/// Files that are damaged: the error names file, entry or line, and the session stays as it was.
struct DamagedFileTests {
  private let folder: TestFolder
  private var shell: TestShell

  init() throws {
    folder = try TestFolder()
    shell = try TestShell(after: "load synthetic classes=2 per-class=4 size=16 as signs")
  }

  private mutating func expect(_ line: String, says parts: [String]) throws {
    let before = try shell.state
    let problem = shell.error(of: line)
    let text = try #require(problem).text()
    for part in parts { #expect(text.contains(part), "\(text)") }
    #expect(try shell.state == before)
  }

  struct Picture: Sendable, CustomTestStringConvertible {
    var bytes: String
    var says: [String]
    var testDescription: String { says.joined(separator: ", ") }
  }

  static let pictures = [
    Picture(bytes: "P6\n4 4\n255\nabc", says: ["cut short", "3 of 48 bytes"]),
    Picture(bytes: "P6\n4", says: ["damaged header"]),
    Picture(bytes: "P5\n1 1\n255\na", says: ["P5 pixmap"]),
    Picture(bytes: "", says: ["damaged.ppm"]),
    Picture(bytes: "P6\n2000000000 2000000000\n255\na", says: ["says that it is", "16384"]),
    Picture(bytes: "P6\n99999999999999999999 9\n255\na", says: ["says that it is", "16384"]),
    Picture(bytes: "P6\n1 1\n70000\na", says: ["70000"]),
  ]

  @Test(arguments: pictures)
  mutating func damagedPictureIsNamed(picture: Picture) throws {
    try folder.write("P6\n1 1\n255\nabc".utf8, to: "mine/a/whole.ppm")
    try folder.write(picture.bytes.utf8, to: "mine/b/damaged.ppm")
    try expect(
      "load folder \(folder("mine")) as x", says: [folder("mine/b/damaged.ppm")] + picture.says)
  }

  @Test mutating func folderWithoutImagesIsNamed() throws {
    try folder.write("".utf8, to: "empty/readme.txt")
    try expect("load folder \(folder("empty")) as x", says: ["no images", folder("empty")])
  }

  @Test mutating func truncatedArchiveIsNamed() throws {
    let name = "GTSRB/Training/00000/00000_00000.ppm"
    let header: [UInt8] =
      [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4] + [200, 0, 0, 0, 200, 0, 0, 0]
      + [UInt8(name.utf8.count), 0, 0, 0]
    let archive = header + Array(name.utf8) + Array("P6\n8 8\n255\nabcdefg".utf8)
    for part in ["GTSRB-Training_fixed", "GTSRB_Final_Test_Images", "GTSRB_Final_Test_GT"] {
      try folder.write(archive, to: part + ".zip")
    }
    try expect(
      "load gtsrb path=\(folder.path) as x", says: ["damaged", folder("GTSRB")])
  }

  @Test(arguments: ["43", "-1", "x"])
  mutating func classOutOfRangeNamesTableAndLine(value: String) throws {
    try folder.write("P6\n1 1\n255\nabc".utf8, to: "GTSRB/Training/00001/00000_00000.ppm")
    try folder.write("P6\n1 1\n255\nabc".utf8, to: "GTSRB/Final_Test/Images/00000.ppm")
    let table = "Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId\n"
    try folder.write(
      (table + "00000.ppm;1;1;0;0;1;1;\(value)\n").utf8, to: "GT-final_test.csv")
    try expect(
      "load gtsrb path=\(folder.path) as x", says: ["GT-final_test.csv, line 2", "\"\(value)\""])
  }

  @Test mutating func damagedWeightsAreNamed() throws {
    try shell.run(
      "define model simplecnn size=16 outputs=2 as net; tasks signs size=2 as T")
    let file = try folder.write([9, 0, 0], to: "net.safetensors")
    try expect(
      "pretrain net on=T.1 epochs=1 cache=\(file)", says: ["\(file): the weights are cut short"])
  }

  @Test mutating func weightsOfAnotherSeedAreRefused() throws {
    try shell.run(
      "define model simplecnn size=16 outputs=2 as net; tasks signs size=2 as T")
    let line = "pretrain net on=T.1 epochs=1 cache=\(folder("net.safetensors"))"
    try shell.run("define model simplecnn size=16 outputs=2 seed=1 as other")
    try shell.run(line.replacing(" net ", with: " other "))
    try expect(line, says: ["net.safetensors: these weights were made from another network"])
  }

  @Test mutating func scriptThatIsNoTextIsNamed() throws {
    let file = try folder.write([0x70, 0xFF, 0xFE, 0x0A], to: "binary.way")
    try expect("source \(file)", says: [file])
  }

  @Test mutating func errorOfASourcedScriptNamesItsLine() throws {
    let file = try folder.write("print a\nprint b; drop nothing\n".utf8, to: "inner.way")
    try expect("source \(file)", says: ["inner.way:2:15", "'nothing'"])
  }
}

/// Disks that are full and files that cannot be written.
struct UnwritableTests {
  private let folder: TestFolder
  private var shell: TestShell

  init() throws {
    folder = try TestFolder()
    shell = try TestShell(after: "load synthetic classes=2 per-class=4 size=16 as signs")
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"),
    arguments: [
      "classes signs > FILE.csv", "classes signs >> FILE.csv", "classes signs > FILE.json",
      "save script FILE.csv", "objects format=txt > FILE.md",
    ])
  mutating func fullDiskIsNamedAndTheSessionStays(line: String) throws {
    // Through a link: even a writer that renames over it cannot harm the device.
    for ending in ["csv", "json", "md"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder("full.\(ending)"), withDestinationPath: "/dev/full")
    }
    let before = try shell.state
    let problem = shell.error(of: line.replacingOccurrences(of: "FILE", with: folder("full")))
    let text = try #require(problem).text()
    #expect(text.contains("the disk is full"), "\(text)")
    #expect(text.contains(folder("full.")))
    #expect(try shell.state == before)
    #expect(try folder.names() == ["full.csv", "full.json", "full.md"])
  }

  @Test mutating func devicesAndLinksStayWhatTheyAre() throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder("null.csv"), withDestinationPath: "/dev/null")
    try shell.run("classes signs > \(folder("null.csv")); classes signs >> \(folder("null.csv"))")
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: folder("null.csv"))
    #expect(link == "/dev/null")
  }

  @Test mutating func folderIsNoFile() throws {
    try folder.write("".utf8, to: "out.csv/inside")
    let problem = shell.error(of: "classes signs > \(folder("out.csv"))")
    let text = try #require(problem).text()
    #expect(text.contains(folder("out.csv")))
    #expect(try folder.names() == ["out.csv"])
  }

  @Test mutating func oldFileIsReplacedWhole() throws {
    try folder.write("old".utf8, to: "out.csv")
    try shell.run("classes signs > \(folder("out.csv")); classes signs >> \(folder("out.csv"))")
    let lines = try folder.text("out.csv").split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines[0] == "class,name,train,test")
    #expect(lines[3] == lines[0])
    #expect(try folder.names() == ["out.csv"])
  }

  @Test func safeShellWritesOnlyBelowItsFolder() throws {
    var safe = TestShell { $0.isSafe = true }
    try safe.run("load synthetic classes=2 per-class=4 size=16 as signs")
    let error = safe.error(of: "classes signs > \(folder("out.csv"))")
    #expect(error?.text().contains("--safe") == true)
    #expect(try folder.names() == [])
  }
}
