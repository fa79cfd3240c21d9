import CommandLanguage
import Foundation
import Sessions
import Shell
import TestSupport
import Testing

/// The lessons, the tour, and walking through them.
struct LessonTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../sessions/lessons").standardized

  static let names: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasSuffix(".way") }.sorted()
  }()

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test func thereAreEightLessons() {
    #expect(Self.names.map { $0.prefix(3) } == (1...8).map { "0\($0)-" })
  }

  @Test(.takesLong, arguments: names)
  func lessonGivesWhatItExpects(name: String) throws {
    let text = try Self.text(name)
    var shell = TestShell()
    let errors = Registry.waymark.check(Script(text, name: name), in: shell.context)
    #expect(errors.isEmpty, "\(errors.map { $0.text() })")
    let error = shell.error(of: text)
    #expect(error == nil, "\(error?.text() ?? "")")
    let walk = Walk(script: text)
    #expect(walk.title.hasPrefix("Lesson \(Int(name.prefix(2)) ?? 0): "))
    #expect(walk.steps.count { $0.statement.hasPrefix("expect ") } >= 2)
    #expect(walk.steps[0].text.count > 40 && walk.ending.hasPrefix("Questions"))
    #expect(walk.ending.contains("1. ") && walk.ending.contains("3. "))
  }

  @Test(.takesLong) func tourRunsWithoutATerminal() throws {
    var shell = TestShell()
    let text = try shell.output(of: "tour")
    for step in Walk.tour.steps {
      let line = step.statement.split(separator: "\n").first ?? ""
      #expect(text.contains("    \(line)"))
    }
    #expect(text.contains("That was the tour"))
    #expect(shell.context.session.journal.count >= Walk.tour.steps.count)
    let taken = shell.error(of: "tour")?.text() ?? ""
    #expect(taken.contains("'tour' makes signs, T, net"))
  }

  @Test func scriptsBecomeSteps() {
    let walk = Walk(
      script: """
        version 1
        # Title
        #
        # One.
        # ----
        # Still one.

        let x = 1   # not this

        # Two:
        #
        #   kept as it is

        for i in 1..2 {
          print $i
        }
        print done
        # The end.
        """)
    #expect(walk.title == "Title")
    #expect(walk.steps.map(\.text) == ["One.\nStill one.", "Two:\n\n  kept as it is", ""])
    #expect(walk.steps[1].statement == "for i in 1..2 {\n  print $i\n}")
    #expect(walk.ending == "The end.")
  }

  @Test func promptFollowsAWalk() throws {
    let folder = try TestFolder()
    let script =
      "# A walk\n\n# Make it.\n\nload synthetic classes=2 per-class=3 size=16 as few\n\n"
      + "# Look.\n\nclasses few top=1\n\n# Done.\n"
    try folder.write(script.utf8, to: "walk.way")
    var shell = TestShell()
    shell.context.guide.isGuiding = true
    #expect(try shell.output(of: "lesson \(folder("walk.way"))") == "")
    shell.context.showWalk()
    let shown = shell.printed()
    #expect(shown.contains("A walk\n\nMake it.\n\n    load synthetic"))
    shell.context.showWalk()
    #expect(shell.printed() == "", "a step is shown once")
    #expect(shell.context.guide.walk?.prompt.hasSuffix(" 1/2> ") == true)

    // Enter stands for the step; another command is not the step, the same one with other options is.
    let first = shell.context.statement(typed: " ")
    #expect(first == "load synthetic classes=2 per-class=3 size=16 as few")
    for (line, isStep) in [
      ("objects", false), ("load synthetic as other", false), ("load syn classes=3 as few", true),
    ] {
      let typed = Registry.waymark.checked(
        Script(line, name: "prompt"), reading: .abbreviated, in: shell.context)
      #expect(shell.context.isStep(typed) == isStep, "\(line)")
    }
    try shell.run(first)
    shell.context.guide.walk?.advance()
    shell.context.showWalk()
    #expect(shell.printed().contains("Look.\n\n    classes few top=1"))

    #expect(try shell.output(of: "lesson stop").contains("from=2"))
    #expect(shell.context.statement(typed: "") == "")
    shell.context.showWalk()
    #expect(shell.printed() == "")
    try shell.run("lesson \(folder("walk.way"))")
    shell.context.showWalk()
    #expect(shell.printed().contains("classes few top=1"), "it goes on where it was left")
    shell.context.guide.walk?.advance()
    shell.context.showWalk()
    #expect(shell.printed().contains("Done."))
    #expect(shell.context.guide.walk == nil)
  }

  @Test func walksBeginInTheMiddle() throws {
    let folder = try TestFolder()
    let script = "# A walk\n\nload synthetic classes=2 per-class=3 size=16 as few\n\nclasses few\n"
    try folder.write(script.utf8, to: "walk.way")
    var shell = TestShell()
    let text = try shell.output(of: "lesson \(folder("walk.way")) from=2")
    #expect(!text.contains("few: 2 classes") && text.contains("classes few"))
    #expect(shell.error(of: "lesson \(folder("walk.way")) from=3") != nil)
    #expect(shell.error(of: "lesson stop")?.text().contains("no lesson is under way") == true)
  }

  @Test(.enabled(if: Waymark.isBuilt)) func lessonsAreListedWhereTheProgramFindsThem() throws {
    let result = try Waymark.run(["-c", "lessons"])
    #expect(result.exit == 0, "\(result.messages)")
    for title in ["Looking at the data", "Forgetting", "From the question to the report"] {
      #expect(result.output.contains(title), "\(result.output)")
    }
    let none = try Waymark.run(["-c", "lesson 99"])
    #expect(none.exit == 1 && none.messages.contains("there are 1 to 8"))
  }
}

