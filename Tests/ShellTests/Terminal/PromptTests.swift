import Foundation
import Testing

/// The program at a terminal, as a person meets it; screens are compared as text.
@Suite(.enabled(if: Waymark.isBuilt, "needs the program 'waymark', which is not built"))
struct PromptTests {
  static let classroom = """
    load synthetic classes=4 per-class=10 test-per-class=4 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 as net
    begin finetune net on=T epochs=1 as ft

    """

  /// A program in which a script has made objects.
  func furnished(
    width: Int = 80, height: Int = 24, environment: [String: String?] = [:]
  ) throws -> PseudoTerminal {
    let folder = try TestFolder()
    try folder.write(Self.classroom.utf8, to: "classroom.way")
    let terminal = try PseudoTerminal(
      ["--threads", "1"], width: width, height: height, environment: environment, folder: folder)
    try terminal.waitForPrompt(after: "Waymark ")
    try terminal.enter("source classroom.way")
    try terminal.waitForPrompt(after: "ft: finetune", "ft 0/2>")
    return terminal
  }

  // MARK: Completion

  struct Offer: Sendable, CustomTestStringConvertible {
    var typed: String
    /// The line that Tab makes, if it is another.
    var line: String?
    /// Lines that a second Tab, or the first, shows.
    var listed: [String] = []
    var testDescription: String { typed }
  }

  @Test(arguments: [
    Offer(typed: "pret", line: "pretrain"),
    Offer(
      typed: "load ",
      listed: [
        "  gtsrb      Loads the German traffic signs",
        "  folder     Loads your own images: a folder per class",
      ]),
    Offer(typed: "pretrain ne", line: "pretrain net"),
    Offer(typed: "evaluate net on=T.", listed: ["  T.1  a task", "  T.2  a task"]),
    Offer(typed: "compare [f", line: "compare [ft"),
    Offer(typed: "summary ", listed: ["  net      a network"]),
    Offer(typed: "pretrain net on=T.1 ep", line: "pretrain net on=T.1 epochs="),
    Offer(typed: "show batch signs labels=", line: "show batch signs labels=o"),
    Offer(typed: "run rehe", line: "run rehearsal-kd"),
    Offer(typed: "source class", line: "source classroom.way"),
    Offer(typed: "classes signs > class", line: "classes signs > classroom.way"),
    Offer(typed: "help rehearsal-", line: "help rehearsal-kd"),
    Offer(typed: "pretrain net on=T.1 m", listed: []),
  ])
  func tabCompletes(offer: Offer) throws {
    let terminal = try furnished(width: 100)
    terminal.type(offer.typed)
    try terminal.wait("the typed line") { $0.currentLine.hasSuffix(offer.typed.trimmed) }
    terminal.type("\t")
    if let line = offer.line {
      try terminal.wait(forLine: "ft 0/2> " + line)
    }
    for line in offer.listed {
      try terminal.wait("'\(line)'") { screen in
        screen.lines.contains { $0.hasPrefix(line) }
      }
    }
    // The line is still there to be edited.
    try terminal.wait("the line") {
      $0.currentLine.hasPrefix("ft 0/2> " + (offer.line ?? offer.typed).trimmed)
    }
    terminal.type("\u{3}")
    try terminal.waitForPrompt("ft 0/2>")
  }

  @Test func listHasASecondColumnThatExplains() throws {
    let terminal = try furnished()
    terminal.type("run finetune net on=T ")
    terminal.type("\t")
    try terminal.wait(for: "epochs=")
    try terminal.wait("the prompt again") { $0.currentLine == "ft 0/2> run finetune net on=T" }
    let line = try #require(terminal.screen.lines.first { $0.hasPrefix("  epochs=") })
    #expect(line.contains("<N, ") && line.count <= 80, "\(line)")
  }

  // MARK: Keys

  struct Keys: Sendable, CustomTestStringConvertible {
    var typed: String
    var line: String
    var why: String
    var testDescription: String { why }
  }

  @Test(arguments: [
    Keys(typed: "print b\u{1B}[Dx", line: "print xb", why: "Left"),
    Keys(typed: "print one two\u{1B}[1;5Dx", line: "print one xtwo", why: "Ctrl-Left"),
    Keys(typed: "print one two\u{1B}bx", line: "print one xtwo", why: "Alt-b"),
    Keys(typed: "rint\u{1B}[Hp", line: "print", why: "Home"),
    Keys(typed: "rint\u{1B}[1~p", line: "print", why: "Home of other terminals"),
    Keys(typed: "prin\u{1}\u{1B}[Ft", line: "print", why: "End"),
    Keys(typed: "prin\u{1}\u{5}t", line: "print", why: "Ctrl-A and Ctrl-E"),
    Keys(typed: "xprint\u{1B}[H\u{1B}[3~", line: "print", why: "Delete"),
    Keys(typed: "print one two\u{17}", line: "print one", why: "Ctrl-W"),
    Keys(typed: "print one\u{15}print", line: "print", why: "Ctrl-U"),
    Keys(typed: "print Gefäß 標識\u{7F}\u{7F}x", line: "print Gefäß x", why: "UTF-8"),
    Keys(typed: "print ä\u{1B}[Dö", line: "print öä", why: "Left over two bytes"),
  ])
  func keyEdits(keys: Keys) throws {
    let terminal = try PseudoTerminal(["--quiet"])
    try terminal.waitForPrompt()
    terminal.type(keys.typed)
    try terminal.wait(forLine: "waymark> " + keys.line)
  }

