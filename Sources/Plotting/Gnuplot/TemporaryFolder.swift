internal import System

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
