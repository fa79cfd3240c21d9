import Datasets

/// An image in few numbers: averages over 4 × 4 parts, then over 8 × 8, of each channel, after brightness
/// and contrast were taken out. Each is weighted so that the squared distance of two sketches' coarse
/// parts, or of their fine parts, is at most the mean squared distance of the images.
struct ImageSketch: Sendable {
  private let shape: ImageShape
  private let grids: [Grid]
  /// Numbers of the coarse part, and of both.
  let coarse: Int
  let count: Int

  /// An image cut into parts.
  private struct Grid: Sendable {
    /// The part that each byte lies in.
    var cells: [Int32]
    /// √(bytes of the part / all bytes) / bytes of the part.
    var weights: [Float]

    init(_ shape: ImageShape, side: Int) {
      let (rows, columns) = (min(side, shape.height), min(side, shape.width))
      var counts = [Int](repeating: 0, count: rows * columns * shape.channels)
      cells = []
      for row in 0..<shape.height {
        for column in 0..<shape.width {
          let cell = row * rows / shape.height * columns + column * columns / shape.width
          for channel in 0..<shape.channels {
            cells.append(Int32(cell * shape.channels + channel))
            counts[cell * shape.channels + channel] += 1
          }
        }
      }
      weights = counts.map { (Float($0) / Float(shape.count)).squareRoot() / Float($0) }
    }
  }

  init(_ shape: ImageShape) {
    self.shape = shape
    grids = [Grid(shape, side: 4), Grid(shape, side: 8)]
    coarse = grids[0].weights.count
    count = coarse + grids[1].weights.count
  }

  /// Zeros of an image of one gray.
  func sketch(_ image: ArraySlice<UInt8>) -> [Float] {
    var (sum, squares) = (0, 0)
    for byte in image {
      sum += Int(byte)
      squares += Int(byte) * Int(byte)
    }
    let pixels = Double(image.count)
    let mean = Double(sum) / pixels
    let variance = Double(squares) / pixels - mean * mean
    guard image.count * squares > sum * sum else { return [Float](repeating: 0, count: count) }
    let (offset, scale) = (Float(mean), Float(1 / variance.squareRoot()))
    return grids.flatMap { grid in
      var sums = [Float](repeating: 0, count: grid.weights.count)
      for (byte, cell) in zip(image, grid.cells) { sums[Int(cell)] += Float(byte) - offset }
      return zip(sums, grid.weights).map { $0 * $1 * scale }
    }
  }

  /// Whether the squared distance of two sketches is at most `bound`, first in the coarse part.
  func isNear(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, bound: Float
  ) -> Bool {
    Self.squares(a, b, 0..<coarse, bound) <= bound
      && Self.squares(a, b, coarse..<count, bound) <= bound
  }

  /// Σ (a − b)², or the first part of it that is beyond the bound.
  private static func squares(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ range: Range<Int>, _ bound: Float
  ) -> Float {
    var sum: Float = 0
    var place = range.lowerBound
    while place < range.upperBound, sum <= bound {
      var lanes = SIMD8<Float>.zero
      for lane in 0..<min(8, range.upperBound - place) {
        let difference = a[place + lane] - b[place + lane]
        lanes[lane] = difference * difference
      }
      sum += lanes.sum()
      place += 8
    }
    return sum
  }

  /// A direction of length 1 in which the coarse parts of sketches differ most, or nearly so: any line
  /// is right, this one leaves the fewest pairs to compare.
  ///
  /// - Parameter sketches: [N, count]
  func widestLine(_ sketches: [Float]) -> [Float] {
    let rows = sketches.count / count
    // Some thousand rows tell enough.
    let step = max(1, rows / 2000)
    var line = (0..<coarse).map { Float($0 % 7 + 1) }.ofLengthOne
    let chosen = stride(from: 0, to: rows, by: step).map { row in
      Array(sketches[row * count..<row * count + coarse])
    }
    guard !chosen.isEmpty else { return line }
    let means = (0..<coarse).map { column in
      chosen.reduce(0) { $0 + $1[column] } / Float(chosen.count)
    }
    for _ in 0..<12 {
      var next = [Float](repeating: 0, count: coarse)
      for row in chosen {
        var share: Float = 0
        for column in 0..<coarse { share += (row[column] - means[column]) * line[column] }
        for column in 0..<coarse { next[column] += share * (row[column] - means[column]) }
      }
      guard next.contains(where: { $0 != 0 }) else { break }
      line = next.ofLengthOne
    }
    return line
  }
}

extension [Float] {
  fileprivate var ofLengthOne: [Float] {
    let length = reduce(0) { $0 + $1 * $1 }.squareRoot()
    return map { $0 / length }
  }
}
