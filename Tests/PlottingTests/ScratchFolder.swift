import Foundation
import Plotting
import Testing

/// A folder for one test, removed after it.
final class ScratchFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/plots-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: file(name))))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// A shell script in gnuplot's place.
  ///
  /// Another program puts it there: what this one writes may for a moment be open in a child that a
  /// test beside this one starts, and what is open for writing cannot be started ("text file busy").
  func program(_ body: String) throws -> String {
    let (text, path) = (file("text"), file("program"))
    try ("#!/bin/sh\n" + body + "\n").write(toFile: text, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: text)
    let copy = try Process.run(URL(filePath: "/bin/cp"), arguments: ["-p", text, path])
    copy.waitUntilExit()
    try #require(copy.terminationStatus == 0)
    try FileManager.default.removeItem(atPath: text)
    return path
  }
}

extension Trait where Self == ConditionTrait {
  static var needsGnuplot: Self {
    .enabled(if: Gnuplot().isInstalled, "gnuplot is not installed")
  }
}
