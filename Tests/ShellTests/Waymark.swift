import Dispatch
import Foundation

/// The built program as a child process.
enum Waymark {
  /// Beside the test bundle; nil if it was not built.
  static let executable: URL? = {
    let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let bundle = Bundle.main.bundleURL
    return [folder, bundle, bundle.deletingLastPathComponent()]
      .map { $0.appending(path: "waymark") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  static var isBuilt: Bool { executable != nil }

  struct Result {
    var exit: Int32
    /// Ended by a signal, whose number `exit` is.
    var wasKilled: Bool
    var output: String
    var messages: String
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - input: What a pipe brings.
  ///   - environment: Changes of the test's own.
  ///   - folder: Where it works and keeps its files; one of its own, if nil.
  ///   - work: The working directory, a folder in `folder`.
  ///   - output: A file to write to instead of keeping the output.
  ///   - meanwhile: Called while it runs, with what its output and then its standard error show so far.
  static func run(
    _ arguments: [String], input: String = "", environment changes: [String: String] = [:],
    in folder: TestFolder? = nil, work: String = "", output: String? = nil,
    meanwhile: ((Process, () -> String) -> Void)? = nil
  ) throws -> Result {
    let folder = try folder ?? TestFolder()
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder(work))
    var environment = ProcessInfo.processInfo.environment
    for name in ["XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "HOME"] {
      environment[name] = folder.path
    }
    environment["COLUMNS"] = nil
    environment["NO_COLOR"] = "1"
    process.environment = environment.merging(changes) { $1 }
    // Elsewhere, since several processes may work in one folder.
    let streams = try TestFolder()
    try streams.write(input.utf8, to: "input")
    try streams.write("".utf8, to: "output")
    try streams.write("".utf8, to: "messages")
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: streams("input")))
    process.standardOutput = try FileHandle(
      forWritingTo: URL(fileURLWithPath: output ?? streams("output")))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: streams("messages")))
    try process.run()
    // Nothing here takes long: what hangs shall fail, not hold up the tests.
    let watch = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watch)
    defer { watch.cancel() }
    meanwhile?(process) {
      ["output", "messages"].map { (try? streams.text($0)) ?? "" }.joined()
    }
    process.waitUntilExit()
    return Result(
      exit: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      output: try streams.text("output"), messages: try streams.text("messages"))
  }
}