  // MARK: History

  @Test func upFindsWhatBeginsLikeTheLine() throws {
    let terminal = try PseudoTerminal(["--quiet"])
    try terminal.waitForPrompt()
    for line in ["print apple", "get", "print pear"] {
      try terminal.enter(line)
      try terminal.wait("the next prompt") { $0.currentLine == "waymark>" }
    }
    terminal.type("\u{1B}[A")
    try terminal.wait(forLine: "waymark> print pear")
    terminal.type("\u{1B}[A")
    try terminal.wait(forLine: "waymark> get")
    terminal.type("\u{1B}[B\u{1B}[B")
    try terminal.wait(forLine: "waymark>")
    terminal.type("print ")
    terminal.type("\u{1B}[A\u{1B}[A")
    try terminal.wait(forLine: "waymark> print apple")
  }

  @Test func controlRSearchesAllShells() throws {
    let folder = try TestFolder()
    let first = try PseudoTerminal(["--quiet"], folder: folder)
    try first.waitForPrompt()
    try first.enter("print apple-tree", until: "\napple-tree")
    try first.enter("get", until: "threads")
    let second = try PseudoTerminal(["--quiet"], folder: folder)
    try second.waitForPrompt()
    try second.enter("print of-the-second", until: "\nof-the-second")
    // The first is still open: neither has taken anything from the other.
    try first.enter("print last-of-all", until: "\nlast-of-all")
    let third = try PseudoTerminal(["--quiet"], folder: folder)
    try third.waitForPrompt()
    third.type("\u{12}ple")
    try third.wait(forLine: "search 'ple': print apple-tree")
    third.type("\r")
    try third.wait(forLine: "waymark> print apple-tree")
    third.type("\u{15}\u{12}second")
    try third.wait(forLine: "search 'second': print of-the-second")
    third.type("\u{7}")
    try third.wait(forLine: "waymark>")
    let kept = try folder.text("waymark/history").split(separator: "\n").map {
      String($0.drop { $0 != "\t" }.dropFirst())
    }
    #expect(kept == ["print apple-tree", "get", "print of-the-second", "print last-of-all"])
  }

  @Test func historyGetsFullNames() throws {
    let terminal = try PseudoTerminal(["--quiet"])
    try terminal.waitForPrompt()
    try terminal.enter("echo short", until: "\nshort")
    terminal.type("\u{1B}[A")
    try terminal.wait(forLine: "waymark> print short")
  }

  // MARK: Several lines

  @Test func pasteOfSeveralLinesIsOneEntryWithoutPrompts() throws {
    let terminal = try PseudoTerminal(["--quiet"])
    try terminal.waitForPrompt()
    #expect(terminal.screen.marksPastes)
    terminal.paste("waymark> print one\nwaymark> for i in 1..2 {\n...   print \"$i\tx\"\n... }\n")
    try terminal.wait("the whole paste") {
      $0.text.hasSuffix("print one\nfor i in 1..2 {\n  print \"$i  x\"\n}")
    }
    // Nothing runs before Enter, and the text can be edited.
    terminal.type("; print three\r")
    try terminal.waitForPrompt(after: "\nthree")
    #expect(terminal.screen.text.contains("}; print three\none\n1  x\n2  x\nthree\nwaymark>"))
    terminal.type("\u{1B}[A")
    try terminal.wait("one entry") {
      $0.text.hasSuffix("waymark> print one\nfor i in 1..2 {\n  print \"$i  x\"\n}; print three")
    }
  }

  @Test func textThatIsPastedWithoutMarksLosesItsPromptsToo() throws {
    let terminal = try PseudoTerminal(["--quiet"])
    try terminal.waitForPrompt()
    try terminal.enter("waymark> print one", until: "\none")
    terminal.type("waymark> for i in 1..2 {\r...   print \"$i times\"\r... }\r")
    try terminal.waitForPrompt(after: "\n1 times\n2 times")
    terminal.type("\u{1B}[A")
    try terminal.wait("the entry") {
      $0.text.hasSuffix("waymark> for i in 1..2 {\n  print \"$i times\"\n}")
    }
  }

  @Test func statementOfSeveralLinesIsEditedAsOne() throws {
    let terminal = try PseudoTerminal(["--quiet"])
    try terminal.waitForPrompt()
    terminal.type("for i in 1..2 {\rprint $i\r}")
    try terminal.wait(forLine: "}")
    // Up to the first line, and its number changed.
    terminal.type("\u{1B}[A\u{1B}[A\u{1B}[C\u{1B}[C\u{1B}[C\u{1B}[C\u{1B}[C\u{1B}[C\u{1B}[C")
    terminal.type("\u{1B}[C\u{1B}[C\u{1B}[C\u{1B}[C\u{1B}[C\u{7F}\u{7F}\u{7F}\u{7F}7..8")
    try terminal.wait(for: "7..8")
    terminal.type("\u{1B}[B\u{1B}[B\r")
    try terminal.waitForPrompt(after: "\n7\n8\n")
  }

