import Foundation
import Metrics
import Testing

/// What follows from accuracies that were measured while a run learned.
struct ContinualEvaluationTests {
  /// What `scripts/reference/continual_evaluation.py` wrote down.
  private struct Course: Decodable {
    var steps: [Int]
    var accuracies: [[Double?]]
    var learnedIn: [Int]
    var ends: [Int]
    /// Forgetting, min-ACC, WC-ACC.
    var figures: [[Double?]]
    /// Target, task, before, lowest, after.
    var gaps: [[Double]]
    var stabilityGap: Double?
    var recovery: Double?
    var forgetting: Double?

    var evaluation: ContinualEvaluation {
      ContinualEvaluation(
        zip(steps, accuracies).map { .init(steps: $0, accuracies: $1) }, learnedIn: learnedIn,
        ends: ends)
    }
  }

  private static func courses() throws -> [Course] {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Golden")
    return try JSONDecoder().decode(
      [Course].self, from: Data(contentsOf: folder.appendingPathComponent("continual.json")))
  }

  @Test(arguments: 0..<5)
  func figuresAreThoseOfTheirDefinitions(number: Int) throws {
    let course = try Self.courses()[number]
    let found = course.evaluation
    for (row, expected) in course.figures.enumerated() {
      let figures = found.figures[row]
      let all = [figures.forgetting, figures.minimum, figures.worstCase]
      for (figure, expected) in zip(all, expected) {
        #expect(isNear(figure, expected), "measurement \(row)")
      }
    }
    #expect(
      found.gaps.map { [Double($0.target), Double($0.task), $0.before, $0.lowest, $0.after] }
        == course.gaps)
    #expect(isNear(found.stabilityGap, course.stabilityGap))
    #expect(isNear(found.recovery, course.recovery))
    #expect(isNear(found.forgetting, course.forgetting))
  }

  /// A task of 80 % falls to 30 while the next is learned, and comes back to 60.
  @Test func aFallAndARecovery() {
    let found = ContinualEvaluation(
      [(0, nil, nil), (2, 80, nil), (3, 30, 20), (4, 50, 60), (5, 60, 90)].map {
        .init(steps: $0.0, accuracies: [$0.1, $0.2])
      }, learnedIn: [0, 1], ends: [2, 5])
    #expect(found.gaps.map(\.depth) == [50] && found.gaps.map(\.recovered) == [30])
    #expect(found.figures.map(\.forgetting) == [nil, nil, 50, 30, 20])
    #expect(found.figures.map(\.minimum) == [nil, nil, 30, 30, 30])
    #expect(found.figures.map(\.worstCase) == [nil, 80, 25, 45, 60])
    #expect(found.forgetting == 100.0 / 3)
  }

  /// Without a measurement at the end of the task before, nobody knows from where it fell.
  @Test func noGapWithoutItsBeginning() {
    let found = ContinualEvaluation(
      [(1, 70.0), (3, 30), (4, 50)].map { .init(steps: $0.0, accuracies: [$0.1]) },
      learnedIn: [0], ends: [2, 4])
    #expect(found.gaps.isEmpty && found.stabilityGap == nil && found.recovery == nil)
    #expect(found.figures.map(\.minimum) == [nil, 30, 30])
  }
}
