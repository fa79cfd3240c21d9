import CommandLanguage
import Datasets
import Foundation
import Sessions
import Shell
import Testing

/// Wrong words and numbers: each is named, and the session stays as it was.
struct WrongWordTests {
  static let preparation = """
    load synthetic classes=4 per-class=10 test-per-class=5 size=16 as signs
    tasks signs size=2 as T
    define model simplecnn size=16 as net
    define model dercnn size=16 as two
    begin finetune net on=T epochs=1 as ft
    """

  struct Row: Sendable, CustomTestStringConvertible {
    var line: String
    /// What stands above the caret.
    var marked: String
    /// Parts of the message.
    var says: [String]
    var suggests = ""

    var testDescription: String { line }
  }

  static let rows = [
    Row(
      line: "define model simplecn as x", marked: "simplecn", says: ["'simplecn'"],
      suggests: "simplecnn"),
    Row(
      line: "run finetun net on=T as x", marked: "finetun", says: ["'finetun'"],
      suggests: "finetune"),
    Row(
      line: "pretrain net on=T.1 epoch=5", marked: "epoch", says: ["option 'epoch'", "'pretrain'"],
      suggests: "epochs"),
    Row(line: "run finetune net on=T memory=5 as x", marked: "memory", says: ["'memory'"]),
    Row(
      line: "pretrain net on=T.1 epochs=1 steps=9", marked: "9",
      says: ["epochs= and steps= both say how long"]),
    Row(
      line: "begin finetune net on=T epochs=1 steps=9 as x", marked: "9",
      says: ["epochs= and steps= both say how long"]),
    Row(line: "pretran net on=T.1", marked: "pretran", says: ["'pretran'"], suggests: "pretrain"),
    Row(line: "pretrain nat on=T.1", marked: "nat", says: ["'nat'"], suggests: "net"),
    Row(
      line: "pretrain net on=T.1 epochs=0", marked: "0", says: ["0 is out of range for 'epochs'"],
      suggests: "1"),
    Row(line: "pretrain net on=T.1 lr=0", marked: "0", says: ["'lr'"]),
    Row(line: "pretrain net on=T.1 epochs=many", marked: "many", says: ["many", "'epochs'"]),
    Row(
      line: "run rehearsal-kd net on=T memory=-1 as x", marked: "-1",
      says: ["-1 is out of range for 'memory'"]),
    Row(line: "run rehearsal-kd net on=T temperature=0 as x", marked: "0", says: ["'temperature'"]),
    Row(
      line: "run finetune net on=T.9 as x", marked: "T.9", says: ["'T' has no part 'T.9'"],
      suggests: "T.2"),
    Row(
      line: "load synthetic classes=1000 per-class=1000000 as x", marked: "load synthetic",
      says: ["1500000000 images are more than the 1000000 allowed"]),
    Row(line: "evaluate net on=T.0", marked: "T.0", says: ["'T' has no part"]),
    Row(line: "show batch signs task=T.3", marked: "T.3", says: ["'T' has no part"]),
    Row(line: "evaluate net on=net", marked: "net", says: ["'net' is a network"]),
    Row(line: "run der-cnn net on=T as x", marked: "net", says: ["two heads"]),
    Row(line: "run finetune two on=T as x", marked: "two", says: ["1 head", "has 2"]),
    Row(line: "tasks signs size=2 count=3 as x", marked: "3", says: ["2", "3", "4"]),
    Row(line: "tasks signs order=[0,0] size=2 as x", marked: "[0,0]", says: ["0"]),
    Row(line: "tasks signs order=[0,9] size=2 as x", marked: "[0,9]", says: ["9"]),
    Row(line: "show image signs 100000", marked: "100000", says: ["no training image 100000"]),
    Row(line: "show batch signs class=9", marked: "9", says: ["no class 9", "0 to 3"]),
    Row(line: "continue ft until=9", marked: "9", says: ["only 2 tasks"]),
    Row(line: "matrix ft", marked: "ft", says: ["'ft' has not finished a task"]),
    Row(line: "plot loss ft", marked: "ft", says: ["'ft' has not been trained"]),
    Row(
      line: "define model layers=[conv(4,3), dense(5)] as x", marked: "[conv(4,3), dense(5)]",
      says: ["layer 2, dense", "flatten"]),
    Row(
      line: "define model layers=[pool, pool, pool, pool, pool, pool] as x",
      marked: "[pool, pool, pool, pool, pool, pool]", says: ["layer 6, pool", "too large"]),
    Row(
      line: "define model layers=[cnv(4,3)] as x", marked: "cnv(4,3)", says: ["'cnv'"],
      suggests: "conv"),
    Row(
      line: "define model layers=[dense(100000), flatten, dense(100000)] as x",
      marked: "[dense(100000), flatten, dense(100000)]", says: ["dense"]),
    Row(
      line: """
        define model layers=[conv(4096,1), pool, pool, pool, pool, pool] size=256 as huge; \
        run finetune huge on=T as x
        """, marked: "run", says: ["MB for a batch of 64 images", "half of this machine's"]),
    Row(line: "define model as x", marked: "define model", says: ["layers="]),
    Row(
      line: "define model simplecnn size=32 as big; evaluate big on=T.1", marked: "evaluate",
      says: ["32×32×3", "16×16×3"]),
    Row(line: "classes signs > out.xyz", marked: "out.xyz", says: ["'.xyz'"], suggests: ".csv"),
    Row(line: "classes signs > out.png", marked: "out.png", says: ["'.png'"], suggests: ".csv"),
    Row(line: "classes signs > noending", marked: "noending", says: ["no extension"]),
    Row(
      line: "load synthetic classes=4 as signs", marked: "signs",
      says: ["'signs' is a data set already"]),
    Row(line: "load folder /nowhere/at/all as x", marked: "load folder", says: ["/nowhere/at/all"]),
    Row(
      line: "load gtsrb path=/nowhere/at/all as x", marked: "load gtsrb", says: ["/nowhere/at/all"]),
    Row(line: "source /nowhere/at/all.way", marked: "source", says: ["/nowhere/at/all.way"]),
    Row(
      line: "pretrain net on=T.1 epochs=1 cache=/nowhere/net.safetensors",
      marked: "/nowhere/net.safetensors", says: ["there is no folder '/nowhere'"]),
    Row(
      line: "classes signs > /nowhere/at/all.csv", marked: "/nowhere/at/all.csv",
      says: ["there is no folder '/nowhere/at'"]),
    Row(
      line: "begin joint net on=T as x > /nowhere/run.json", marked: "/nowhere/run.json",
      says: ["'begin'"]),
    Row(
      line: "run joint net on=T epochs=1 as x > /nowhere/run.json", marked: "/nowhere/run.json",
      says: ["there is no folder '/nowhere'"]),
    Row(
      line: "save script /nowhere/at/all.way", marked: "/nowhere/at/all.way",
      says: ["there is no folder '/nowhere/at'"]),
    Row(
      line: "save session /nowhere/at/all.waymark", marked: "/nowhere/at/all.waymark",
      says: ["there is no folder '/nowhere/at'"]),
    Row(
      line: "restore session /nowhere/at/all.waymark", marked: "restore session",
      says: ["/nowhere/at/all.waymark"]),
    Row(line: "restore session /dev/null", marked: "restore session", says: ["/dev/null"]),
    Row(line: "step nothing", marked: "nothing", says: ["'nothing'"]),
    Row(line: "drop T.1", marked: "T.1", says: ["part of an object"]),
  ]