  // MARK: Size

  @Test func tablesAndLinesFollowTheSize() throws {
    let terminal = try furnished(width: 120, height: 30)
    terminal.resize(width: 60, height: 20)
    try terminal.enter("objects")
    try terminal.waitForPrompt(after: "kind", "ft 0/2>")
    for line in terminal.screen.lines { #expect(line.count <= 60) }
    // A line longer than the width is wrapped and edited across the break.
    let long = "print " + String(repeating: "sign ", count: 14)
    terminal.type(long + "end\u{1}")
    terminal.type("\u{1B}[C\u{1B}[C\u{1B}[C\u{1B}[C\u{1B}[C\u{1B}[Cfirst \r")
    try terminal.wait(for: "\nfirst sign sign")
  }

  @Test func sizeChangesWhileALineIsEdited() throws {
    let terminal = try PseudoTerminal(["--quiet"], width: 100)
    try terminal.waitForPrompt()
    terminal.type("print one")
    try terminal.wait(forLine: "waymark> print one")
    terminal.resize(width: 40, height: 12)
    terminal.type(" two")
    try terminal.wait("the line at its end") { $0.currentLine.hasSuffix("print one two") }
    terminal.type("\r")
    try terminal.waitForPrompt(after: "\none two")
  }

  // MARK: Terminals

  @Test func simplestTerminalsWorkWithoutEscapes() throws {
    for environment: [String: String?] in [["TERM": "dumb"], ["TERM": "dumb", "LANG": nil]] {
      let terminal = try PseudoTerminal(["--quiet"], environment: environment)
      try terminal.waitForPrompt()
      terminal.type("for i in 1..2 {\r")
      try terminal.wait(forLine: "...")
      terminal.type("print $i\r}\r")
      try terminal.waitForPrompt(after: "\n1\n2\n")
      #expect(!terminal.screen.marksPastes)
    }
  }

  @Test func unknownTerminalsWork() throws {
    let terminal = try PseudoTerminal(["--quiet"], environment: ["TERM": "no-such-terminal"])
    try terminal.waitForPrompt()
    terminal.type("print works\r")
    try terminal.waitForPrompt(after: "\nworks")
  }

  @Test func accessibleModeHasWordsAndNoBars() throws {
    let terminal = try furnished(environment: ["ACCESSIBLE": "1"])
    try terminal.enter("run finetune net on=T epochs=2 as f2")
    try terminal.waitForPrompt(after: "f2: finetune, 2/2 tasks")
    #expect(terminal.screen.text.contains("f2 task 1/2 epoch 1/2: 1/1"))
    #expect(!terminal.screen.text.contains("█") && !terminal.screen.text.contains("|"))
  }

  @Test func promptIsColouredUnlessToldOtherwise() throws {
    let terminal = try PseudoTerminal(["--quiet"], environment: ["NO_COLOR": nil])
    try terminal.waitForPrompt()
    #expect(terminal.screen.wasColoured)
    let plain = try PseudoTerminal(["--quiet", "--no-color"], environment: ["NO_COLOR": nil])
    try plain.waitForPrompt()
    #expect(!plain.screen.wasColoured)
  }

  // MARK: The rc file

  @Test func rcFileIsCarriedOutBeforeThePrompt() throws {
    let folder = try TestFolder()
    try folder.write("set seed=41\nlet passes = 3\nset sed=5\n".utf8, to: "waymark/rc.way")
    let wrong = try PseudoTerminal(folder: folder)
    try wrong.waitForPrompt(after: "did you mean 'seed'?")
    try folder.write("set seed=41\nlet passes = 3\n".utf8, to: "waymark/rc.way")
    let terminal = try PseudoTerminal(folder: folder)
    try terminal.waitForPrompt(after: "Waymark ")
    try terminal.enter("print $passes", until: "\n3")
    try terminal.enter("get", until: "41")
    let plain = try PseudoTerminal(["--no-rc"], folder: folder)
    try plain.waitForPrompt(after: "Waymark ")
    try plain.enter("print $passes", until: "unknown variable 'passes'")
  }

  @Test func severalErrorsOfALineAreSaidBeforeItStarts() throws {
    let terminal = try PseudoTerminal(["--quiet"])
    try terminal.waitForPrompt()
    try terminal.enter("print started; pront x; summary nothing", until: "no object 'nothing'")
    #expect(terminal.screen.text.contains("did you mean 'print'?"))
    #expect(!terminal.screen.text.contains("\nstarted"))
  }
}

extension String {
  /// Without blanks at the end.
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }

  /// With blanks in place of tabs, as on a screen.
  var expanded: String { replacing("\t", with: "  ") }
}
