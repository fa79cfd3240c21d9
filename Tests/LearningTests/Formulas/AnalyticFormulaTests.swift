import Datasets
import Foundation
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// Ridge regression on one-hot targets (Zhuang et al. 2022; McDonnell et al. 2023): the weights that
/// minimise Σ w·‖y − W·f − b‖² / Σ w + λ·‖W‖², f the standardized features, w = n^−balance for an image
/// of a class of n. The features of a network without hidden layers are the pixels.
struct AnalyticFormulaTests {
  /// [class][feature, intercept last], for features as they are.
  private func ridge(
    _ rows: [[[Double]]], ridge: Double, balance: Double
  ) -> [[Double]] {
    let weights = rows.map { pow(Double($0.count), -balance) }
    let mass = zip(rows, weights).reduce(0) { $0 + Double($1.0.count) * $1.1 }
    func mean(_ value: (_ x: [Double], _ label: Int) -> Double) -> Double {
      rows.indices.reduce(0) { sum, label in
        rows[label].reduce(sum) { $0 + weights[label] * value($1, label) / mass }
      }
    }
    let means = (0..<6).map { i in mean { x, _ in x[i] } }
    let deviations = (0..<6).map { i in
      mean { x, _ in (x[i] - means[i]) * (x[i] - means[i]) }.squareRoot()
    }
    func standard(_ x: [Double], _ i: Int) -> Double { (x[i] - means[i]) / deviations[i] }
    let correlations = (0..<6).map { i in
      (0..<6).map { j in
        mean { x, _ in standard(x, i) * standard(x, j) } + (i == j ? ridge : 0)
      }
    }
    let targets = (0..<6).map { i in
      rows.indices.map { k in mean { x, label in label == k ? standard(x, i) : 0 } }
    }
    let solved = plainSolution(correlations, targets)
    return rows.indices.map { k in
      let slopes = (0..<6).map { solved[$0][k] / deviations[$0] }
      let share = mean { _, label in label == k ? 1 : 0 }
      return slopes + [share - zip(slopes, means).reduce(0) { $0 + $1.0 * $1.1 }]
    }
  }

  @Test(arguments: [(0.03, 0, 1), (0.5, 1, 1), (0.1, 0.5, 3)] as [(Double, Double, Int)])
  func scoresAreRidgeRegression(ridge: Double, balance: Double, views: Int) throws {
    var course = try FollowedRun(
      "analytic",
      [
        "hog": .flag(false), "ridge": .real(ridge), "balance": .real(balance),
        "views": .integer(views), "batch": .integer(4),
      ])
    for task in 0..<3 {
      try course.evaluateTask()
      let classes = course.run.tasks.classes(through: task)
      let solved = self.ridge(
        classes.map { course.pixels(course.data.train.indices(of: [$0])) }, ridge: ridge,
        balance: balance)
      let images = course.data.batch(0..<12, of: .test, random: RandomStream(seed: 0)).images
      let scores = course.run.scores(images, course.data, on: FollowedRun.device)[0]
      let expected = (0..<12).flatMap { image in
        let x = self.views(
          course.data.test.image(at: image).map { Double($0) / 255 }, count: views)
        return solved.map { row in
          (0..<6).reduce(row[6]) { $0 + row[$1] * x[$1] }
        }
      }
      expectNear(
        scores.elements.map(Double.init), expected, tolerance: 1e-4,
        "the scores after task \(task)")
    }
  }

  /// The mean of an image of 2 × 3 pixels and those of its copies one pixel to the right and to the
  /// left that count, the edge repeated.
  private func views(_ x: [Double], count: Int) -> [Double] {
    let shifts = [0, 1, -1].prefix(count)
    return (0..<6).map { place in
      let (row, column) = place.quotientAndRemainder(dividingBy: 3)
      return shifts.reduce(0) { sum, shift in
        sum + x[row * 3 + min(max(column - shift, 0), 2)] / Double(count)
      }
    }
  }
}