  @Test(arguments: rows)
  func errorNamesTheWordAndChangesNothing(row: Row) throws {
    var shell = try TestShell(after: Self.preparation)
    let lines = row.line.split(separator: ";")
    for line in lines.dropLast() { try shell.run(String(line)) }
    let line = String(lines.last ?? "").trimmingCharacters(in: .whitespaces)
    let before = try shell.state
    let problem = shell.error(of: line)
    let error = try #require(problem)
    let text = error.text()
    let start = line.index(line.startIndex, offsetBy: error.span.column - 1)
    #expect(line[start...].prefix(error.span.length) == row.marked, "\(text)")
    for part in row.says { #expect(text.contains(part), "\(text)") }
    #expect(row.suggests.isEmpty || text.contains(row.suggests), "\(text)")
    #expect(try shell.state == before)
    #expect(shell.context.kind(of: "x") == nil)
  }

  @Test func nameIsGivenAgainWithReplaceOnly() throws {
    var shell = try TestShell(after: Self.preparation)
    let before = try shell.digest("signs")
    try shell.run("load synthetic classes=3 per-class=9 size=16 replace=on as signs")
    #expect(try shell.digest("signs") != before)
    #expect(shell.context.session.names == ["signs", "T", "net", "two", "ft"])
  }

  @Test func failedScriptKeepsWhatItsFirstStatementsDid() throws {
    var shell = try TestShell(after: Self.preparation)
    let error = shell.error(of: "drop two\npretrain net on=T.1 epochs=0\ndrop net")
    #expect(error?.span.line == 2)
    #expect(shell.context.session.names == ["signs", "T", "net", "ft"])
  }
}
