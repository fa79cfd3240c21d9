import Networks
package import Tensors

/// Rows and columns of matrices.
extension Tensor {
  /// Some columns of a matrix, [N, columns].
  package func columns(_ columns: Range<Int>) -> Tensor {
    let width = shape[1]
    return Tensor(
      [shape[0], columns.count],
      (0..<shape[0]).flatMap { row in
        elements[row * width + columns.lowerBound..<row * width + columns.upperBound]
      })
  }

  /// Adds a matrix to some columns.
  mutating func add(_ part: Tensor, at columns: Range<Int>) {
    let width = shape[1]
    for row in 0..<shape[0] {
      for (position, column) in columns.enumerated() {
        elements[row * width + column] += part.elements[row * columns.count + position]
      }
    }
  }

  /// Some rows of a matrix.
  package func rows(_ rows: Range<Int>) -> Tensor {
    let width = shape[1]
    return Tensor(
      [rows.count, width], Array(elements[rows.lowerBound * width..<rows.upperBound * width]))
  }

  /// Matrices of as many rows, joined row by row: [N, a], [N, b] → [N, a + b].
  package static func sideBySide(_ parts: [Tensor]) -> Tensor {
    guard let first = parts.first, parts.count > 1 else {
      return parts.first ?? Tensor(zeros: [0, 0])
    }
    let (rows, widths) = (first.shape[0], parts.map { $0.shape[1] })
    let width = widths.reduce(0, +)
    var elements: [Float] = []
    elements.reserveCapacity(rows * width)
    for row in 0..<rows {
      for (part, width) in zip(parts, widths) {
        elements += part.elements[row * width..<(row + 1) * width]
      }
    }
    return Tensor([rows, width], elements)
  }

  /// Multiplies some columns of a matrix.
  mutating func scale(by factor: Float, _ columns: Range<Int>) {
    let width = shape[1]
    for row in 0..<shape[0] {
      for i in row * width + columns.lowerBound..<row * width + columns.upperBound {
        elements[i] *= factor
      }
    }
  }

  /// Rows divided by their L2 norm, [N, d]; rows of zeros stay as they are.
  func normalizedRows() -> Tensor {
    var normalized = self
    let width = shape[1]
    for row in 0..<shape[0] {
      let range = row * width..<(row + 1) * width
      let length = elements[range].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      guard length > 0 else { continue }
      for i in range { normalized.elements[i] = Float(Double(elements[i]) / length) }
    }
    return normalized
  }
}

/// exp(z) / Σ exp(z)
func softmax(_ logits: [Float]) -> [Float] {
  let loss = crossEntropy(Tensor([1, logits.count], logits), labels: [0])
  return loss.gradient.elements.enumerated().map { $0 == 0 ? $1 + 1 : $1 }
}
