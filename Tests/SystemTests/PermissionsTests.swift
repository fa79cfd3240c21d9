import Foundation
import System
import Testing

/// Where a confined program may write: files below one folder, wherever a path seems to lead.
struct PermissionsTests {
  private let folder: TemporaryFolder
  private let permissions: Permissions

  /// `work` is where the program may write; `out` and `work2` lie beside it.
  init() throws {
    folder = try TemporaryFolder()
    for name in ["work/inner", "out", "work2"] { try folder.makeFolder(name) }
    try folder.write("x", to: "work/here.txt")
    try folder.write("x", to: "out/there.txt")
    try folder.link("work/dangling", to: "../out/new.txt")
    try folder.link("work/absolute", to: folder("out/new.txt"))
    try folder.link("work/existing", to: "../out/there.txt")
    try folder.link("work/folder", to: "../out")
    try folder.link("work/first", to: "second")
    try folder.link("work/second", to: "folder/new.txt")
    try folder.link("work/circle", to: "circle")
    try folder.link("work/inside", to: "inner/new.txt")
    try folder.link("work/up", to: "..")
    try folder.link("entrance", to: "work")
    permissions = .files(below: folder("work"))
  }

  @Test(arguments: [
    "out/new.txt", "work2/new.txt", "work/../out/new.txt", "work/inner/../../out/new.txt",
    "work/dangling", "work/absolute", "work/existing", "work/folder/new.txt", "work/folder",
    "work/first", "work/up/out/new.txt", "work/up/work2/x", "work/missing/../../new.txt", "new.txt",
  ])
  func pathsThatLeadOutAreDenied(path: String) {
    #expect(throws: Permissions.Denial.outside) { try permissions.target(folder(path)) }
    #expect(throws: Never.self) { try Permissions.everything.target(folder(path)) }
  }

  @Test(arguments: [
    ("work/new.txt", "work/new.txt"), ("work/here.txt", "work/here.txt"),
    ("work/inside", "work/inner/new.txt"), ("entrance/new.txt", "work/new.txt"),
    ("work/inner/../new.txt", "work/new.txt"), ("work/./inner//new.txt", "work/inner/new.txt"),
    ("work/missing/deep/new.txt", "work/missing/deep/new.txt"),
    ("work/folder/../work/new.txt", "work/new.txt"), ("work", "work"),
  ])
  func pathsWithinAreFollowed(path: String, target: String) throws {
    #expect(try permissions.target(folder(path)) == folder(target))
  }

  @Test func linkThatLeadsToItselfIsDenied() {
    #expect(throws: Permissions.Denial.notRegular) { try permissions.target(folder("work/circle")) }
  }

  @Test func pipesAndSecondNamesAreDenied() throws {
    try #require(mkfifo(folder("work/pipe"), 0o600) == 0)
    #expect(throws: Permissions.Denial.notRegular) { try permissions.target(folder("work/pipe")) }
    try FileManager.default.linkItem(atPath: folder("out/there.txt"), toPath: folder("work/hard"))
    #expect(throws: Permissions.Denial.severalNames) { try permissions.target(folder("work/hard")) }
  }

  @Test func confinedMeansNoPrograms() {
    #expect(!permissions.mayStartPrograms && Permissions.everything.mayStartPrograms)
    // These tests are not confined themselves.
    #expect(Permissions.ofProcess == .everything)
  }

  @Test func workingDirectoryHasNoLinks() throws {
    let here = try #require(realpath(".", nil).map { String(cString: $0) })
    #expect(Permissions.workingDirectory == .files(below: here))
  }
}
