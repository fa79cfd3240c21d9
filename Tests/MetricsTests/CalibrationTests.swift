import Metrics
import Testing

struct CalibrationTests {
  @Test func binsAndErrorsAreThoseOfTheDefinition() throws {
    let golden = try GoldenFigures.read()
    #expect(golden.calibration.map(\.count) == [Calibration.standardBinCount, 4])
    for expected in golden.calibration {
      let found = try #require(golden.scores.calibration(bins: expected.count))
      #expect(found.count == 120 && found.bins.count == expected.count)
      #expect(isNear(found.expectedError, expected.ece) && isNear(found.maximumError, expected.mce))
      for (bin, values) in zip(found.bins, expected.bins) {
        #expect(Double(bin.count) == values[0])
        #expect(isNear(bin.confidence, values[1]) && isNear(bin.accuracy, values[2]))
      }
    }
  }

  /// A bin has its upper bound and not its lower; the first has 0.
  @Test func boundsBelongToTheBinBelow() throws {
    let calibration = try #require(
      Calibration(
        confidences: [0, 0.25, 0.5, 0.75, 1, 0.26], isRight: [true, true, true, true, true, false],
        bins: 4))
    #expect(calibration.bins.map(\.count) == [2, 2, 1, 1])
    #expect(calibration.bins.map(\.accuracy) == [1, 0.5, 1, 1])
    #expect(calibration.bins.map(\.lower) == [0, 0.25, 0.5, 0.75])
    #expect(calibration.bins.map(\.upper) == [0.25, 0.5, 0.75, 1])
  }

  @Test func whoIsRightAsOftenAsSureIsCalibrated() throws {
    let confidences = [Float](repeating: 0.75, count: 8)
    let right = [true, true, true, false, true, true, true, false]
    let good = try #require(Calibration(confidences: confidences, isRight: right))
    #expect(good.expectedError == 0 && good.maximumError == 0)
    #expect(good.bins.count { $0.gap == nil } == 14)
    let bad = try #require(Calibration(confidences: confidences, isRight: right.map { !$0 }))
    #expect(bad.expectedError == 0.5 && bad.maximumError == 0.5)
  }

  @Test(arguments: [Float.nan, .infinity, -0.01, 1.01])
  func whatIsNoProbabilityHasNoCalibration(value: Float) {
    #expect(Calibration(confidences: [0.5, value], isRight: [true, true]) == nil)
    #expect(Calibration(confidences: [], isRight: []) == nil)
    #expect(ClassScores([value, value], width: 2, labels: [0]).calibration() == nil)
  }
}

struct ClassScoresTests {
  @Test func figuresAreThoseOfScikitLearn() throws {
    let golden = try GoldenFigures.read()
    for (count, accuracy) in golden.top {
      #expect(isNear(golden.scores.accuracy(top: try #require(Int(count))), accuracy), "\(count)")
    }
    #expect(isNear(golden.scores.brierScore, golden.brier))
    #expect(isNear(golden.scores.negativeLogLikelihood, golden.likelihood))
  }

  /// As `argmax` does.
  @Test func firstOfEqualScoresIsTheHigher() {
    let scores = [Float](repeating: 2, count: 9)
    for label in 0..<3 {
      let image = ClassScores(Array(scores.prefix(3)), width: 3, labels: [label])
      for count in 1...3 { #expect(image.accuracy(top: count) == (label < count ? 100 : 0)) }
    }
    #expect(ClassScores(scores, width: 3, labels: [0, 1, 2]).accuracy(top: 4) == 100)
  }

  @Test func numbersThatAreNoneAreWrong() {
    let broken = ClassScores([.nan, .nan, 1, 2], width: 2, labels: [0, 1])
    #expect(broken.accuracy(top: 1) == 50 && broken.accuracy(top: 2) == 50)
  }

  @Test func extremesOfProbabilities() throws {
    let sure = ClassScores([1, 0, 0, 1], width: 2, labels: [0, 1])
    #expect(sure.brierScore == 0 && sure.negativeLogLikelihood == 0)
    let wrong = ClassScores([0, 1], width: 2, labels: [0])
    #expect(wrong.brierScore == 2)
    #expect(abs(try #require(wrong.negativeLogLikelihood) - 87.336) < 1e-2)
    let nothing = ClassScores([], width: 2, labels: [])
    #expect(nothing.brierScore == nil && nothing.negativeLogLikelihood == nil)
    #expect(nothing.accuracy(top: 1) == nil && nothing.calibration() == nil)
  }
}
