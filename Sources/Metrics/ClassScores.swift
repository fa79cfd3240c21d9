import Foundation

/// What a classifier says of labeled images, a row of numbers for each, and how good that is.
public struct ClassScores: Hashable, Sendable {
  /// [N, width], row by row.
  public let values: [Float]
  /// Classes.
  public let width: Int
  /// The column of each image's class, [N].
  public let labels: [Int]

  public init(_ values: [Float], width: Int, labels: [Int]) {
    precondition(
      values.count == labels.count * width && labels.allSatisfy { (0..<width).contains($0) },
      "\(values.count) scores of \(width) classes for \(labels.count) images")
    self.values = values
    self.width = width
    self.labels = labels
  }

  /// Share of the images whose class is among the `count` with the highest scores, in percent; nil
  /// without images. Of equal scores the first is the higher.
  public func accuracy(top count: Int) -> Double? {
    mean { row, label in
      let own = row[row.startIndex + label]
      // No number is higher than one that is none: such an image is wrong.
      guard !own.isNaN else { return 0 }
      let above = row.enumerated().count { column, score in
        score > own || (score == own && column < label)
      }
      return above < count ? 100 : 0
    }
  }

  /// Brier score of probabilities (Brier 1950): mean over the images of Σ_c (p_c − y_c)², y being
  /// 1 for the image's class and else 0. From 0, the best, to 2; nil without images.
  public var brierScore: Double? {
    mean { row, label in
      row.enumerated().reduce(0.0) { sum, column in
        let error = Double(column.element) - (column.offset == label ? 1 : 0)
        return sum + error * error
      }
    }
  }

  /// Negative log-likelihood of probabilities, mean over the images of −log p of the image's class;
  /// nil without images. A p of less than the least normal `Float` counts as that, so that
  /// no image weighs more than 87.3.
  public var negativeLogLikelihood: Double? {
    mean { row, label in -log(Double(max(row[row.startIndex + label], .leastNormalMagnitude))) }
  }

  /// Of probabilities, the largest of each image being its confidence; nil where they are none.
  public func calibration(bins: Int = Calibration.standardBinCount) -> Calibration? {
    let winners = labels.indices.map { image in
      row(image).indices.reduce(image * width) { values[$1] > values[$0] ? $1 : $0 }
    }
    return Calibration(
      confidences: winners.map { values[$0] },
      isRight: labels.indices.map { winners[$0] == $0 * width + labels[$0] }, bins: bins)
  }

  private func row(_ image: Int) -> ArraySlice<Float> {
    values[image * width..<(image + 1) * width]
  }

  private func mean(_ figure: (_ row: ArraySlice<Float>, _ label: Int) -> Double) -> Double? {
    guard !labels.isEmpty else { return nil }
    return labels.indices.reduce(0) { $0 + figure(row($1), labels[$1]) } / Double(labels.count)
  }
}
