import Tensors

/// Rows whose distances to others are wanted, block by block.
struct RowDistances: Sendable {
  /// Rows that a piece of work takes: few enough that a block of distances to some thousand others
  /// stays in the cache.
  static let rowsPerPiece = 64

  let rows: WideMatrix
  /// |x|² of each.
  let squaredNorms: [Double]

  var count: Int { rows.rows }

  init(_ rows: WideMatrix) {
    self.rows = rows
    squaredNorms = rows.squaredNorms
  }

  /// Rows divided by their lengths: their squared distances are 2 (1 − cos), and 2 where a row is
  /// all zeros.
  init(directionsOf rows: WideMatrix) {
    var directions = rows
    for (row, square) in rows.squaredNorms.enumerated() where square > 0 {
      let length = square.squareRoot()
      for place in row * rows.columns..<(row + 1) * rows.columns {
        directions.elements[place] /= length
      }
    }
    self.rows = directions
    squaredNorms = [Double](repeating: 1, count: rows.rows)
  }

  /// Numbered pieces of the rows, whose number depends on theirs alone.
  var pieces: [Range<Int>] {
    stride(from: 0, to: count, by: Self.rowsPerPiece).map {
      $0..<min($0 + Self.rowsPerPiece, count)
    }
  }

  /// Squared distances from some rows to all of others, |a|² + |b|² − 2ab, not below 0: off by
  /// rounding, about 10⁻¹⁵ of the squared norms.  → [block, others]
  func squares(_ block: Range<Int>, to others: RowDistances) -> [Double] {
    var squares = rows.innerProducts(block, with: others.rows)
    for row in block {
      let start = (row - block.lowerBound) * others.count
      for other in 0..<others.count {
        let square = squaredNorms[row] + others.squaredNorms[other] - 2 * squares[start + other]
        squares[start + other] = max(square, 0)
      }
    }
    return squares
  }
}

/// The positions of the `count` smallest, from 0, in ascending order, ties by position.
func smallest(_ count: Int, of values: ArraySlice<Double>, besides omitted: Int? = nil) -> [Int] {
  var best: [(value: Double, index: Int)] = []
  guard count > 0 else { return [] }
  for (index, value) in values.enumerated() where index != omitted {
    guard best.count < count || value < best[count - 1].value else { continue }
    if best.count == count { best.removeLast() }
    best.insert((value, index), at: best.firstIndex { $0.value > value } ?? best.count)
  }
  return best.map(\.index)
}
