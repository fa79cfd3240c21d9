import Foundation
import Shell
import Testing

/// The scripts of published protocols, which scripts/outside runs for hours.
@Suite(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
struct OutsideTests {
  static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../sessions/outside/split-mnist.way").standardized.path

  /// On a few drawn signs and for two steps a task: every method of the table runs in every scenario,
  /// as the protocol has it.
  @Test(arguments: ["task", "domain", "class"])
  func everyMethodRuns(scenario: String) throws {
    let folder = try TestFolder()
    let result = try Waymark.run(
      ["--quiet", Self.script, "scenario=\(scenario)", "steps=2", "out=few"], in: folder)
    #expect(result.exit == 0, "\(result.messages)")
    let runs = try #require(try folder.json("few.json")["runs"] as? [[String: Any]])
    let names = runs.compactMap { $0["name"] as? String }
    #expect(
      names == ["none", "joint", "ewc", "si", "lwf", "er", "a-gem"]
        + (scenario == "class" ? ["icarl"] : []))
    for run in runs {
      let name = run["name"] as? String ?? ""
      #expect(run["scenario"] as? String == scenario)
      #expect(run["outputs"] as? String == (name == "icarl" ? "so-far" : "all"))
      #expect((run["by_task"] as? [Double])?.count == 5 && run["finished"] as? Bool == true)
      let options = run["options"] as? [String: Any] ?? [:]
      #expect(options["steps"] as? Int == 2 && options["batch"] as? Int == 128, "\(options)")
    }
  }
}
