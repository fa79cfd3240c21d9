/// What the file system says about a file.
public struct FileStatus: Hashable, Sendable {
  public let isFolder: Bool
  /// Neither a folder, a link, a device nor a pipe.
  public let isRegular: Bool
  public let isLink: Bool
  public let size: Int
  /// Time of the last change in nanoseconds since 1970.
  public let modified: Int
  public let identity: FileIdentity
  /// How many names the file has; 0 when it was removed and is open still.
  public let names: Int
  /// Who may do what: `0o644`.
  public let permissions: mode_t

  /// Of what is at a path; nil where there is nothing, or nothing that may be looked at.
  ///
  /// - Parameter followsLinks: Whether a link is what it leads to.
  public init?(_ path: String, followsLinks: Bool = true) {
    var status = stat()
    guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    self.init(status)
  }

  /// Of an open file; nil for the reason in `errno`.
  public init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    let kind = status.st_mode & S_IFMT
    isFolder = kind == S_IFDIR
    isRegular = kind == S_IFREG
    isLink = kind == S_IFLNK
    size = Int(status.st_size)
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    modified = Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
    identity = FileIdentity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      number: UInt64(truncatingIfNeeded: status.st_ino))
    names = Int(status.st_nlink)
    permissions = status.st_mode & 0o777
  }
}

/// Which file it is, whatever it is called.
public struct FileIdentity: Hashable, Sendable {
  let device: UInt64
  public let number: UInt64
}
