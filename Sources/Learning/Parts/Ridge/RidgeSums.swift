public import Tensors

/// Sums over images, each with a weight, from which ridge regression on one-hot targets follows exactly.
///
/// The sums do not depend on the order in which images or classes come, so that a classifier made
/// from them equals the one that saw everything at once (McDonnell et al., "RanPAC", 2023; Zhuang et
/// al., "ACIL", 2022).
public struct RidgeSums: Codable, Hashable, Sendable {
  /// Σ w·x xᵀ over all images, [features, features].
  public private(set) var products: SymmetricMatrix
  /// Σ w·x over the images of each class, in the order of the outputs, [classes, features].
  public private(set) var classSums = WideBlock([])
  /// Σ w over the images of each class: their number where every image weighs 1.
  public private(set) var masses: [Double] = []

  /// The most features: 400 MB of sums.
  public static let featureLimit = 10_000

  public init(features: Int) { products = SymmetricMatrix(zeros: features) }

  public var features: Int { products.order }
  public var classes: Int { masses.count }

  /// Makes room for more classes.
  public mutating func grow(classes: Int) {
    guard classes > masses.count else { return }
    let added = classes - masses.count
    masses += Array(repeating: 0, count: added)
    classSums.elements += [Double](repeating: 0, count: added * features)
  }

  /// - Parameters:
  ///   - x: [N, features]
  ///   - labels: Outputs, below `classes`.
  ///   - weights: Of each image, above 0; 1 if nil.
  public mutating func add(
    _ x: Tensor, labels: [Int], weights: [Double]? = nil, on pool: ThreadPool
  ) {
    let features = features
    precondition(x.shape == [labels.count, features], "features \(x.shape)")
    var wide = x.elements.map(Double.init)
    for (row, label) in labels.enumerated() {
      let weight = weights?[row] ?? 1
      // The products take two factors √w.
      let root = weight.squareRoot()
      masses[label] += weight
      for feature in 0..<features {
        let value = wide[row * features + feature]
        classSums.elements[label * features + feature] += weight * value
        wide[row * features + feature] = root * value
      }
    }
    products.addProducts(wide, count: labels.count, on: pool)
  }
}

extension RidgeSums {
  /// Adds the sums over other images, with the same features and classes.
  public static func += (sum: inout RidgeSums, other: RidgeSums) {
    precondition(sum.classes == other.classes)
    sum.products += other.products
    for place in sum.classSums.elements.indices {
      sum.classSums.elements[place] += other.classSums.elements[place]
    }
    for label in sum.masses.indices { sum.masses[label] += other.masses[label] }
  }
}

extension RidgeSums {
  private enum CodingKeys: String, CodingKey {
    case products
    case classSums
    /// As files of version 1 name it.
    case masses = "counts"
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    products = try fields.decode(SymmetricMatrix.self, forKey: .products)
    classSums = try fields.decode(WideBlock.self, forKey: .classSums)
    masses = try fields.decode([Double].self, forKey: .masses)
    guard classSums.count == masses.count * products.order,
      masses.allSatisfy({ (0..<0x1p40).contains($0) })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .masses, in: fields, debugDescription: "sums and counts of classes do not agree")
    }
  }
}
