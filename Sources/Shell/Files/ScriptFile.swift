import Foundation
import Sessions

/// Scripts as files.
enum ScriptFile {
  /// No script is larger.
  static let limit = 10_000_000

  static func read(_ path: String) throws -> String {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let size = attributes[.size] as? Int ?? 0
    // A pipe, whose size is 0, can be opened only once.
    if size > 0, SessionFile.isSession(path) { throw FileProblem.isSession(path: path) }
    guard size <= limit else { throw FileProblem.scriptTooLarge(path: path, limit: limit) }
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch let error as CocoaError where error.isOfEncoding {
      throw FileProblem.notUTF8(path: path)
    }
  }
}

extension CocoaError {
  fileprivate var isOfEncoding: Bool {
    [.fileReadInapplicableStringEncoding, .fileReadCorruptFile].contains(code)
  }
}
