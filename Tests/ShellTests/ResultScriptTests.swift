import CommandLanguage
import Foundation
import Shell
import Testing

/// The scripts that make docs/results.md, which take hours, are looked through before they run.
struct ResultScriptTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../sessions/results").standardized

  static let names: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".way") }.sorted()
  }()

  @Test func scriptsAreFound() { #expect(Self.names.contains("notebook.way")) }

  @Test(arguments: names)
  func scriptIsRightAndSavesItsSession(name: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    let shell = TestShell()
    #expect(Registry.waymark.check(Script(text, name: name), in: shell.context) == [])
    #expect(text.contains("save session \"$out.waymark\""))
    for value in ["data", "path", "seed", "out"] { #expect(text.contains("\nlet \(value) = ")) }
    for line in text.split(separator: "\n") where line.hasPrefix("# goal: ") {
      let words = line.split(separator: " ").dropFirst(2)
      #expect(words.count > 2 && Double(words.dropFirst().first ?? "") != nil, "\(line)")
      #expect(text.contains(" as \(words.first ?? "")"), "\(line)")
    }
  }

  /// A file of results says what computed them, behind the columns that `compare` writes, and keeps
  /// what an earlier call found for other runs.
  @Test(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
  func resultsNameWhatMadeThemAndEarlierOnesStay() throws {
    let folder = try TestFolder()
    try learn("joint-simplecnn", seeds: 1...2, kernels: "some kernels", in: folder)
    #expect(try report("joint-simplecnn", in: folder) == 0)
    let lines = try folder.text("docs/results.csv").split(separator: "\n")
    #expect(lines.count == 1 + 2 * 2)
    #expect(lines[0].hasPrefix("run,strategy,seed,task,classes_seen,accuracy,"))
    #expect(lines[0].hasSuffix(",kernels,blas,commit"))
    for line in lines.dropFirst() {
      #expect(line.hasSuffix(",\"some kernels\",\"BLAS, 1 / BLAS, 2\",\"abcdef\""))
    }
    let first = try folder.text("docs/results.md")
    #expect(first.contains("\n| abcdef | some kernels | BLAS, 1 / BLAS, 2 | joint-simplecnn |\n"))
    #expect(first.contains("(`joint-simplecnn`) | ≥ 96.5"))

    try learn("joint-signnet", seeds: 3...3, kernels: "others", in: folder)
    #expect(try report("joint-signnet", in: folder) == 0)
    let later = try folder.text("docs/results.csv").split(separator: "\n")
    #expect(
      later.map { $0.prefix { $0 != "," } }.dropFirst() == ["joint-signnet", "joint-signnet"]
        + ["joint-simplecnn-1", "joint-simplecnn-1", "joint-simplecnn-2", "joint-simplecnn-2"])
    #expect(
      later[1].contains("others")
        && later[6].hasSuffix(",some kernels,\"BLAS, 1 / BLAS, 2\",abcdef"))
    let second = try folder.text("docs/results.md")
    #expect(second.contains("\n| abcdef | others | BLAS, 3 | joint-signnet |\n"))
    // Its accuracies after each task, and those that are means over classes.
    let rows = first.split(separator: "\n").filter { $0.hasPrefix("| joint-simplecnn | ") }
    #expect(rows.count == 2)
    for row in rows { #expect(second.contains("\n\(row)\n")) }
    let runs = try folder.json("docs/results.json")["runs"] as? [[String: Any]] ?? []
    #expect(Set(runs.compactMap { $0["name"] as? String }).count == 3)
  }

  private func learn(
    _ name: String, seeds: ClosedRange<Int>, kernels: String, in folder: TestFolder
  ) throws {
    for seed in seeds {
      var shell = try TestShell(
        after: """
          load synthetic classes=4 per-class=8 test-per-class=4 size=16 as signs
          tasks signs size=2 as T
          define model layers=[conv(2,3), relu, pool] size=16 as net
          run joint net on=T epochs=1 seed=\(seed) as \(name)
          """)
      let file = "results/\(name)/job\(seed)"
      try folder.write("\(kernels)\tBLAS, \(seed)\tabcdef\n".utf8, to: file + ".made")
      try shell.run("save session \(folder(file)).waymark")
    }
  }

  /// The exit code of `scripts/results --report`.
  private func report(_ script: String, in folder: TestFolder) throws -> Int32 {
    let process = Process()
    process.executableURL =
      URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../scripts/results").standardized
    process.arguments = ["--report", script, "data=gtsrb"]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "WAYMARK": Waymark.executable?.path ?? "", "WAYMARK_RESULTS": folder("results"),
      "WAYMARK_DOCS": folder("docs"), "XDG_CACHE_HOME": folder.path, "XDG_STATE_HOME": folder.path,
    ]) { $1 }
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
