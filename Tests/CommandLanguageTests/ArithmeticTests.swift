import CommandLanguage
import Testing

/// Sums, comparisons and ranges against results that were worked out by hand.
struct ArithmeticTests {
  @Test(arguments: [
    ("1 < 2", true), ("2 < 2", false), ("3 < 2", false), ("1 <= 2", true), ("2 <= 2", true),
    ("3 <= 2", false), ("1 > 2", false), ("2 > 2", false), ("3 > 2", true), ("1 >= 2", false),
    ("2 >= 2", true), ("3 >= 2", true), ("2 == 2", true), ("2 == 3", false), ("2 != 2", false),
    ("2 != 3", true), ("2 == 2.0", true), ("-1 < 0.5", true), ("0.5 <= 0.5", true),
    ("0.5 > 0.5", false), ("0.5 < 0.5", false), ("80% >= 80", true), ("2m > 90s", true),
    ("word == word", true), ("word == other", false), ("word != other", true),
    // Words are the same if they mean the same or are spelled the same.
    ("'word' == word", true), ("'word' != word", false), ("on == yes", true), ("on != yes", false),
    ("'5' != 6", true), ("conv(1, 2) == conv(1,2)", true), ("conv(1) == conv(2)", false),
    ("conv(1) == pool(1)", false), ("[a, 1] == [a, 1]", true), ("[a, 1] != [a, 2]", true),
    ("2 + 3 == 5", true), ("2 * 3 > 5 + 1", false), ("not 1 > 2", true), ("not 2 >= 2", false),
  ])
  func comparisonHolds(condition: String, expected: Bool) {
    #expect(said("if \(condition) { say yes } else { say no }") == [expected ? "yes" : "no"])
  }

  @Test(arguments: [
    ("7 - 2", "5"), ("2 - 7", "-5"), ("0.5 - 2", "-1.5"), ("20 - 6 - 4", "10"),
    ("24 / 4 / 2", "3"), ("24 / 4 * 2", "12"), ("2 + 12 / 4", "5"), ("12 / 4 + 2", "5"),
    ("20 - 12 / 4", "17"), ("2 + 3 * 4 - 10 / 5", "12"), ("2 * 3 + 4 * 5", "26"),
    ("7 / 2", "3.5"), ("0.5 * 4", "2"), ("1.5 + 2", "3.5"), ("3 * -2", "-6"),
  ])
  func sumComesTo(sum: String, expected: String) {
    #expect(said("let x = \(sum)\nsay $x") == [expected])
  }

  @Test(arguments: [
    ("1..3", "1 2 3"), ("3..1", "3 2 1"), ("5..5", "5"), ("-1..1", "-1 0 1"), ("0..1", "0 1"),
    ("[4, 2]", "4 2"),
  ])
  func loopGoesThrough(values: String, expected: String) {
    #expect(
      said("for i in \(values) { say $i }") == expected.split(separator: " ").map(String.init))
  }

  @Test(arguments: [("0", 0), ("1", 1), ("3", 3)])
  func repeatGoesRound(count: String, expected: Int) {
    #expect(said("repeat \(count) { say a }") == Array(repeating: "a", count: expected))
  }

  /// Both ends of a range belong to it, and nothing beyond.
  @Test(arguments: [
    ("pretrain net on=T epochs=1", true), ("pretrain net on=T epochs=0", false),
    ("pretrain net on=T epochs=1000", true), ("pretrain net on=T epochs=1001", false),
    // Above 0, through 10.
    ("pretrain net on=T lr=0", false), ("pretrain net on=T lr=1e-9", true),
    ("pretrain net on=T lr=10", true), ("pretrain net on=T lr=10.001", false),
    ("tasks signs size=2 order=[0, 42]", true), ("tasks signs size=2 order=[0, 43]", false),
    ("tasks signs size=2 order=[-1, 0]", false), ("tasks signs size=2 order=0..42", true),
    ("tasks signs size=2 order=0..43", false), ("tasks signs size=2 order=-1..42", false),
    ("define model layers=[conv(1, 2), pool, pool(2)]", true),
    ("define model layers=[conv(1)]", false), ("define model layers=[conv(1, 2, 3)]", false),
    ("define model layers=[pool(1, 2)]", false), ("say T.5; pretrain net on=T.5", true),
    ("pretrain net on=T.6", false),
  ])
  func valueIsAcceptedWithinItsRange(statement: String, isRight: Bool) {
    let errors = Registry.sample.check(
      Script(statement, name: "test"), in: Classroom.furnished)
    #expect(errors.isEmpty == isRight, "\(errors.map { $0.text() })")
  }

  /// A range in a list stands for both of its ends and all between.
  @Test func rangeInAListStandsForAllItsNumbers() {
    #expect(
      said("tasks signs size=8 order=[7, 0..3, 5..5] as U") == ["8 given([7, 0, 1, 2, 3, 5])"])
  }
}
