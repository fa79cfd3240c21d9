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

  /// Mean over 3 × 3 (`cv2.blur`).
  func mean(of values: [Double]) -> [Double] {
    values.indices.map { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: width)
      var sum = 0.0
      for y in -1...1 {
        for x in -1...1 {
          sum +=
            values[mirrored(row + y, within: height) * width + mirrored(column + x, within: width)]
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
          let place =
            mirrored(row + y, within: height) * width + mirrored(column + x, within: width)
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
}

/// The place inside that stands for one outside: mirrored at the outermost pixels, which are not
/// repeated (OpenCV's `BORDER_REFLECT_101`).
func mirrored(_ place: Int, within length: Int) -> Int {
  guard length > 1 else { return 0 }
  var place = abs(place)
  while place >= length { place = abs(2 * (length - 1) - place) }
  return place
}