/// The command that lessons check themselves with.
struct ExpectTests {
  static let preparation = """
    load synthetic classes=4 per-class=10 test-per-class=6 size=16 as signs
    tasks signs size=2 as T
    define model layers=[conv(4,3), relu, pool] size=16 outputs=4 as net
    run rehearsal-kd net on=T epochs=1 memory=8 seed=1 as a
    run rehearsal-kd net on=T epochs=1 memory=8 seed=1 as b
    run finetune net on=T epochs=1 seed=2 as c
    """

  @Test(arguments: [
    "expect classes signs is=4", "expect images signs is=40", "expect test-images signs above=23",
    "expect tasks T is=2", "expect classes T.1 is=2", "expect outputs net is=4",
    "expect exemplars a is=8", "expect exemplars c below=1", "expect digest a same=b",
    "expect digest a differs=c", "expect accuracy a same=b", "expect tasks a is=2",
    "expect accuracy a above=-1 below=101", "expect accuracy a after=1 above=-1",
    "expect forgetting a above=-101", "expect loss c above=0",
    "expect accuracy net on=T.1 above=-1", "expect exemplars a over=c by=8",
    "expect exemplars c under=a by=8", "expect parameters net above=1000",
    "expect images signs is=42 within=2", "expect images signs is=38 within=2",
  ])
  func whatIsSoIsAsExpected(line: String) throws {
    var shell = try TestShell(after: Self.preparation)
    #expect(try shell.output(of: line).hasPrefix("as expected: "))
  }

  @Test(arguments: [
    ("expect classes signs is=5", "classes of signs is 4, expected 5"),
    ("expect tasks T above=2", "tasks of T is 2, expected above 2"),
    ("expect tasks T below=2", "tasks of T is 2, expected below 2"),
    ("expect digest a same=c", "expected the same as c's"),
    ("expect digest a differs=b", "expected different from b's"),
    ("expect exemplars a over=c by=9", "expected at least 9 more than c's 0"),
    ("expect exemplars a under=c", "expected less than c's 0"),
    ("expect exemplars a over=b", "expected more than b's 8"),
    ("expect exemplars a under=b", "expected less than b's 8"),
    ("expect images signs is=43 within=2", "expected 43 ± 2"),
    ("expect images signs is=37 within=2", "expected 37 ± 2"),
    ("expect accuracy a above=100", "expected above 100"),
    ("expect digest a above=3", "a digest is not a number"),
    ("expect forgetting signs above=3", "'signs' is a data set, which has no forgetting"),
    ("expect accuracy net above=3", "say on whose images"),
    ("expect accuracy a after=3 above=0", "has finished 2 tasks, not 3"),
    ("expect accuracy a", "say what to expect"),
    ("expect beauty a above=3", "unknown word 'beauty'"),
  ])
  func whatIsNotSoIsAnError(line: String, message: String) throws {
    var shell = try TestShell(after: Self.preparation)
    let text = shell.error(of: line)?.text() ?? "no error"
    #expect(text.contains(message), "\(text)")
  }
}
