import CommandLanguage
import Foundation
import Shell
import System
import Testing

/// Every row of the table of `--safe`, by doing it: the program, with a session of somebody's, in a
/// folder with links that lead out of it.
@Suite(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
struct SafeProgramTests {
  /// Folders `work`, with a session and links; `outside` and `work2`, which must stay empty.
  private static func scene() throws -> TestFolder {
    let folder = try TestFolder()
    for name in ["work/.keep", "outside/.keep", "work2/.keep"] { try folder.write([], to: name) }
    let preparation = """
      load synthetic classes=4 per-class=4 test-per-class=2 size=16 as signs
      tasks signs size=2 as T
      define model layers=[conv(4,3), relu, pool] size=16 as net
      run rehearsal-kd net on=T epochs=1 memory=8 as kd
      run finetune net on=T epochs=1 as ft
      save session day1.waymark
      """
    let result = try Waymark.run(["--quiet", "-c", preparation], in: folder, work: "work")
    try #require(result.exit == 0, "\(result.messages)")
    try link(folder("work/folder"), to: "../outside")
    return folder
  }

  private static func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  private static let prepared = Result { try scene() }

  /// How a path leads out of the folder `work`; the link `link…` is made, and leads to nothing yet.
  private static let routes = [
    "../outside/file", "../work2/file", "folder/file", "link", "/…/outside/file",
  ]

  /// A line for every command that writes a file or folder which it names, with `FILE` for that.
  private static let named: [String: [String]] = [
    "save session": ["save session FILE.waymark"],
    "save script": ["save script FILE.way"],
    "save report": ["save report FILE.html", "save report FILE.md"],
    "save notebook": ["save notebook FILE.ipynb"],
    "pretrain": ["pretrain net on=T.1 epochs=1 cache=FILE.safetensors"],
    "download gtsrb": ["download gtsrb to=FILE url=http://127.0.0.1:9/"],
    "track wandb": ["track wandb FILE"],
    "track tensorboard": ["track tensorboard FILE"],
    "track csv": ["track csv FILE.csv"],
    "track jsonl": ["track jsonl FILE.jsonl"],
  ]

  /// A line for some commands and each form of output.
  private static let outputs =
    ["csv", "json", "md", "tex", "html", "txt"].map { "classes signs > FILE.\($0)" } + [
      "status >> FILE.txt", "plot classes signs > FILE.gp", "plot classes signs > FILE.svg",
      "export net > FILE.safetensors", "export net > FILE.onnx", "export signs > FILE.npz",
      "export kd > FILE.csv", "export kd > FILE.jsonl", "export kd > FILE format=tensorboard",
      "export kd > FILE format=wandb", "export features of net on=T.1 > FILE.npz",
      "manual > FILE.md",
    ]

  @Test func everyCommandThatDeclaresAFileIsTried() {
    let commands = Registry.waymark.commands
    #expect(
      Set(Self.named.keys) == Set(commands.filter { $0.touches.contains(.writesNamed) }.map(\.verb))
    )
    // Every form of output that any command has.
    let tried = Set(Self.outputs.compactMap { $0.split(separator: ".").last.map(String.init) })
    for form in Set(commands.flatMap(\.formats)).subtracting(["png", "pdf", "wandb", "tensorboard"])
    {
      #expect(tried.contains(form), "\(form)")
    }
  }

  @Test(arguments: named.values.flatMap(\.self), routes)
  func namedFilesAreNotWrittenOutside(line: String, route: String) throws {
    try expectNothingOutside(line, route)
  }

  @Test(arguments: outputs, ["folder/file", "link"])
  func outputsAreNotWrittenOutside(line: String, route: String) throws {
    try expectNothingOutside(line, route)
  }

  private func expectNothingOutside(_ line: String, _ route: String) throws {
    let original = try Self.prepared.get()
    let folder = try TestFolder(copyOf: original)
    let ending =
      line.firstRange(of: "FILE").map { line[$0.upperBound...].prefix { $0 != " " } } ?? ""
    if route == "link" { try Self.link(folder("work/link\(ending)"), to: "../outside/file") }
    let path = route.replacing("/…", with: folder.path)
    let text = line.replacing("FILE", with: path)
    let result = try Waymark.run(
      ["--quiet", "--safe", "--session", "day1.waymark", "-c", text], in: folder, work: "work")
    #expect(
      result.exit == 1 && result.messages.contains("--safe: '"), "\(text): \(result.messages)")
    let outside = ["outside", "work2"].flatMap {
      (try? FileManager.default.contentsOfDirectory(atPath: folder($0))) ?? []
    }
    #expect(outside == [".keep", ".keep"], "\(text)")
  }

  @Test func filesWithinAreWritten() throws {
    let folder = try TestFolder(copyOf: try Self.prepared.get())
    try Self.link(folder("work/within.csv"), to: "sub/target.csv")
    try folder.write([], to: "work/sub/.keep")
    let script = """
      classes signs > within.csv; status >> sub/s.txt; plot classes signs > p.gp
      save report r.html; save session mine.waymark; track csv t.csv
      run finetune net on=T epochs=1 as again
      """
    let result = try Waymark.run(
      ["--quiet", "--safe", "--session", "day1.waymark", "-c", script], in: folder, work: "work")
    #expect(result.exit == 0, "\(result.messages)")
    for name in ["sub/target.csv", "sub/s.txt", "p.gp", "r.html", "mine.waymark", "t.csv"] {
      #expect(FileManager.default.fileExists(atPath: folder("work/" + name)), "\(name)")
    }
  }

  /// Logs, the cache, copies: what is written without being named.
  @Test func nothingIsKeptInTheUsersFolders() throws {
    let folder = try TestFolder(copyOf: try Self.prepared.get())
    for number in 0..<6 {
      let pixels = [UInt8](repeating: UInt8(40 * number), count: 3 * 64)
      for name in ["a", "b"] {
        try folder.write(Array("P6 8 8 255\n".utf8) + pixels, to: "photos/\(name)/\(number).ppm")
      }
    }
    let before = try folder.names()
    let script = """
      load folder ../photos size=16 as mine
      run finetune net on=T epochs=1 as again
      save session /nowhere/x.waymark
      """
    let result = try Waymark.run(
      ["--safe", "--session", "day1.waymark", "-c", script], in: folder, work: "work")
    #expect(result.exit == 1)
    // Cache, state and configuration would be `waymark` here.
    #expect(try folder.names() == before)
    // Without --safe there would be both.
    _ = try Waymark.run(["--session", "day1.waymark", "-c", script], in: folder, work: "work")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder("waymark")).contains("autosave"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder("waymark")).contains {
        $0.hasSuffix(".images")
      })
    // A copy that is there can be read and not taken away.
    let drop = try Waymark.run(["--safe", "-c", "drop autosave"], in: folder, work: "work")
    #expect(drop.exit == 1 && drop.messages.contains("--safe"))
    let restore = try Waymark.run(
      ["--safe", "--quiet", "-c", "restore autosave; again"], in: folder, work: "work")
    #expect(restore.exit == 0 && restore.output.contains("again: finetune"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder("waymark/autosave")).count == 1)
  }

  /// A program that leaves a mark when it runs.
  private func writeProgram(_ name: String, _ folder: TestFolder) throws {
    try folder.write("#!/bin/sh\ntouch \(folder("ran"))\n".utf8, to: name)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder(name))
  }

  @Test func gnuplotIsNotStarted() throws {
    let folder = try TestFolder(copyOf: try Self.prepared.get())
    try writeProgram("bin/gnuplot", folder)
    let path = folder("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin")
    for line in ["plot classes signs > p.png", "show batch signs n=2 > p.pdf"] {
      let result = try Waymark.run(
        ["--safe", "--session", "day1.waymark", "-c", line], environment: ["PATH": path],
        in: folder, work: "work")
      #expect(
        result.exit == 1 && result.messages.contains("--safe: gnuplot draws pictures"),
        "\(result.messages)")
    }
    let pages = try Waymark.run(
      ["--safe", "--session", "day1.waymark", "-c", "save report r.html; save notebook n.ipynb"],
      environment: ["PATH": path], in: folder, work: "work")
    #expect(pages.exit == 0, "\(pages.messages)")
    #expect(!FileManager.default.fileExists(atPath: folder("ran")))
  }

  @Test func promptStartsNothingAndKeepsNothing() throws {
    let folder = try TestFolder()
    try writeProgram("pager", folder)
    try writeProgram("gnuplot", folder)
    try folder.write("print from-rc > rc.txt\n".utf8, to: "waymark/rc.way")
    try folder.write("1700000000\tprint old\n".utf8, to: "waymark/history")
    let before = try folder.names()
    let terminal = try PseudoTerminal(
      ["--safe", "--threads", "1"],
      environment: ["PAGER": folder("pager"), "PATH": folder.path + ":/usr/bin:/bin"],
      folder: folder)
    try terminal.waitForPrompt(after: "Ctrl-D ends.")
    try terminal.enter("help")
    try terminal.waitForPrompt(after: "explain")
    try terminal.enter("load synthetic classes=2 per-class=3 size=16 as signs")
    try terminal.waitForPrompt(after: "signs: 2 classes")
    try terminal.enter("plot classes signs")
    try terminal.waitForPrompt(after: "waymark>")
    try terminal.enter("!touch ran")
    try terminal.waitForPrompt(after: "--safe: 'shell' is forbidden")
    terminal.type("\u{4}")
    _ = try terminal.exitStatus()
    #expect(try folder.names() == before)
    #expect(try folder.text("waymark/history") == "1700000000\tprint old\n")
  }
}
