import CommandLanguage
import Testing

/// Numbers along which something is tried: `0..30`, `[0, 2.5]`, `15`.
struct SeriesTests {
  private let kind = ValueKind<NumberSeries>.series(-180...180)
  private let span = Span(line: 1, column: 1, length: 1)

  private func read(_ value: Value) throws(ValueProblem) -> NumberSeries {
    try kind.value(of: Operand(value, spelling: "x", at: span), in: NoObjects())
  }

  @Test func rangesListsAndNumbersAreRead() throws {
    #expect(try read(.range(lower: -30, upper: 30)) == .span(from: -30, through: 30))
    #expect(try read(.integer(15)) == .list([15]))
    #expect(try read(.list([Operand("0"), Operand("2.5")])) == .list([0, 2.5]))
  }

  @Test(arguments: [
    Value.range(lower: 30, upper: 0), .range(lower: 0, upper: 200), .list([]), .real(180.5),
    .word("far"), .list([Operand("0"), Operand("on")]),
  ])
  func othersAreRefused(value: Value) { #expect(throws: ValueProblem.self) { try read(value) } }

  @Test func rangesAreDivided() {
    #expect(
      NumberSeries.span(from: 0, through: 30).numbers(steps: 7) == [0, 5, 10, 15, 20, 25, 30])
    #expect(NumberSeries.span(from: -1, through: 1).numbers(steps: 2) == [-1, 1])
    #expect(NumberSeries.list([3, 0.5]).numbers(steps: 7) == [3, 0.5])
    // The end is what was asked for, whatever rounding does between.
    #expect(NumberSeries.span(from: 0, through: 7).numbers(steps: 50).last == 7)
  }
}
