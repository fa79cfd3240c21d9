import CommandLanguage
import Testing

/// Comments go with the command that they stand above or behind, each once.
struct CommentTests {
  private func comments(of text: String) -> ScriptComments {
    Script(text, name: "test").comments
  }

  @Test func commandHasTheCommentsAboveAndBehindIt() {
    var comments = comments(
      of: """
        # one
        say a
        # two


        # three
        let x = 1
        # four
        say b # five

        # six

        # seven
        """)
    let first = comments.take(at: 2)
    #expect(first.above == ["# one"] && first.behind == nil)
    // Several empty lines count as one, and what stands above a 'let' belongs to what follows.
    let second = comments.take(at: 9)
    #expect(second.above == ["# two", "", "# three", "# four"] && second.behind == "# five")
    let rest = comments.takeRest()
    #expect(rest == ["", "# six", "", "# seven"])
    let none = comments.takeRest()
    #expect(none == [])
  }

  @Test(arguments: [
    ("say a\n\n\nsay b", 4), ("\n\nsay b", 3), ("say a; say b", 1), ("say a\nsay b", 2),
  ])
  func emptyLinesAloneAreNoComment(text: String, line: Int) {
    var comments = comments(of: text)
    let taken = comments.take(at: line)
    #expect(taken.above == [] && taken.behind == nil)
    let rest = comments.takeRest()
    #expect(rest == [])
  }

  /// A loop goes through its body several times; its comments are told the first time.
  @Test func headOfABlockBelongsToItsFirstCommand() {
    var comments = comments(of: "# about the loop\nfor i in 1..2 {\n  # about a\n  say a # a\n}")
    let first = comments.take(at: 4)
    #expect(first.above == ["# about the loop", "# about a"] && first.behind == "# a")
    let second = comments.take(at: 4)
    #expect(second.above == [] && second.behind == nil)
  }

  /// Its command does not run, so nobody takes it.
  @Test func commentOfABlockThatIsNotCarriedOutStaysThere() {
    var comments = comments(of: "if no {\n  # within\n  say a\n}\n# behind\nsay b")
    let taken = comments.take(at: 6)
    #expect(taken.above == ["# behind"] && taken.behind == nil)
  }

  @Test func linesAreCountedFromTheFirstOfALongerInput() {
    var comments = Script("# one\nsay a # two", name: "test", firstLine: 7).comments
    let taken = comments.take(at: 8)
    #expect(taken.above == ["# one"] && taken.behind == "# two")
  }
}
