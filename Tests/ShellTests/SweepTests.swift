import Foundation
import Sessions
import System
import Testing

/// `scripts/sweep`: experiments cut into independent jobs.
@Suite(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
struct SweepTests {
  static let script = """
    let seed = 0
    let epochs = 1
    let out = job
    load synthetic classes=4 per-class=10 test-per-class=4 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 as net
    run finetune net on=T epochs=$epochs seed=$seed as ft
    save session "$out.waymark"
    """

  struct Result {
    var exit: Int32
    var messages: String
  }

  /// - Parameter path: Folders that come first in `PATH`.
  private func sweep(_ arguments: [String], path: String? = nil) throws -> Result {
    let folder = try TestFolder()
    let process = Process()
    process.executableURL =
      URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../scripts/sweep").standardized
    process.arguments = arguments
    var environment = ProcessInfo.processInfo.environment
    environment["WAYMARK"] = Waymark.executable?.path
    environment["XDG_CACHE_HOME"] = folder.path
    environment["XDG_STATE_HOME"] = folder.path
    if let path { environment["PATH"] = path + ":" + (environment["PATH"] ?? "") }
    process.environment = environment
    try folder.write("".utf8, to: "messages")
    let messages = try FileHandle(forWritingTo: URL(fileURLWithPath: folder("messages")))
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = messages
    process.standardError = messages
    try process.run()
    process.waitUntilExit()
    return Result(exit: process.terminationStatus, messages: try folder.text("messages"))
  }

  static let names = [
    "tiny,seed=0,epochs=1", "tiny,seed=0,epochs=2", "tiny,seed=1,epochs=1", "tiny,seed=1,epochs=2",
  ]

  private func sessions(_ folder: TestFolder, _ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder(path))
      .filter { $0.hasSuffix(".waymark") }.map { String($0.dropLast(8)) }.sorted()
  }

  @Test func everyCombinationIsAJobAndDoneOnce() throws {
    let folder = try TestFolder()
    let script = try folder.write(Self.script.utf8, to: "tiny.way")
    let arguments = ["--here", "--jobs", "2", script, folder("jobs"), "seed=0..1", "epochs=1,2"]
    let first = try sweep(arguments)
    #expect(first.exit == 0, "\(first.messages)")
    #expect(try sessions(folder, "jobs") == Self.names)
    func times() throws -> [Date?] {
      try Self.names.map {
        try FileManager.default.attributesOfItem(atPath: folder("jobs/\($0).waymark"))[
          .modificationDate] as? Date
      }
    }
    let before = try times()
    try FileManager.default.removeItem(atPath: folder("jobs/\(Self.names[2]).waymark"))
    let second = try sweep(arguments)
    #expect(second.exit == 0, "\(second.messages)")
    let after = try times()
    #expect(zip(before, after).map { $0 == $1 } == [true, true, false, true])

    let merged = try Waymark.run(["-c", "merge \(folder("jobs")); compare"])
    #expect(merged.exit == 0 && merged.output.contains(" ± "), "\(merged.messages)")
  }

  @Test func jobThatFailsIsNamed() throws {
    let folder = try TestFolder()
    let script = try folder.write(Self.script.utf8, to: "tiny.way")
    let result = try sweep(["--here", script, folder("jobs"), "epochs=1,0"])
    #expect(result.exit != 0)
    #expect(result.messages.contains("failed: tiny,epochs=0"), "\(result.messages)")
    #expect(try sessions(folder, "jobs") == ["tiny,epochs=1"])
  }

  /// A stand-in for Slurm's `sbatch` that does what its manual says of `--array`: the script once for
  /// every number, with the number in the environment.
  static let sbatch = """
    #!/usr/bin/env bash
    set -eu
    range=$(sed -n 's/^#SBATCH --array=0-//p' "$1")
    for number in $(seq 0 "$range"); do SLURM_ARRAY_TASK_ID=$number bash "$1"; done
    echo "Submitted batch job 7"
    """

  @Test func slurmGetsAJobArray() throws {
    let folder = try TestFolder()
    let script = try folder.write(Self.script.utf8, to: "tiny.way")
    let program = try folder.write(Self.sbatch.utf8, to: "bin/sbatch")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    let result = try sweep(
      [script, folder("jobs"), "seed=0,1", "epochs=1,2"], path: folder("bin"))
    #expect(result.exit == 0, "\(result.messages)")
    #expect(result.messages.contains("Submitted batch job 7"))
    #expect(try folder.text("jobs/sweep.sbatch").contains("#SBATCH --array=0-3\n"))
    #expect(try sessions(folder, "jobs") == Self.names)
  }

  @Test(arguments: [
    (["seed"], "not NAME=VALUE"), (["out=x"], "out= is given"), (["seed=5..1"], "range"),
    (["seed=1,1"], "same name"), (["9x=1"], "not NAME=VALUE"), (["a=b\tc"], "tab"),
  ])
  func wrongValuesAreRefused(values: [String], message: String) throws {
    let folder = try TestFolder()
    let script = try folder.write(Self.script.utf8, to: "tiny.way")
    let result = try sweep(["--here", script, folder("jobs")] + values)
    #expect(result.exit != 0 && result.messages.contains(message), "\(result.messages)")
    #expect(try sessions(folder, "jobs") == [])
  }

  /// What stands in a list of jobs is never carried out by the shell.
  @Test func valuesAreNoCommands() throws {
    let folder = try TestFolder()
    let script = try folder.write((Self.script + "\nprint $note\n").utf8, to: "tiny.way")
    let result = try sweep([
      "--here", script, folder("jobs"), "note=$(touch \(folder("hit")));`touch \(folder("hit"))`",
    ])
    #expect(result.exit == 0, "\(result.messages)")
    #expect(!FileManager.default.fileExists(atPath: folder("hit")))
  }
}
