internal import COpenBLAS

/// Products of matrices on OpenBLAS, cut into rows of the result: pieces of fixed size, each one
/// single-threaded product, so the number of threads changes no bit.
extension WideMatrix {
  private static let rowsPerPiece = 128

  /// A·B.  [n, k] · [k, m] → [n, m]
  package func times(_ other: WideMatrix, on pool: ThreadPool) -> WideMatrix {
    precondition(columns == other.rows)
    return Self.product(rows: rows, columns: other.columns, on: pool) { rows, target in
      self.multiply(rows, other, CblasNoTrans, into: target)
    }
  }

  /// A·Bᵀ.  [n, k] · [m, k]ᵀ → [n, m]
  package func times(transposeOf other: WideMatrix, on pool: ThreadPool) -> WideMatrix {
    precondition(columns == other.columns)
    return Self.product(rows: rows, columns: other.rows, on: pool) { rows, target in
      self.multiply(rows, other, CblasTrans, into: target)
    }
  }

  /// Aᵀ·B.  [n, k]ᵀ · [n, m] → [k, m]
  package func transposeTimes(_ other: WideMatrix, on pool: ThreadPool) -> WideMatrix {
    precondition(rows == other.rows)
    return Self.product(rows: columns, columns: other.columns, on: pool) { rows, target in
      elements.withUnsafeBufferPointer { a in
        other.elements.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress else { return }
          cblas_dgemm(
            CblasRowMajor, CblasTrans, CblasNoTrans, blasint(rows.count),
            blasint(other.columns), blasint(self.rows), 1, a + rows.lowerBound,
            blasint(columns), b, blasint(other.columns), 0, target,
            blasint(other.columns))
        }
      }
    }
  }

  /// The inner products of some rows with all rows of another matrix, by the calling thread:
  /// A[rows]·Bᵀ. [n, k], [m, k] → [rows, m]
  package func innerProducts(_ rows: Range<Int>, with other: WideMatrix) -> [Double] {
    precondition(columns == other.columns && rows.lowerBound >= 0 && rows.upperBound <= self.rows)
    _ = OpenBLAS.singleThreaded
    var products = [Double](repeating: 0, count: rows.count * other.rows)
    products.withUnsafeMutableBufferPointer { buffer in
      guard let target = buffer.baseAddress else { return }
      multiply(rows, other, CblasTrans, into: target)
    }
    return products
  }

  /// Some rows of A·B, or of A·Bᵀ.
  private func multiply(
    _ rows: Range<Int>, _ other: WideMatrix, _ form: CBLAS_TRANSPOSE,
    into target: UnsafeMutablePointer<Double>
  ) {
    let width = form == CblasTrans ? other.rows : other.columns
    elements.withUnsafeBufferPointer { a in
      other.elements.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return }
        cblas_dgemm(
          CblasRowMajor, CblasNoTrans, form, blasint(rows.count), blasint(width),
          blasint(columns), 1, a + rows.lowerBound * columns, blasint(columns), b,
          blasint(other.columns), 0, target, blasint(width))
      }
    }
  }

  /// Has `body` write the rows of the result, piece by piece; zeros where a factor has no numbers.
  private static func product(
    rows: Int, columns: Int, on pool: ThreadPool,
    _ body: @Sendable (_ rows: Range<Int>, _ target: UnsafeMutablePointer<Double>) -> Void
  ) -> WideMatrix {
    _ = OpenBLAS.singleThreaded
    var result = WideMatrix(
      rows: rows, columns: columns, elements: [Double](repeating: 0, count: rows * columns))
    result.elements.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let target = base  // pieces write disjoint rows
      pool.forEach((rows + rowsPerPiece - 1) / rowsPerPiece) { piece in
        let start = piece * rowsPerPiece
        body(start..<min(start + rowsPerPiece, rows), target + start * columns)
      }
    }
    return result
  }
}
