import CommandLanguage
import Foundation
import Shell
import Testing

/// A file is to be written where there is no folder: the same words from every command, with the caret
/// below the path, and before any work.
struct MissingFolderTests {
  private static let preparation = """
    load synthetic classes=4 per-class=10 test-per-class=4 size=16 as signs
    tasks signs size=2 as T
    define model layers=[flatten] size=16 as net
    run finetune net on=T epochs=1 as ft
    """

  private static let outputs = [
    "compare ft > PATH.csv", "compare ft >> PATH.csv", "time compare ft > PATH.json",
    "plot accuracy ft > PATH.png", "plot accuracy ft > PATH.gp", "export net > PATH.safetensors",
    "export net > PATH.onnx", "export signs > PATH.npz", "export ft > PATH.jsonl",
    "export features of net on=T.1 > PATH.npz", "manual > PATH.md",
    "run finetune net on=T epochs=1 as other > PATH.csv",
  ]

  private static let named = [
    "save session": "PATH.waymark", "save script": "PATH.way", "save report": "PATH.html",
    "save notebook": "PATH.ipynb", "track csv": "PATH.csv", "track jsonl": "PATH.jsonl",
    "pretrain": "net on=T.1 cache=PATH.safetensors",
  ]

  /// They make the folder, with those above it.
  private static let makers: Set = ["download gtsrb", "track tensorboard", "track wandb"]

  @Test func everyCommandThatWritesIsTried() {
    let writing = Registry.waymark.commands.filter { $0.touches.contains(.writesNamed) }.map(\.verb)
    #expect(Set(Self.named.keys).union(Self.makers) == Set(writing))
  }

  @Test(arguments: outputs + named.map { "\($0) \($1)" })
  func folderIsNamedBelowTheSameSentence(line: String) throws {
    var shell = try TestShell(after: Self.preparation)
    let before = try shell.state
    let line = line.replacing("PATH", with: "no/such/x")
    let text = shell.error(of: line)?.text() ?? "no error"
    let lines = text.split(separator: "\n")
    try #require(lines.count >= 4, "\(text)")
    #expect(lines[0] == "error: there is no folder 'no/such'; make it, or name another")
    let path = try #require(lines[2].firstRange(of: "no/such/x"))
    let start = lines[2].distance(from: lines[2].startIndex, to: path.lowerBound)
    let length = lines[2][path.lowerBound...].count
    #expect(
      lines[3] == String(repeating: " ", count: start) + String(repeating: "^", count: length))
    // Before any work: a run that was trained in vain would be seen.
    #expect(try shell.state == before && shell.printed() == "")
  }

  @Test func foldersWithFilesInThemAreMade() throws {
    let folder = try TestFolder()
    var shell = try TestShell(after: Self.preparation)
    try shell.run(
      """
      export ft > \(folder("a/b/board")) format=tensorboard
      export ft > \(folder("a/c/wandb")) format=wandb
      track tensorboard \(folder("d/e"))
      """)
    for path in ["a/b/board", "a/c/wandb", "d/e"] {
      #expect(FileManager.default.fileExists(atPath: folder(path)), "\(path)")
    }
  }

  @Test func folderIsNoFile() throws {
    let folder = try TestFolder()
    var shell = try TestShell(after: Self.preparation)
    for line in ["compare ft > \(folder.path) format=csv", "save script \(folder.path)"] {
      let text = shell.error(of: line)?.text() ?? "no error"
      #expect(text.hasPrefix("error: \(folder.path): it is a folder\n"), "\(text)")
    }
  }
}
