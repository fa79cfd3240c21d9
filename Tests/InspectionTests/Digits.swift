import Foundation
import Inspection
import Tensors
import Testing

/// 600 handwritten digits, and what `scripts/reference/inspection_sklearn.py` wrote down of
/// scikit-learn's answers on them.
struct Digits: Decodable {
  struct Components: Decodable {
    var variances: [Double]
    var shares: [Double]
    /// Every 7th number.
    var components: [Double]
    /// Every 13th coordinate of the rows from 400 on.
    var others: [Double]
  }

  struct Nearest: Decodable {
    var rows: [Int]
    var distances: [Double]
  }

  struct Alignments: Decodable {
    var ofHalves: Double
    var ofFewImages: Double
    var ofUnequalWidths: Double
  }

  struct Embedding: Decodable {
    struct Affinities: Decodable {
      var rowSums: [Double]
      /// Every 20th row and column.
      var sample: [Double]
    }

    var affinities: Affinities
    var divergence: Double
    /// Every 7th number.
    var gradient: [Double]
    /// Every 7th coordinate after ten exaggerated steps and ten others.
    var afterSteps: [Double]
    var trustworthiness: Double
    var finalDivergence: Double
  }

  /// A letter for each pixel, from a for 0.
  var rows: [String]
  var pca: Components
  var widePCA: Components
  /// Of the first 200 rows, [200][2].
  var map: [[Float]]
  var trustworthiness: [String: Double]
  var nearest: [String: [Nearest]]
  var cka: Alignments
  var tsne: Embedding

  static func read() throws -> Digits {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Golden")
    return try JSONDecoder().decode(
      Digits.self, from: Data(contentsOf: folder.appendingPathComponent("digits.json")))
  }

  /// Some of the rows, and of their 64 pixels, [N, F].
  func pixels(_ range: Range<Int>, columns: Range<Int> = 0..<64) -> Tensor {
    Tensor(
      [range.count, columns.count],
      rows[range].flatMap { row in row.utf8.map { Float($0) - 97 }[columns] })
  }

  /// [200, 2]
  var givenMap: Tensor { Tensor([200, 2], map.flatMap(\.self)) }
}

let pool = ThreadPool(threadCount: 2)

func isNear(_ a: Double, _ b: Double, within tolerance: Double = 1e-7) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(b))
}
