import CommandLanguage
import Foundation
import Sessions

/// Scripts as files.
enum ScriptFile {
  /// No script is larger.
  static let limit = 10_000_000

  /// A saved session where a script should be.
  struct IsSession: Error {
    var path: String

    var failure: Failure {
      Failure(
        "'\(path)' is a session file, not a script",
        suggestion: "'restore session \(TextExpression(path))' brings it back",
        help: "help restore session", parameter: "file")
    }
  }

  static func read(_ path: String) throws -> String {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let size = attributes[.size] as? Int ?? 0
    // A pipe, whose size is 0, can be opened only once.
    if size > 0, SessionFile.isSession(path) { throw IsSession(path: path) }
    guard size <= limit else {
      throw Failure("'\(path)' is larger than \(limit / 1_000_000) MB")
    }
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch let error as CocoaError where error.isOfEncoding {
      throw Failure("'\(path)' is not a text in UTF-8")
    }
  }
}

extension CocoaError {
  fileprivate var isOfEncoding: Bool {
    [.fileReadInapplicableStringEncoding, .fileReadCorruptFile].contains(code)
  }
}
