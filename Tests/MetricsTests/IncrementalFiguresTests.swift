import Metrics
import Testing

struct IncrementalFiguresTests {
  /// Two tasks of one class; the second costs half of the first.
  private let evaluations = [
    Evaluation(classes: [7], confusion: [[4]]),
    Evaluation(classes: [7, 3], confusion: [[2, 2], [0, 12]]),
  ]

  @Test func figuresFollowFromTheEvaluations() {
    let figures = IncrementalFigures(evaluations, tasks: [[7], [3]])
    #expect(figures.byTask == [100, 87.5])
    #expect(figures.final == 87.5 && figures.average == 93.75)
    #expect(figures.matrix.rows == [[100], [50, 100]])
    #expect(figures.meanOverTasks == 75)
    #expect(figures.forgetting == 50 && figures.backwardTransfer == -50)
  }

  @Test func anotherMetricIsTheSameOfOtherNumbers() {
    let figures = IncrementalFigures(evaluations, tasks: [[7], [3]], by: .macro)
    #expect(figures.byTask == [100, 75] && figures.average == 87.5)
    #expect(IncrementalFigures(evaluations, tasks: [[7], [3]], by: .taskMasked).final == nil)
  }

  @Test func withoutAnEvaluationThereIsNoFigure() {
    let figures = IncrementalFigures([], tasks: [[7], [3]])
    #expect(figures.final == nil && figures.average == nil && figures.forgetting == nil)
  }
}
