public import Networks
public import Tensors

/// Means of classes and the scatter about them, summed up image by image: exact, and the same in any
/// order but for rounding.
public struct GaussianClasses: Codable, Hashable, Sendable {
  public let features: Int
  /// Images of each class.
  public private(set) var counts: [Int] = []
  /// [classes, features]
  public private(set) var means = WideBlock([])
  /// S = Σ over classes of Σ (x − μ)(x − μ)ᵀ.
  public private(set) var scatter: SymmetricMatrix

  public init(features: Int = 0) {
    self.features = features
    scatter = SymmetricMatrix(zeros: features)
  }

  /// Adds images of one class (Welford 1962): S += c/(c+1)·(x − μ)(x − μ)ᵀ, μ += (x − μ)/(c + 1).
  ///
  /// - Parameters:
  ///   - x: [N, features]
  ///   - position: Of the class, from 0.
  public mutating func add(_ x: Tensor, of position: Int, on device: Device) {
    precondition(x.shape[1] == features, "features \(x.shape) for a scatter of \(features)")
    while counts.count <= position {
      counts.append(0)
      means.elements += [Double](repeating: 0, count: features)
    }
    let start = position * features
    for first in stride(from: 0, to: x.shape[0], by: Self.rowsAtOnce) {
      let rows = first..<min(first + Self.rowsAtOnce, x.shape[0])
      var deviations = [Double](repeating: 0, count: rows.count * features)
      for row in rows {
        let seen = Double(counts[position])
        let scale = (seen / (seen + 1)).squareRoot()
        let place = (row - rows.lowerBound) * features
        for i in 0..<features {
          let away = Double(x.elements[row * features + i]) - means.elements[start + i]
          deviations[place + i] = scale * away
          means.elements[start + i] += away / (seen + 1)
        }
        counts[position] += 1
      }
      scatter.addProducts(deviations, count: rows.count, on: device.pool)
    }
  }

  private static let rowsAtOnce = 256

  /// w_k = Λ·μ_k and b_k = −½·μ_kᵀ·w_k with Λ = ((1 − ε)·S/n + ε·I)⁻¹; a class without images never
  /// wins.
  public func discriminant(shrinkage: Double, classes: Int, on device: Device) -> LinearMap {
    let images = Double(max(1, counts.reduce(0, +)))
    let known = min(classes, counts.count)
    // (1 − ε)·S/n + ε·I = s·(S + r·I), so the matrix is summed to, not scaled.
    let scale = max(1e-12, 1 - shrinkage) / images
    var matrix = scatter
    for i in 0..<features { matrix[i, i] += shrinkage / scale }
    // [features, classes]
    var solution = [Double](repeating: 0, count: features * known)
    for label in 0..<known {
      for i in 0..<features { solution[i * known + label] = means.elements[label * features + i] }
    }
    if let factor = CholeskyFactor(matrix, on: device.pool) {
      factor.solve(&solution, columns: known)
    }
    var map = LinearMap(zeros: classes, inputs: features)
    for label in 0..<classes {
      guard label < known, counts[label] > 0 else {
        map.bias.elements[label] = -.greatestFiniteMagnitude
        continue
      }
      var product = 0.0
      for i in 0..<features {
        let weight = solution[i * known + label] / scale
        map.weights.elements[label * features + i] = Float(weight)
        product += weight * means.elements[label * features + i]
      }
      map.bias.elements[label] = Float(-product / 2)
    }
    return map
  }

  func isPlausible(features width: Int, classes: Int) -> Bool {
    (features == width && scatter.order == features || features == 0 && counts.isEmpty)
      && counts.count <= classes && counts.allSatisfy { (0..<1 << 40).contains($0) }
      && means.count == counts.count * features
  }
}
