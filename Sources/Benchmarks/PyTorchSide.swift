import Foundation

/// A Python interpreter with PyTorch, as a child process that times what it is asked to.
///
/// Speaks the protocol of `scripts/reference/steps_pytorch.py`.
final class PyTorchSide {
  let version: String
  private let process: Process
  private let requests: FileHandle
  private let answers: FileHandle
  private var unread: [UInt8] = []

  /// - Returns: nil where the interpreter is missing or cannot import torch.
  init?(python: String, script: String, threads: Int) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, script, String(threads)]
    process.environment = ChildProcess.environment
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    self.process = process
    requests = input.fileHandleForWriting
    answers = output.fileHandleForReading
    guard (try? process.run()) != nil else { return nil }
    var unread: [UInt8] = []
    guard let version = Self.line(answers, &unread) else {
      process.waitUntilExit()
      return nil
    }
    self.version = version
    self.unread = unread
  }

  deinit { process.terminate() }

  /// - Parameter request: Such as `simplecnn train nchw 10`.
  func ask(_ request: String) throws -> Double {
    try requests.write(contentsOf: Data("\(request)\n".utf8))
    guard let answer = Self.line(answers, &unread), let figure = Double(answer) else {
      throw BenchmarkError.refused("PyTorch did not answer '\(request)'")
    }
    // Its threads wait busily for more work; let them fall asleep.
    usleep(30_000)
    return figure
  }

  private static func line(_ file: FileHandle, _ unread: inout [UInt8]) -> String? {
    while true {
      if let end = unread.firstIndex(of: 10) {
        let line = String(decoding: unread[..<end], as: UTF8.self)
        unread.removeSubrange(...end)
        return line
      }
      let more = file.availableData
      if more.isEmpty { return nil }
      unread += more
    }
  }
}
