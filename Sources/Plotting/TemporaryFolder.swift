internal import Files
import Glibc

/// A folder of our own that goes when it is done with. Its path is absolute, so that gnuplot can
/// take no file in it for a command.
struct TemporaryFolder: ~Copyable {
  let path: String

  /// - Throws: `notWritten`.
  init(environment: [String: String]) throws(PlotError) {
    let root = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    guard let path = FileGate.makeTemporaryFolder(root + "/waymark-XXXXXX") else {
      throw .notWritten(FileFailure(path: root + "/", code: errno))
    }
    self.path = path
  }

  func file(_ name: String) -> String { path + "/" + name }

  deinit {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { FileGate.remove(file(name)) }
      }
      closedir(folder)
    }
    FileGate.removeFolder(path)
  }
}
