import Datasets
import Digests
import Randomness
import Testing

/// Downloads from a server on this machine that breaks off, forgets ranges or sends other files.
struct DownloadTests {
  private let folder: TemporaryFolder
  /// 300,000 bytes of noise.
  private static let file: [UInt8] = {
    var random = RandomStream(seed: 8)
    return (0..<37_500).flatMap { _ in
      withUnsafeBytes(of: random.next()) { Array($0) }
    }
  }()

  init() throws { folder = try TemporaryFolder() }

  private func md5(_ bytes: [UInt8]) -> String {
    var digest = Digest(.md5)
    digest.update(bytes)
    return digest.finish()
  }

  private func download(from server: TestServer, names: [String] = ["a.zip"]) -> Download {
    var download = Download(to: folder.path)
    download.address = server.address
    download.files = names.map { GTSRB.Archive(name: $0, md5: md5(Self.file)) }
    download.attempts = 4
    download.pause = 0
    return download
  }

  @Test func filesArriveAndProgressTellsHowFar() throws {
    let server = try TestServer { .range(of: Self.file, $1) }
    defer { server.stop() }
    var last: [String: Download.Progress] = [:]
    try download(from: server, names: ["a.zip", "b.zip"]).run { last[$0.file] = $0 }
    #expect(try folder.names() == ["a.zip", "b.zip"])
    #expect(try folder.bytes("a.zip") == Self.file)
    #expect(try folder.bytes("b.zip") == Self.file)
    #expect(server.requests.map(\.path) == ["/files/a.zip", "/files/b.zip"])
    for name in ["a.zip", "b.zip"] {
      #expect(
        last[name] == Download.Progress(file: name, received: 300_000, total: 300_000))
    }
  }

  @Test func completeFilesAreNotFetchedAgain() throws {
    let server = try TestServer { .range(of: Self.file, $1) }
    defer { server.stop() }
    try folder.write(Self.file, to: "a.zip")
    try download(from: server, names: ["a.zip", "b.zip"]).run()
    #expect(server.requests.map(\.path) == ["/files/b.zip"])
  }

  @Test func brokenConnectionsAreResumed() throws {
    let server = try TestServer { .range(of: Self.file, $1, cut: $0 < 2 ? 100_000 : nil) }
    defer { server.stop() }
    try download(from: server).run()
    #expect(try folder.bytes("a.zip") == Self.file)
    #expect(try folder.names() == ["a.zip"])
    #expect(server.requests.map(\.begin) == [nil, 100_000, 200_000])
  }

  @Test func laterDownloadGoesOnWhereAnEarlierOneStopped() throws {
    let server = try TestServer { .range(of: Self.file, $1) }
    defer { server.stop() }
    try folder.write(Array(Self.file[..<123_456]), to: "a.zip.part")
    try download(from: server).run()
    #expect(try folder.bytes("a.zip") == Self.file)
    #expect(server.requests.map(\.begin) == [123_456])
  }

  @Test func partThatIsCompleteIsOnlyVerified() throws {
    let server = try TestServer { .range(of: Self.file, $1) }
    defer { server.stop() }
    try folder.write(Self.file, to: "a.zip.part")
    try download(from: server).run()
    #expect(try folder.names() == ["a.zip"])
    #expect(server.requests.count == 1)
  }

  @Test func serverThatIgnoresTheRangeStartsOver() throws {
    let server = try TestServer { number, request in
      number == 1 ? TestServer.Answer(body: Self.file) : .range(of: Self.file, request, cut: 50_000)
    }
    defer { server.stop() }
    try download(from: server).run()
    #expect(try folder.bytes("a.zip") == Self.file)
    #expect(server.requests.map(\.begin) == [nil, 50_000])
  }

  @Test(arguments: [1000, 299_999, 300_000, 400_000])
  func partOfAnotherFileIsThrownAway(count: Int) throws {
    let server = try TestServer { .range(of: Self.file, $1) }
    defer { server.stop() }
    try folder.write([UInt8](repeating: 1, count: count), to: "a.zip.part")
    try download(from: server).run()
    #expect(try folder.bytes("a.zip") == Self.file)
    #expect(server.requests.map(\.begin) == [count, nil])
  }

  @Test func partOfAnotherFileCountsAsAnAttempt() throws {
    let server = try TestServer { .range(of: Self.file, $1) }
    defer { server.stop() }
    let part = [UInt8](repeating: 1, count: 1000)
    try folder.write(part, to: "a.zip.part")
    var download = download(from: server)
    download.attempts = 1
    let found = md5(part + Self.file[1000...])
    #expect(
      throws: DownloadError.wrongChecksum(file: "a.zip", expected: md5(Self.file), found: found)
    ) { try download.run() }
    #expect(server.requests.map(\.begin) == [1000])
  }

  @Test func wrongFileIsNamedAndThrownAway() throws {
    let wrong = Array("<html>moved</html>".utf8)
    let server = try TestServer { _, _ in TestServer.Answer(body: wrong) }
    defer { server.stop() }
    let expected = md5(Self.file)
    #expect(
      throws: DownloadError.wrongChecksum(file: "a.zip", expected: expected, found: md5(wrong))
    ) { try download(from: server).run() }
    #expect(server.requests.count == 1)
    #expect(try folder.bytes("a.zip.part").isEmpty)
  }

  @Test func attemptsAreBounded() throws {
    let server = try TestServer { .range(of: Self.file, $1, cut: 10) }
    defer { server.stop() }
    #expect {
      try download(from: server).run()
    } throws: {
      guard case .connection(let url, _, 4)? = $0 as? DownloadError else { return false }
      return url == server.address + "a.zip"
    }
    #expect(server.requests.map(\.begin) == [nil, 10, 20, 30])
    #expect(try folder.bytes("a.zip.part") == Array(Self.file[..<40]))
  }

  @Test(arguments: [(404, 1), (403, 1), (500, 4), (503, 4)])
  func statusIsNamedAndOnlyPassingOnesAreTriedAgain(status: Int, requests: Int) throws {
    let server = try TestServer { _, _ in
      TestServer.Answer(status: status, body: Array("error page".utf8))
    }
    defer { server.stop() }
    #expect(throws: DownloadError.status(url: server.address + "a.zip", status: status)) {
      try download(from: server).run()
    }
    #expect(server.requests.count == requests)
    #expect(try folder.bytes("a.zip.part").isEmpty)
  }

  @Test func passingStatusDoesNotHurtWhatHasArrived() throws {
    let server = try TestServer { number, request in
      switch number {
      case 0: .range(of: Self.file, request, cut: 100_000)
      case 1: TestServer.Answer(status: 503, body: Array("busy".utf8))
      default: .range(of: Self.file, request)
      }
    }
    defer { server.stop() }
    try download(from: server).run()
    #expect(try folder.bytes("a.zip") == Self.file)
    #expect(server.requests.map(\.begin) == [nil, 100_000, 100_000])
  }

  @Test func redirectionsAreFollowed() throws {
    let server = try TestServer { _, request in
      request.path.hasPrefix("/files/")
        ? TestServer.Answer(
          status: 302, body: Array("moved".utf8), headers: ["Location: /elsewhere/a.zip"])
        : .range(of: Self.file, request)
    }
    defer { server.stop() }
    try download(from: server).run()
    #expect(try folder.bytes("a.zip") == Self.file)
  }

  @Test func serverThatIsNotThereIsNamed() throws {
    let server = try TestServer { _, _ in TestServer.Answer() }
    server.stop()
    var download = download(from: server)
    download.attempts = 2
    #expect {
      try download.run()
    } throws: {
      guard case .connection(_, _, 2)? = $0 as? DownloadError else { return false }
      return true
    }
  }

  @Test func cancellingKeepsWhatHasArrived() throws {
    struct Stop: Error {}
    let server = try TestServer { .range(of: Self.file, $1, cut: 100_000) }
    defer { server.stop() }
    #expect(throws: Stop.self) {
      try download(from: server).run { if $0.received >= 100_000 { throw Stop() } }
    }
    #expect(try folder.names() == ["a.zip.part"])
    #expect(try Self.file.starts(with: folder.bytes("a.zip.part")))
    #expect(try folder.bytes("a.zip.part").count >= 100_000)
  }

  @Test func otherFileOfTheSameNameIsLeftAlone() throws {
    let server = try TestServer { .range(of: Self.file, $1) }
    defer { server.stop() }
    let path = try folder.write("my own", to: "a.zip")
    #expect(throws: DownloadError.otherFile(path: path)) { try download(from: server).run() }
    #expect(try folder.bytes("a.zip") == Array("my own".utf8))
    #expect(server.requests.isEmpty)
  }

  @Test func folderThatCannotBeMadeIsNamed() throws {
    let file = try folder.write("in the way", to: "file")
    #expect {
      try Download(to: file + "/below").run()
    } throws: {
      guard case .disk(let path, _)? = $0 as? DownloadError else { return false }
      return path == file + "/below"
    }
  }

  /// `/dev/full` takes nothing, as a full disk.
  @Test(.enabled(if: isDevice("/dev/full"), "needs /dev/full"))
  func fullDiskIsNamed() throws {
    let server = try TestServer { .range(of: Self.file, $1) }
    defer { server.stop() }
    try folder.link("/dev/full", to: "a.zip.part")
    #expect {
      try download(from: server).run()
    } throws: {
      guard case .disk(let path, let reason)? = $0 as? DownloadError else { return false }
      return path.hasSuffix("a.zip.part") && reason.contains("space")
    }
  }

  @Test func partThatSomebodyElseWritesIsLeftAlone() throws {
    let server = try TestServer { .range(of: Self.file, $1, cut: 100_000) }
    defer { server.stop() }
    var inner: (any Error)?
    #expect(throws: DownloadError.self) {
      try download(from: server).run { _ in
        guard inner == nil else { return }
        do { try download(from: server).run() } catch { inner = error }
        throw DownloadError.busy(path: "")
      }
    }
    #expect(inner as? DownloadError == .busy(path: folder.path + "/a.zip.part"))
  }

  @Test(arguments: ["", "ftp://a/b", "file:///etc/", "example.org"])
  func otherAddressesAreRefused(address: String) {
    var download = Download(to: folder.path)
    download.address = address
    #expect(throws: DownloadError.notAnAddress(address)) { try download.run() }
  }

  @Test func officialArchivesAreTheDefault() {
    let download = Download(to: folder.path)
    #expect(download.address.hasPrefix("https://sid.erda.dk/"))
    #expect(download.files.map(\.md5.count) == [32, 32, 32])
    #expect(download.files.map(\.name).allSatisfy { $0.hasPrefix("GTSRB") })
  }
}
