import Foundation

/// How long the program takes to be there.
struct StartGoals {
  let program: String
  let repetitions: Int

  func measure() throws -> [Goal] {
    var environment = ChildProcess.environment
    environment["TERM"] = "xterm-256color"
    // Sessions that did not come to their end would be announced, each for some milliseconds.
    let folder = FileManager.default.temporaryDirectory.appending(path: "waymark-\(UUID())").path
    environment["XDG_STATE_HOME"] = folder
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var (prompt, status) = (Sample(), Sample())
    for _ in 0..<repetitions {
      let shown = try ChildProcess.runInTerminal(
        program, environment: environment, until: "waymark>")
      prompt.add(1000 * shown.seconds)
      let told = try ChildProcess.run(program, ["-c", "status"], environment: environment)
      status.add(1000 * told.seconds)
    }
    return [
      Goal("first prompt", prompt, unit: "ms", .atMost(50), note: "in a terminal of its own"),
      Goal("waymark -c status", status, unit: "ms", .atMost(100), note: "start to end"),
    ]
  }
}
