/// How much light drops of water reflect: bright on one side of their edges, nothing far from them.
///
/// The steps are those of CIFAR-10-C's `spatter`, which calls OpenCV: edges by Canny, distance to the
/// nearest edge, mean, histogram equalization, a filter that lights from one side, mean. Each does what
/// OpenCV's function does, bytes for bytes.
struct LiquidRelief {
  /// [height, width], not yet divided by the largest.
  let shares: [Double]

  /// - Parameter liquid: Bytes [height, width].
  init(_ liquid: [UInt8], _ shape: ImageShape) {
    let plane = BytePlane(height: shape.height, width: shape.width, liquid)
    let distance = plane.edges(low: 50, high: 150).distances.map { min($0, 20) }
    let near = plane.mean(of: distance).map { UInt8($0) }
    var relief = BytePlane(height: shape.height, width: shape.width, near).equalized
    relief = relief.lit
    relief.bytes = relief.mean(of: relief.bytes.map(Double.init))
      .map { UInt8($0.rounded(.toNearestOrEven)) }
    shares = zip(liquid, relief.bytes).map { Double($0) * Double($1) }
  }
}

/// Bytes [height, width].
struct BytePlane {
  let height: Int
  let width: Int
  var bytes: [UInt8]

  init(height: Int, width: Int, _ bytes: [UInt8]) {
    self.height = height
    self.width = width
    self.bytes = bytes
  }

  /// A position mirrored at the outermost pixels, which are not repeated (`BORDER_REFLECT_101`).
  private static func mirrored(_ place: Int, _ length: Int) -> Int {
    guard length > 1 else { return 0 }
    if place < 0 { return -place }
    return place < length ? place : 2 * (length - 1) - place
  }

