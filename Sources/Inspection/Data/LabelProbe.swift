public import Learning
public import Tensors

/// Linear classifiers on features that never change, one for each fold, which has not seen it: ridge
/// regression on one-hot labels, in closed form (a linear probe; Alain and Bengio 2017).
public struct LabelProbe: Sendable {
  /// What is added to the diagonal of the features' correlations.
  public static let ridge = 0.03

  /// Over the images of each fold.
  private var sums: [RidgeSums]

  public init(features: Int, classes: Int, folds: Int) {
    var empty = RidgeSums(features: features)
    empty.grow(classes: classes)
    sums = [RidgeSums](repeating: empty, count: folds)
  }

  /// - Parameter features: [N, F]
  public mutating func add(
    _ features: Tensor, labels: [Int], fold: Int, on pool: ThreadPool
  ) {
    sums[fold].add(features, labels: labels, on: pool)
  }

  /// What the other folds teach; nil if they are empty.
  ///
  /// - Returns: The classifier, and which classes it knows.
  public func classifier(
    without fold: Int, on pool: ThreadPool
  ) -> (map: LinearMap, known: [Bool])? {
    let others = sums.indices.filter { $0 != fold }
    guard let first = others.first else { return nil }
    var total = sums[first]
    for other in others.dropFirst() { total += sums[other] }
    guard let solution = total.solution(ridge: Self.ridge, on: pool) else { return nil }
    return (solution.classifier, total.masses.map { $0 > 0 })
  }
}
