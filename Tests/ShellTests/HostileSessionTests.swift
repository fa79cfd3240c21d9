import CommandLanguage
import Datasets
import Foundation
import Learning
import PlainText
import Sessions
import Shell
import Testing

/// Session files of somebody who means harm: nothing of them reaches the terminal or the disk but text
/// and the files that were asked for.
struct HostileSessionTests {
  private let folder: TestFolder

  private static let escape = "\u{1B}]0;owned\u{07}\u{1B}[31mred\u{9B}2J\u{202E}\r"

  /// A good session, to which somebody added names, classes and a journal with control sequences.
  init() throws {
    folder = try TestFolder()
    var shell = TestShell()
    try shell.run(
      """
      load synthetic classes=4 per-class=4 test-per-class=2 size=16 as signs
      tasks signs size=2 as T
      define model layers=[conv(4,3), relu, pool] size=16 as net
      begin rehearsal-kd net on=T epochs=1 memory=8 as kd
      step kd
      """)
    var session = shell.context.session
    let signs = try shell.context.session.data("signs")
    session.set(
      "mine",
      to: .data(
        DataSet(
          source: .folder(path: "/nowhere/" + Self.escape, size: 16),
          classNames: signs.classNames.map { $0 + Self.escape }, train: signs.train,
          test: signs.test)))
    session.embedded = ["mine"]
    guard case .run(var run)? = session["kd"] else { throw NotThere() }
    session.set("../../PWN", to: .run(run))
    session.set("a" + Self.escape, to: .run(run))
    run.data = "b" + Self.escape
    session.set("stray", to: .run(run))
    session.journal[0].command += " # " + Self.escape
    session.journal[0].details.output = Self.escape
    try SessionFile.save(session, to: folder("evil.waymark"))
  }

  private struct NotThere: Error {}

  /// Scalars that a terminal would act on, but for line breaks.
  private func controls(in text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { $0.isUnsafe && $0 != "\n" }
  }

  @Test func nothingActsOnTheTerminal() throws {
    var shell = TestShell()
    let restored = try shell.output(of: "restore session \(folder("evil.waymark"))")
    #expect(controls(in: restored).isEmpty, "\(restored.debugDescription)")
    #expect(restored.contains("PWN' is lost: nothing can have this name"))
    #expect(shell.context.session.names == ["signs", "T", "net", "kd", "mine"])
    for line in [
      "objects", "mine", "classes mine", "show image mine 0", "checkpoints kd", "status kd",
      "history",
      "sessions \(folder.path)", "compare kd", "continue kd", "history format=csv",
      "classes mine format=json", "classes mine format=csv", "classes mine format=html",
      "confusion kd", "show memory kd", "track", "digest mine",
      "merge \(folder("evil.waymark"))",
    ] {
      let text = try shell.output(of: line)
      #expect(!text.isEmpty && controls(in: text).isEmpty, "\(line): \(text.debugDescription)")
    }
  }

  @Test func errorsAreTextToo() throws {
    var shell = TestShell()
    for line in [
      "restore session \(folder("evil.waymark")) only=[none]",
      "restore session \"\(folder("evil.waymark"))\u{1B}[2J\"",
      "replay \(folder("evil.waymark"))",
    ] {
      let text = shell.error(of: line)?.text() ?? ""
      #expect(!text.isEmpty && controls(in: text).isEmpty, "\(line): \(text.debugDescription)")
    }
  }

  @Test func logsStayInTheirFolder() throws {
    var shell = TestShell()
    try shell.run(
      "restore session \(folder("evil.waymark")); track tensorboard \(folder("a/b/logs")); continue kd"
    )
    let made = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    #expect(made.contains { $0.hasPrefix("a/b/logs/kd/events") })
    #expect(!made.contains { $0.contains("PWN") })
  }

  @Test(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
  func announcementsAreText() throws {
    let state = try TestFolder()
    try FileManager.default.createDirectory(
      atPath: state("waymark/autosave"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: folder("evil.waymark"), toPath: state("waymark/autosave/1700000000-1.waymark"))
    try state.write("restore autosave; sessions; objects".utf8, to: "look.way")
    let result = try Waymark.run(["look.way"], in: state)
    #expect(result.messages.contains("unfinished session"))
    #expect(controls(in: result.messages + result.output).isEmpty)
    let json = try Waymark.run(["--format", "json", "-c", "sessions"], in: state)
    #expect(controls(in: json.messages + json.output).isEmpty)
    _ = try object(json.output)
  }
}

/// Data sets that were loaded anew with less in them than before.
struct ShrunkDataTests {
  @Test func tasksAndRunsOfTheOldDataAreRefused() throws {
    var shell = try TestShell(
      after: """
        load synthetic classes=4 per-class=4 test-per-class=2 size=16 as signs
        tasks signs size=2 as T
        define model layers=[conv(4,3), relu, pool] size=16 outputs=4 as net
        begin rehearsal-kd net on=T epochs=1 memory=8 as kd
        continue kd until=1
        load synthetic classes=2 per-class=2 test-per-class=1 size=16 replace=on as signs
        """)
    for line in ["evaluate net on=T", "evaluate net on=T.2", "pretrain net on=T.2 epochs=1"] {
      let text = shell.error(of: line)?.text() ?? "no error"
      #expect(text.contains("a class in it that the data set does not have"), "\(text)")
    }
    for line in ["continue kd", "show memory kd"] {
      let text = shell.error(of: line)?.text() ?? "no error"
      #expect(text.contains("began with other images"), "\(text)")
    }
  }
}

extension Session {
  fileprivate func data(_ name: String) throws -> DataSet {
    guard case .data(let data)? = self[name] else { throw CocoaError(.fileNoSuchFile) }
    return data
  }
}