  /// Mean over 3 × 3 (`cv2.blur`).
  func mean(of values: [Double]) -> [Double] {
    values.indices.map { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: width)
      var sum = 0.0
      for y in -1...1 {
        for x in -1...1 {
          sum +=
            values[
              Self.mirrored(row + y, height) * width + Self.mirrored(column + x, width)]
        }
      }
      return sum / 9
    }
  }

  /// `cv2.filter2D` by [[−2, −1, 0], [−1, 1, 1], [0, 1, 2]].
  var lit: BytePlane {
    let weights = [-2, -1, 0, -1, 1, 1, 0, 1, 2]
    var result = self
    for index in bytes.indices {
      let (row, column) = index.quotientAndRemainder(dividingBy: width)
      var sum = 0
      for y in -1...1 {
        for x in -1...1 {
          let place = Self.mirrored(row + y, height) * width + Self.mirrored(column + x, width)
          sum += weights[3 * (y + 1) + x + 1] * Int(bytes[place])
        }
      }
      result.bytes[index] = UInt8(min(max(sum, 0), 255))
    }
    return result
  }

  /// `cv2.equalizeHist`.
  var equalized: BytePlane {
    var histogram = [Int](repeating: 0, count: 256)
    for value in bytes { histogram[Int(value)] += 1 }
    guard let first = histogram.firstIndex(where: { $0 > 0 }), histogram[first] < bytes.count else {
      return self
    }
    let scale = Float(255) / Float(bytes.count - histogram[first])
    var (table, sum) = ([UInt8](repeating: 0, count: 256), 0)
    for value in first + 1..<256 {
      sum += histogram[value]
      table[value] = UInt8(min(max((Float(sum) * scale).rounded(.toNearestOrEven), 0), 255))
    }
    var result = self
    result.bytes = bytes.map { table[Int($0)] }
    return result
  }

  /// Canny's edges (Canny 1986) as `cv2.Canny` finds them: gradients by Sobel's filter, their size by
  /// |dx| + |dy|, the largest across the edge kept, and those above `low` that hang together with one
  /// above `high`.
  func edges(low: Int, high: Int) -> EdgePlane {
    func value(_ row: Int, _ column: Int) -> Int {
      Int(bytes[min(max(row, 0), height - 1) * width + min(max(column, 0), width - 1)])
    }
    var (across, down) = (
      [Int](repeating: 0, count: bytes.count), [Int](repeating: 0, count: bytes.count)
    )
    for index in bytes.indices {
      let (row, column) = index.quotientAndRemainder(dividingBy: width)
      across[index] =
        value(row - 1, column + 1) + 2 * value(row, column + 1) + value(row + 1, column + 1)
        - value(row - 1, column - 1) - 2 * value(row, column - 1) - value(row + 1, column - 1)
      down[index] =
        value(row + 1, column - 1) + 2 * value(row + 1, column) + value(row + 1, column + 1)
        - value(row - 1, column - 1) - 2 * value(row - 1, column) - value(row - 1, column + 1)
    }
    func size(_ row: Int, _ column: Int) -> Int {
      guard (0..<height).contains(row), (0..<width).contains(column) else { return 0 }
      return abs(across[row * width + column]) + abs(down[row * width + column])
    }
    var isEdge = [Bool](repeating: false, count: bytes.count)
    var isCandidate = isEdge
    var open: [Int] = []
    for index in bytes.indices {
      let (row, column) = index.quotientAndRemainder(dividingBy: width)
      let here = size(row, column)
      guard here > low else { continue }
      let (x, y) = (abs(across[index]), abs(down[index]) << 15)
      // tan 22.5° in units of 2⁻¹⁵; tan 67.5° is 2 more.
      let flat = x * 13_573
      let isLargest: Bool
      if y < flat {
        isLargest = here > size(row, column - 1) && here >= size(row, column + 1)
      } else if y > flat + (x << 16) {
        isLargest = here > size(row - 1, column) && here >= size(row + 1, column)
      } else {
        let side = (across[index] < 0) != (down[index] < 0) ? -1 : 1
        isLargest = here > size(row - 1, column - side) && here > size(row + 1, column + side)
      }
      guard isLargest else { continue }
      isCandidate[index] = true
      if here > high {
        isEdge[index] = true
        open.append(index)
      }
    }
    while let index = open.popLast() {
      let (row, column) = index.quotientAndRemainder(dividingBy: width)
      for y in max(row - 1, 0)...min(row + 1, height - 1) {
        for x in max(column - 1, 0)...min(column + 1, width - 1) {
          let neighbour = y * width + x
          guard isCandidate[neighbour], !isEdge[neighbour] else { continue }
          isEdge[neighbour] = true
          open.append(neighbour)
        }
      }
    }
    return EdgePlane(height: height, width: width, isEdge: isEdge)
  }
}

/// Which pixels are edges, [height, width].
struct EdgePlane {
  let height: Int
  let width: Int
  let isEdge: [Bool]

  /// From each pixel to the nearest edge by steps of 1, 1.4 (diagonal) and 2.1969 (a knight's move), as
  /// `cv2.distanceTransform(…, DIST_L2, 5)`: Borgefors 1986. Far more than the image where there are
  /// none.
  var distances: [Double] {
    let unit = 65_536.0
    let (straight, diagonal, knight) = (
      Int(unit), Int((1.4 * unit).rounded()), Int((2.1969 * unit).rounded())
    )
    var distances = isEdge.map { $0 ? 0 : Int(Int32.max) >> 2 }
    /// - Parameter way: 1 from above, −1 from below.
    func sweep(_ indices: some Sequence<Int>, _ way: Int) {
      let steps = [
        (-2, -1, knight), (-2, 1, knight), (-1, -2, knight), (-1, -1, diagonal), (-1, 0, straight),
        (-1, 1, diagonal), (-1, 2, knight), (0, -1, straight),
      ]
      for index in indices {
        let (row, column) = index.quotientAndRemainder(dividingBy: width)
        for (down, right, cost) in steps {
          let (y, x) = (row + way * down, column + way * right)
          guard (0..<height).contains(y), (0..<width).contains(x) else { continue }
          distances[index] = min(distances[index], distances[y * width + x] + cost)
        }
      }
    }
    sweep(isEdge.indices, 1)
    sweep(isEdge.indices.reversed(), -1)
    return distances.map { Double($0) / unit }
  }
}
