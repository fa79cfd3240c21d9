import Foundation
import Metrics
import Testing

/// What `scripts/reference/inspection_sklearn.py` wrote down of scikit-learn's and scipy's answers.
struct GoldenFigures: Decodable {
  struct Report: Decodable {
    struct Mean: Decodable {
      var precision: Double
      var recall: Double
      var f1: Double
    }

    var precision: [Double?]
    var recall: [Double?]
    var f1: [Double?]
    var support: [Int]
    var micro: Mean
    var macro: Mean
    var weighted: Mean
  }

  struct Calibration: Decodable {
    var count: Int
    /// Images, mean confidence, accuracy.
    var bins: [[Double?]]
    var ece: Double
    var mce: Double
  }

  struct Tests: Decodable {
    struct Differences: Decodable {
      var values: [Double]
      var sign: Double
      var permutation: Double
    }

    /// Right by the first alone, by the second alone, p.
    var mcNemar: [[Double]]
    var differences: [Differences]
  }

  var probabilities: [Float]
  var labels: [Int]
  var confusion: [[Int]]
  var report: Report
  var top: [String: Double]
  var brier: Double
  var likelihood: Double
  var calibration: [Calibration]
  var tests: Tests

  static func read() throws -> GoldenFigures {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Golden")
    return try JSONDecoder().decode(
      GoldenFigures.self, from: Data(contentsOf: folder.appendingPathComponent("figures.json")))
  }

  var scores: ClassScores { ClassScores(probabilities, width: 7, labels: labels) }
}

/// Whether both are undefined, or equal but for the last digits.
func isNear(_ a: Double?, _ b: Double?, within tolerance: Double = 1e-8) -> Bool {
  guard let a, let b else { return a == nil && b == nil }
  return abs(a - b) <= tolerance * max(1, abs(b))
}
