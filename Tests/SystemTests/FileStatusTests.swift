import System
import Testing

struct FileStatusTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func kindsAreTold() throws {
    try folder.write("four", to: "a")
    try folder.makeFolder("b")
    try folder.link("c", to: "a")
    let file = try #require(FileStatus(folder("a")))
    #expect(file.isRegular && !file.isFolder && !file.isLink && file.size == 4 && file.names == 1)
    #expect(FileStatus(folder("b"))?.isFolder == true)
    #expect(FileStatus(folder("c"))?.identity == file.identity)
    let link = try #require(FileStatus(folder("c"), followsLinks: false))
    #expect(link.isLink && !link.isRegular && link.identity != file.identity)
    #expect(FileStatus("/dev/null")?.isRegular == false)
    #expect(FileStatus(folder("d")) == nil && FileStatus(folder("a/x")) == nil)
  }

  @Test func openFileThatWasRemovedHasNoName() throws {
    try folder.write("x", to: "a")
    let descriptor = systemOpen(folder("a"))
    defer { systemClose(descriptor) }
    #expect(FileStatus(descriptor: descriptor)?.names == 1)
    FileGate.remove(folder("a"))
    #expect(FileStatus(descriptor: descriptor)?.names == 0)
    #expect(FileStatus(descriptor: -1) == nil && errno == EBADF)
  }

  @Test func folderHasItsNames() throws {
    try folder.write("x", to: "a")
    try folder.write("x", to: ".b")
    let names = try #require(systemNames(folder.path))
    #expect(Set(names) == [Array("a".utf8), Array(".b".utf8)])
    #expect(systemNames(folder("a")) == nil && errno == ENOTDIR)
  }
}
