/// Precision, recall and F1 of each class (van Rijsbergen 1979) and their means over the classes,
/// in percent.
///
/// With the images of a class that are classified as it (TP), those of other classes that are
/// classified as it (FP), and its own that are classified as another (FN). A figure whose
/// denominator is 0 is undefined: it is nil and left out of every mean, as scikit-learn does with
/// `zero_division=nan` (its default counts a 0).
public struct ClassificationReport: Hashable, Sendable {
  /// What is said of a class, or of several.
  public struct Rates: Hashable, Sendable {
    /// TP / (TP + FP); nil where no image is classified so.
    public let precision: Double?
    /// TP / (TP + FN); nil where there are no images.
    public let recall: Double?
    /// 2·TP / (2·TP + FP + FN), the harmonic mean of precision and recall; 0 for a class that has
    /// images and is never predicted.
    public let f1: Double?
    /// Images.
    public let support: Int
  }

  public let classes: [Int]
  /// In the order of `classes`.
  public let byClass: [Rates]
  /// Of TP, FP and FN summed up over the classes. Without columns beyond the classes, all three are
  /// the accuracy.
  public let micro: Rates
  /// Mean over the classes for which a figure is defined.
  public let macro: Rates
  /// The same mean, each class weighted by its images.
  public let weighted: Rates
  /// The classes that no image is classified as: their precision is undefined.
  public let neverPredicted: [Int]
  /// The classes without images: their recall is undefined.
  public let withoutImages: [Int]

  /// - Parameter evaluation: Of all classes that compete. Of one that is `limited`, images of the
  ///   classes left out are not seen, so that precision comes out too high.
  public init(_ evaluation: Evaluation) {
    let (confusion, positions) = (evaluation.confusion, evaluation.classes.indices)
    let right = positions.map { confusion[$0][$0] }
    let supports = positions.map { confusion[$0].reduce(0, +) }
    let predicted = positions.map { column in
      positions.reduce(0) { $0 + confusion[$1][column] }
    }
    let byClass = positions.map { position in
      Rates(right: right[position], predicted: predicted[position], support: supports[position])
    }
    let support = supports.reduce(0, +)
    func mean(_ figure: (Rates) -> Double?) -> Double? { meanOfKnown(byClass.map(figure)) }
    func weightedMean(_ figure: (Rates) -> Double?) -> Double? {
      var (sum, weight) = (0.0, 0)
      for figures in byClass {
        guard let value = figure(figures) else { continue }
        sum += value * Double(figures.support)
        weight += figures.support
      }
      return weight == 0 ? nil : sum / Double(weight)
    }
    classes = evaluation.classes
    self.byClass = byClass
    micro = Rates(
      right: right.reduce(0, +), predicted: predicted.reduce(0, +), support: support)
    macro = Rates(
      precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1), support: support)
    weighted = Rates(
      precision: weightedMean(\.precision), recall: weightedMean(\.recall), f1: weightedMean(\.f1),
      support: support)
    neverPredicted = positions.filter { predicted[$0] == 0 }.map { evaluation.classes[$0] }
    withoutImages = evaluation.classesWithoutImages
  }
}

extension ClassificationReport.Rates {
  /// - Parameters:
  ///   - right: TP.
  ///   - predicted: TP + FP.
  ///   - support: TP + FN.
  fileprivate init(right: Int, predicted: Int, support: Int) {
    func percent(_ part: Int, of whole: Int) -> Double? {
      whole == 0 ? nil : 100 * Double(part) / Double(whole)
    }
    precision = percent(right, of: predicted)
    recall = percent(right, of: support)
    f1 = percent(2 * right, of: predicted + support)
    self.support = support
  }
}
