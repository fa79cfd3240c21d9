import Datasets
import Foundation
import Inspection
import Metrics
import Testing

/// What follows from a model's scores.
struct PredictionTests {
  private let tasks = [[7, 3], [5, 9]]

  private func answers(
    _ rows: [[Float]], labels: [Int]?, scenario: Scenario = .classIncremental
  ) -> Predictions {
    Predictions(
      images: Array(10..<10 + rows.count), labels: labels, scores: rows.flatMap(\.self),
      outputs: rows[0].count, tasks: TaskSequence(tasks: tasks, scenario: scenario))
  }

  @Test func answerIsTheClassOfTheLargestScore() {
    let answers = answers([[1, 3, 0, 2]], labels: [5])
    let prediction = answers[0]
    #expect(prediction.image == 10 && prediction.label == 5)
    #expect(prediction.answer == 3 && !prediction.isRight)
    let sum = exp(1.0) + exp(3.0) + exp(0.0) + exp(2.0)
    #expect(abs(prediction.probability - exp(3.0) / sum) < 1e-12)
    #expect(abs(prediction.ofTruth! - 1 / sum) < 1e-12)
    #expect(abs(prediction.loss! - log(sum)) < 1e-12)
    #expect(prediction.margin == 3)
  }

  @Test func rankingBeginsWithTheMostLikely() {
    let ranking = answers([[1, 3, 3, 2]], labels: [5]).ranking(at: 0)
    // Of equals the first.
    #expect(ranking.map(\.output) == [1, 2, 3, 0])
    #expect(abs(ranking.reduce(0) { $0 + $1.probability } - 1) < 1e-12)
  }

  /// Scores that a softmax in single precision would turn into 0 and infinity.
  @Test func lossOfLargeDifferencesIsTheirDistance() {
    let prediction = answers([[800, -800, 0, 0]], labels: [3])[0]
    #expect(prediction.loss == 1600 && prediction.probability == 1 && prediction.ofTruth == 0)
  }

  @Test func toldTaskLeavesOnlyItsOutputs() {
    let answers = answers([[9, 0, 1, 2]], labels: [5], scenario: .taskIncremental)
    #expect(answers[0].answer == 9)
    #expect(answers.probabilities(at: 0)[...1] == [0, 0])
    #expect(answers.ranking(at: 0).map(\.output) == [3, 2])
  }

  @Test func sharedOutputStandsForAClassOfTheImagesOwnTask() {
    let shared = answers([[0, 1], [0, 1]], labels: [5, 3], scenario: .domainIncremental)
    #expect(shared.classes == [[7, 5], [3, 9]])
    #expect(shared[0].answer == 9 && shared[1].answer == 3 && shared[1].isRight)
  }

  @Test func photographHasNoTruth() {
    let prediction = answers([[0, 1, 0, 0]], labels: nil)[0]
    #expect(prediction.answer == 3 && prediction.label == nil)
    #expect(prediction.loss == nil && prediction.margin == nil && !prediction.isRight)
  }

  @Test func classWithoutAnOutputIsWrong() {
    let prediction = answers([[0, 1, 0, 0]], labels: [4])[0]
    #expect(prediction.answer == 3 && !prediction.isRight && prediction.ofTruth == nil)
  }

  /// As nearest means have it before there are any.
  @Test func nothingIsAnsweredWithoutScores() {
    let prediction = answers([[-.infinity, -.infinity, -.infinity, -.infinity]], labels: [7])[0]
    #expect(prediction.answer == nil && !prediction.isRight && prediction.probability == 0)
  }

  @Test func outputBeyondTheClassesStandsForNone() {
    let prediction = answers([[0, 0, 0, 0, 5]], labels: [7])[0]
    #expect(prediction.answer == nil && !prediction.isRight)
  }

  @Test(arguments: [
    // The surest answer, the widest margin, the least probable truth.
    (Predictions.MistakeOrder.confidence, [2, 0, 1]), (.margin, [1, 2, 0]), (.loss, [1, 2, 0]),
  ])
  func mistakesAreSorted(order: Predictions.MistakeOrder, positions: [Int]) {
    let answers = answers(
      [[2, 1, 0, 0], [4, 0, 0, 4], [3, 0, 0, 0], [9, 0, 0, 0]], labels: [3, 3, 3, 7])
    #expect(answers.mistakes(by: order).map(\.position) == positions)
  }

  @Test func mistakesAreChosenByClass() {
    let answers = answers([[1, 0, 0, 0], [0, 0, 0, 1], [0, 1, 0, 0]], labels: [3, 3, 5])
    #expect(answers.mistakes(true: [3], by: .loss).map(\.position) == [0, 1])
    #expect(answers.mistakes(as: [7], by: .loss).map(\.position) == [0])
    #expect(answers.mistakes(true: [5], as: [9], by: .loss).isEmpty)
  }

  @Test func imagesAreSharedOutByWhoIsRight() {
    let first = answers(
      [[1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0]], labels: [7, 7, 7, 7])
    let second = answers(
      [[1, 0, 0, 0], [0, 1, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0]], labels: [7, 7, 7, 7])
    let cells = Disagreement(first, second)
    #expect(cells.bothRight == [0] && cells.onlyFirst == [1])
    #expect(cells.onlySecond == [2] && cells.neither == [3])
  }

  @Test func evaluationCountsWhatWasTakenForWhat() {
    let evaluation = answers([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]], labels: [7, 7, 4])
      .evaluation
    #expect(evaluation.classes == [7, 3, 5, 9])
    #expect(evaluation.confusion[0] == [1, 1, 0, 0, 0] && evaluation.total == 2)
  }
}
