public import Tensors

/// The coefficients of a ridge regression in double precision.
public struct RidgeCoefficients: Hashable, Sendable {
  /// [features, classes], on the features as they are.
  public let weights: [Double]
  /// [classes], not penalised.
  public let intercepts: [Double]

  /// The same in single precision.
  public var classifier: LinearMap {
    let (classes, features) = (intercepts.count, weights.count / max(1, intercepts.count))
    var map = LinearMap(zeros: classes, inputs: features)
    for feature in 0..<features {
      for label in 0..<classes {
        map.weights.elements[label * features + feature] = Float(weights[feature * classes + label])
      }
    }
    map.bias = Block(intercepts.map { Float($0) })
    return map
  }
}

extension RidgeSums {
  /// The weights and intercepts that minimise
  /// Σ w·‖y − W·(x − mean)/deviation − b‖² / Σ w + ridge·‖W‖² over the images summed up, y one-hot.
  ///
  /// With R the features' correlation matrix: (R + ridge·I)·W = covariances of standardized
  /// features and targets. Features that never vary get weights of zero.
  ///
  /// - Parameter ridge: Above 0.
  /// - Returns: nil without images, or if rounding leaves no positive definite matrix.
  public func solution(ridge: Double, on pool: ThreadPool) -> RidgeCoefficients? {
    let (order, classes) = (features, classes)
    let images = masses.reduce(0, +)
    guard images > 0, classes > 0, ridge > 0 else { return nil }
    var means = [Double](repeating: 0, count: order)
    for label in 0..<classes {
      for feature in 0..<order { means[feature] += classSums.elements[label * order + feature] }
    }
    for feature in 0..<order { means[feature] /= images }
    let scales = (0..<order).map { feature -> Double in
      let square = products[feature, feature] / images
      let variance = square - means[feature] * means[feature]
      // Less than this is what rounding leaves of a constant.
      return variance > 1e-12 * square ? 1 / variance.squareRoot() : 0
    }
    var correlation = products
    correlation.standardize(images: images, means: means, scales: scales, adding: ridge, on: pool)
    guard let factor = CholeskyFactor(correlation, on: pool) else { return nil }
    var weights = [Double](repeating: 0, count: order * classes)
    for label in 0..<classes {
      let share = masses[label] / images
      for feature in 0..<order {
        let sum = classSums.elements[label * order + feature] / images
        weights[feature * classes + label] = (sum - share * means[feature]) * scales[feature]
      }
    }
    factor.solve(&weights, columns: classes)
    var intercepts = masses.map { $0 / images }
    for feature in 0..<order {
      for label in 0..<classes {
        weights[feature * classes + label] *= scales[feature]
        intercepts[label] -= weights[feature * classes + label] * means[feature]
      }
    }
    return RidgeCoefficients(weights: weights, intercepts: intercepts)
  }
}
