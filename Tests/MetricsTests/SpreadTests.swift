import Metrics
import Testing

struct SpreadTests {
  /// Against the textbook: 2, 4, 4, 4, 5, 5, 7, 9 have mean 5 and a sum of squares of 32.
  @Test func meanAndDeviationAreThoseOfTheSample() throws {
    let spread = try #require(Spread([2, 4, 4, 4, 5, 5, 7, 9]))
    #expect(spread.mean == 5 && spread.count == 8)
    #expect(spread.standardDeviation == (32.0 / 7).squareRoot())
  }

  @Test func oneValueHasNoDeviation() throws {
    #expect(Spread([]) == nil)
    let one = try #require(Spread([97.5]))
    #expect(one.mean == 97.5 && one.standardDeviation == nil)
    #expect(Spread([3, 3, 3])?.standardDeviation == 0)
  }
}
