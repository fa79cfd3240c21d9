internal import Digests
internal import System

/// Fetches GTSRB's official archives: broken downloads are resumed, checksums verified.
///
/// What has arrived stands in `<name>.part` until the whole is there and its MD5 sum is right; a
/// later download continues from there.
public struct Download: Sendable {
  public struct Progress: Hashable, Sendable {
    public var file: String
    /// Bytes of the file that have arrived, those of earlier downloads too.
    public var received: Int
    /// Bytes of the whole file, as far as the server told.
    public var total: Int?

    public init(file: String, received: Int, total: Int? = nil) {
      self.file = file
      self.received = received
      self.total = total
    }
  }

  public static let officialAddress =
    "https://sid.erda.dk/public/archives/daaeac0d7ce1152aea9b61d9f1e19370/"

  /// `gtsrb` in the cache folder, where `load gtsrb` without a path looks.
  public static var standardFolder: String? {
    ImageCache.standard.map { FilePath.joined($0.folder, "gtsrb") }
  }

  /// What the files' names are appended to.
  public var address = officialAddress
  public var files = GTSRB.archives
  /// How often each file is asked for before a broken connection becomes an error.
  public var attempts = 8
  /// Seconds before the second attempt; each further pause is twice as long, up to 30 seconds.
  public var pause = 1.0
  public let folder: String

  /// Refuses to write more than this.
  static let largest = 1 << 32

  public init(to folder: String) {
    self.folder = folder
  }

  /// Fetches what is not there yet.
  ///
  /// - Parameter progress: Called on this thread some times a second; what it throws ends the
  ///   download, keeps what has arrived, and is rethrown.
  /// - Throws: `DownloadError`, and what `progress` throws.
  public func run(progress: (Progress) throws -> Void = { _ in }) throws {
    guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
      throw DownloadError.notAnAddress(address)
    }
    guard FileGate.makeFolder(folder) == 0 else {
      throw DownloadError.disk(folder)
    }
    for file in files { try fetch(file, progress) }
  }

  private func fetch(_ file: GTSRB.Archive, _ progress: (Progress) throws -> Void) throws {
    let path = FilePath.joined(folder, file.name)
    if let status = FileStatus(path) {
      guard try Self.md5(path) == file.md5 else { throw DownloadError.otherFile(path: path) }
      try progress(Progress(file: file.name, received: status.size, total: status.size))
      return
    }
    let part = try PartFile(path + ".part")
    let transfer = Transfer(url: FilePath.joined(address, file.name), name: file.name)
    var attempt = 1
    var resumed = false
    while true {
      resumed = resumed || part.size > 0
      do {
        try transfer.run(into: part, progress)
        let found = try Self.md5(part.path)
        if found == file.md5 { break }
        try part.empty()
        // What was there before may have been of another file; a fresh download tells.
        guard resumed, attempt < attempts else {
          throw DownloadError.wrongChecksum(file: file.name, expected: file.md5, found: found)
        }
        resumed = false
      } catch let interruption as Transfer.Interruption {
        guard attempt < attempts else {
          throw interruption.error(url: transfer.url, attempts: attempt)
        }
        try wait(before: attempt, Progress(file: file.name, received: part.size), progress)
      }
      attempt += 1
    }
    try part.rename(to: path)
  }

  private func wait(
    before attempt: Int, _ state: Progress, _ progress: (Progress) throws -> Void
  ) throws {
    let end = ContinuousClock.now + .seconds(min(pause * Double(1 << min(attempt - 1, 10)), 30))
    repeat {
      try progress(state)
      if pause > 0 { usleep(100_000) }
    } while ContinuousClock.now < end
  }

  private static func md5(_ path: String) throws(DownloadError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .disk(path) }
    defer { close(descriptor) }
    var digest = Digest(.md5)
    let buffer = ByteBuffer()
    while true {
      buffer.clear()
      let count = buffer.append(1 << 16) { systemRead(descriptor, $0) }
      guard count >= 0 else { throw .disk(path) }
      if count == 0 { return digest.finish() }
      digest.update(buffer.content)
    }
  }
}

/// Why the archives could not be fetched.
public enum DownloadError: Error, Hashable, Sendable {
  case notAnAddress(String)
  /// The server answered with a status other than success.
  case status(url: String, status: Int)
  /// The connection broke or could not be made; `attempts` says how often it was tried.
  case connection(url: String, reason: String, attempts: Int)
  /// All bytes are there, and they are not the official ones.
  case wrongChecksum(file: String, expected: String, found: String)
  /// A file of this name is already there, and is not the official one.
  case otherFile(path: String)
  /// Another download writes the same file.
  case busy(path: String)
  case tooLarge(url: String, limit: Int)
  /// The file cannot be written: a full disk, a folder without permission.
  case disk(path: String, reason: String)
}

extension DownloadError {
  /// For the reason in `errno`.
  static func disk(_ path: String) -> DownloadError { .disk(path: path, reason: systemError()) }
}
