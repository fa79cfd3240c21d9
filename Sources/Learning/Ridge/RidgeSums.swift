public import Tensors

/// Sums over images from which ridge regression on one-hot targets follows exactly.
///
/// The sums do not depend on the order in which images or classes come, so that a classifier made
/// from them equals the one that saw everything at once (McDonnell et al., "RanPAC", 2023; Zhuang et
/// al., "ACIL", 2022).
public struct RidgeSums: Codable, Hashable, Sendable {
  /// Σ x xᵀ over all images, [features, features].
  public private(set) var products: SymmetricMatrix
  /// Σ x over the images of each class, in the order of the outputs, [classes, features].
  public private(set) var classSums = WideBlock([])
  /// Images of each class.
  public private(set) var counts: [Int] = []

  /// The most features: 400 MB of sums.
  public static let featureLimit = 10_000

  public init(features: Int) { products = SymmetricMatrix(zeros: features) }

  public var features: Int { products.order }
  public var classes: Int { counts.count }

  /// Makes room for more classes.
  public mutating func grow(classes: Int) {
    guard classes > counts.count else { return }
    let added = classes - counts.count
    counts += Array(repeating: 0, count: added)
    classSums.elements += [Double](repeating: 0, count: added * features)
  }

  /// - Parameters:
  ///   - x: [N, features]
  ///   - labels: Outputs, below `classes`.
  public mutating func add(_ x: Tensor, labels: [Int], on pool: ThreadPool) {
    let features = features
    precondition(x.shape == [labels.count, features], "features \(x.shape)")
    let wide = x.elements.map(Double.init)
    for (row, label) in labels.enumerated() {
      counts[label] += 1
      for feature in 0..<features {
        classSums.elements[label * features + feature] += wide[row * features + feature]
      }
    }
    wide.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      products.addProducts(base, count: labels.count, on: pool)
    }
  }
}

extension RidgeSums {
  private enum Key: CodingKey {
    case products
    case classSums
    case counts
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    products = try fields.decode(SymmetricMatrix.self, forKey: .products)
    classSums = try fields.decode(WideBlock.self, forKey: .classSums)
    counts = try fields.decode([Int].self, forKey: .counts)
    guard classSums.count == counts.count * products.order,
      counts.allSatisfy({ (0..<1 << 40).contains($0) })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .counts, in: fields, debugDescription: "sums and counts of classes do not agree")
    }
  }
}
