/// A number for every pixel of an image.
public struct PixelMap: Hashable, Sendable {
  public let height: Int
  public let width: Int
  /// [height, width]
  public let values: [Float]

  public init(height: Int, width: Int, values: [Float]) {
    precondition(height > 0 && width > 0 && values.count == height * width)
    self.height = height
    self.width = width
    self.values = values
  }

  public var smallest: Float { values.min() ?? 0 }
  public var largest: Float { values.max() ?? 0 }

  /// Where the largest value stands, the first of equals.
  public var peak: (row: Int, column: Int) {
    let index = values.indices.reduce(0) { values[$1] > values[$0] ? $1 : $0 }
    return (index / width, index % width)
  }

  /// The value that so large a share of all values do not exceed.
  public func quantile(_ share: Double) -> Float {
    let sorted = values.sorted()
    return sorted[min(sorted.count - 1, Int((share * Double(sorted.count)).rounded(.down)))]
  }

  /// How what is above 0 is shared out over `parts` × `parts` equal parts of the image, row by row;
  /// nil where nothing is above 0.
  public func shares(parts: Int) -> [[Double]]? {
    var sums = [[Double]](repeating: [Double](repeating: 0, count: parts), count: parts)
    for (index, value) in values.enumerated() where value > 0 {
      sums[index / width * parts / height][index % width * parts / width] += Double(value)
    }
    let total = sums.joined().reduce(0, +)
    return total > 0 ? sums.map { $0.map { $0 / total } } : nil
  }

  /// The same map at another size, linear between the middles of its pixels, as PyTorch's
  /// `interpolate(mode="bilinear", align_corners=False)` does it.
  public func resized(height newHeight: Int, width newWidth: Int) -> PixelMap {
    /// For every new pixel the two old ones around its middle, and the share of the second.
    func places(_ old: Int, _ new: Int) -> [(first: Int, second: Int, share: Float)] {
      (0..<new).map { place in
        let middle = max(0, (Float(place) + 0.5) * Float(old) / Float(new) - 0.5)
        let first = min(old - 1, Int(middle))
        return (first, min(old - 1, first + 1), middle - Float(first))
      }
    }
    let columns = places(width, newWidth)
    let new = places(height, newHeight).flatMap { row in
      columns.map { column in
        func between(_ row: Int) -> Float {
          let (a, b) = (values[row * width + column.first], values[row * width + column.second])
          return a + (b - a) * column.share
        }
        let (above, below) = (between(row.first), between(row.second))
        return above + (below - above) * row.share
      }
    }
    return PixelMap(height: newHeight, width: newWidth, values: new)
  }
}
