import Files
import Testing

struct FilePathTests {
  @Test(arguments: [
    ("/a/b", "/a", "b"), ("/a", "/", "a"), ("a/b", "a", "b"), ("a", ".", "a"), ("a/", "a", ""),
  ])
  func pathIsSplitAtItsLastSlash(path: String, folder: String, name: String) {
    let parts = FilePath.split(path)
    #expect(parts.folder == folder && parts.name == name)
  }
}
