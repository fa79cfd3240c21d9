/// A row-major matrix in double precision, for what is computed once over a data set.
package struct WideMatrix: Hashable, Sendable {
  package let rows: Int
  package let columns: Int
  package var elements: [Double]

  package init(rows: Int, columns: Int, elements: [Double]) {
    precondition(
      elements.count == rows * columns, "\(elements.count) elements for \(rows) × \(columns)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// What comes behind a tensor's first axis is one row: [N, …] → N × the rest.
  package init(_ tensor: Tensor) {
    let rows = tensor.shape.first ?? 0
    self.init(
      rows: rows, columns: tensor.shape.dropFirst().reduce(1, *),
      elements: tensor.elements.map(Double.init))
  }

  package subscript(row: Int, column: Int) -> Double { elements[row * columns + column] }

  /// [rows, columns], each number rounded.
  package var tensor: Tensor { Tensor([rows, columns], elements.map { Float($0) }) }

  /// Σ x² of each row.
  package var squaredNorms: [Double] {
    (0..<rows).map { row in
      var sum = 0.0
      for place in row * columns..<(row + 1) * columns { sum += elements[place] * elements[place] }
      return sum
    }
  }

  /// The mean of each column, to the last digit where it never varies; zeros without rows.
  package var columnMeans: [Double] {
    guard rows > 0 else { return [Double](repeating: 0, count: columns) }
    let first = Array(elements[0..<columns])
    var sums = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns { sums[column] += elements[row * columns + column] - first[column] }
    }
    return (0..<columns).map { first[$0] + sums[$0] / Double(rows) }
  }

  /// Subtracts a number from each column.
  package mutating func subtract(_ values: [Double]) {
    precondition(values.count == columns)
    for row in 0..<rows {
      for column in 0..<columns { elements[row * columns + column] -= values[column] }
    }
  }
}
