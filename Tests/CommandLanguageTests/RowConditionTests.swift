import CommandLanguage
import Testing

/// What stands behind `where`.
struct RowConditionTests {
  private func argument(_ text: String) throws -> (CommandStatement, CommandStatement.Argument?) {
    let script = Script(text, name: "test")
    try #require(script.errors.isEmpty, "\(text): \(script.errors.map { $0.text() })")
    guard case .command(let statement)? = script.statements.first else {
      throw LanguageError(
        .unexpected(text), at: Span(line: 1, column: 1, length: 1), in: script.source)
    }
    return (statement, statement.arguments.first { $0.key?.value == "where" })
  }

  @Test(arguments: [
    ("show t where a > 5", "where a > 5"),
    ("show t where a>5 sort=b", "where a > 5"),
    ("t where a == 5 > f.csv", "where a == 5"),
    ("t where a > 5 and b in [x, y] > f.csv", "where a > 5 and b in [x, y]"),
    ("t where (a > 5) > f.csv", "where (a > 5)"),
    ("t where not a==b and $x<3 as r", "where not a == b and $x < 3"),
    ("t where a > 5 >> f.csv", "where a > 5"),
  ])
  func conditionEndsWhereTheNextPartBegins(text: String, condition: String) throws {
    let (statement, argument) = try argument(text)
    #expect(argument?.description == condition)
    #expect(Script("\(statement)", name: "test").statements == [.command(statement)])
    #expect((statement.output != nil) == text.contains(".csv"))
    #expect((statement.resultName != nil) == text.contains(" as "))
  }

  @Test(arguments: [
    "select signs where brightness=..60 as dark", "select signs where class=3 and not split=test",
    "print where is it", "print where a > b.txt", "show where", "t where a",
  ])
  func otherWordsStayWords(text: String) throws {
    #expect(try argument(text).1 == nil)
  }

  private func test(_ text: String, _ columns: [String]) throws -> RowTest {
    let (statement, _) = try argument("show where \(text)")
    let checked = try Registry<Shelf>([Shelf.show]).check(
      statement, from: Source(name: "test", text: "show where \(text)"),
      variables: Variables(["x": Operand("7")]), in: Shelf())
    return try #require(checked.arguments[Shelf.condition]).test(of: columns)
  }

  @Test(arguments: [
    ("a > 5", true), ("a > $x", false), ("b == kd", true), ("b == \"kd\"", true),
    ("kd == b", true), ("a * 2 == 12", true), ("b in [ft, kd]", true), ("not b == kd", false),
    ("c > 1", false), ("not c > 1", false), ("c == c", false), ("a == 6 or c > 1", true),
    ("a == 6 and c > 1", false), ("max(a, 10) == 10", true), ("good == on", true),
    ("b == a", false),
  ])
  func rowIsChosenByItsCells(text: String, holds: Bool) throws {
    let nothing: Value? = nil
    let cells: [String: Value?] = [
      "a": Value.integer(6), "b": Value.text("kd"), "c": nothing, "good": Value.flag(true),
    ]
    let found = try test(text, cells.keys.sorted()).holds(cells, in: NoObjects())
    #expect(found == holds)
  }

  @Test func comparisonWithoutAColumnIsAnError() throws {
    for (text, meant) in [("memroy > 5", "memory"), ("strateg == kd", "strategy")] {
      do {
        _ = try test(text, ["memory", "strategy"])
        Issue.record("\(text) was taken")
      } catch let error as LanguageError {
        #expect(error.text().contains("did you mean '\(meant)'"), "\(error.text())")
      }
    }
  }
}

/// Objects and a command with a condition.
private struct Shelf: CommandContext {
  typealias Output = String
  var functions = FunctionLibrary()
  var names: [String] { [] }

  func kind(of name: String) -> ObjectKind? { nil }
  func names(of kind: ObjectKind) -> [String] { [] }

  static let condition = Parameter.optional("where", .condition, "What rows shall meet.")
  static let show = Command<Shelf>(
    "show", "Shows.", category: CommandCategory("Test", order: 0), effect: .looks,
    parameters: [condition], examples: []
  ) { _, _ in "" }
}
