import Foundation
import System
import Testing

struct FilePathTests {
  @Test(arguments: [
    ("/a/b", "/a", "b"), ("/a", "/", "a"), ("a/b", "a", "b"), ("a", ".", "a"), ("a/", "a", ""),
  ])
  func pathIsSplitAtItsLastSlash(path: String, folder: String, name: String) {
    let parts = FilePath.split(path)
    #expect(parts.folder == folder && parts.name == name)
  }

  @Test func relativePathsBeginAtTheWorkingDirectory() {
    let folder = FileManager.default.currentDirectoryPath
    #expect(FilePath.absolute("a/../b") == FilePath.joined(folder, "a/../b"))
    #expect(FilePath.absolute("/a") == "/a" && FilePath.absolute("") == "")
  }

  @Test func realPathsHaveNoLinks() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "a")
    try folder.link("b", to: "a")
    #expect(FilePath.real(folder("b")) == folder("a") && FilePath.real(folder("c")) == nil)
  }
}
