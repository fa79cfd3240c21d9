/// Where the patches of an image lie.
struct WinogradPatches {
  let rows: Int
  let columns: Int
  /// The last place a patch may begin in either direction.
  let lastRow: Int
  let lastColumn: Int

  /// All outputs, where a last patch that would stick out starts further in and computes some again; or
  /// pooling cells, where an odd last row or column is in none.
  init(_ geometry: ConvolutionGeometry, pooled: Bool) {
    let up = pooled ? 0 : 1
    rows = (geometry.outputHeight + up) / 2
    columns = (geometry.outputWidth + up) / 2
    lastRow = geometry.outputHeight - 2
    lastColumn = geometry.outputWidth - 2
  }

  var count: Int { rows * columns }

  @inline(__always)
  func corner(_ index: Int) -> (row: Int, column: Int) {
    let (row, column) = index.quotientAndRemainder(dividingBy: columns)
    return (min(2 * row, lastRow), min(2 * column, lastColumn))
  }

  /// Whether the first row and the first column of a patch are in no patch before it.
  @inline(__always)
  func uncovered(_ index: Int) -> (row: Bool, column: Bool) {
    let (row, column) = index.quotientAndRemainder(dividingBy: columns)
    return (2 * row <= lastRow, 2 * column <= lastColumn)
  }
}
