internal import System

/// Files that are there whole or not at all.
enum PictureFile {
  /// An older file stays until the new one is whole.
  ///
  /// - Throws: `notWritten`.
  static func write(
    _ bytes: [UInt8], to path: String, isSynced: Bool = true
  ) throws(PlotError) {
    try check(path)
    do throws(FileFailure) {
      try WholeFile.write(bytes, to: path, isSynced: isSynced)
    } catch {
      throw .notWritten(error)
    }
  }

  /// Tells before any work whether `path` can be a picture.
  static func check(_ path: String) throws(PlotError) {
    do throws(FileFailure) {
      try FileGate.check(path)
    } catch {
      throw .notWritten(error)
    }
    guard access(FilePath.split(path).folder, W_OK) == 0 else {
      throw .notWritten(FileGate.failure(path))
    }
  }

  static func read(_ path: String) throws(PlotError) -> [UInt8] {
    let file = systemOpen(path)
    guard file >= 0 else { throw .notRead(path: path, errno: errno) }
    defer { close(file) }
    var bytes = [UInt8]()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { systemRead(file, $0) }
      guard count >= 0 else { throw .notRead(path: path, errno: errno) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }
}

/// A folder of our own that goes when it is done with. Its path is absolute, so that gnuplot can
/// take no file in it for a command.
struct TemporaryFolder: ~Copyable {
  let path: String

  /// - Throws: `notWritten`.
  init(environment: [String: String]) throws(PlotError) {
    let root = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    guard let path = FileGate.makeTemporaryFolder(root + "/waymark-XXXXXX") else {
      throw .notWritten(FileGate.failure(root + "/"))
    }
    self.path = path
  }

  func file(_ name: String) -> String { path + "/" + name }

  deinit {
    for name in systemNames(path) ?? [] {
      FileGate.remove(file(String(decoding: name, as: UTF8.self)))
    }
    FileGate.removeFolder(path)
  }
}
