extension BytePlane {
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
