internal import COpenBLAS

/// The lower triangle L of a symmetric positive definite matrix A = L·Lᵀ.
///
/// Left-looking, panel by panel: a column of tiles is first freed of what the columns before it
/// contribute, one product per tile, then its diagonal tile is factorised (LAPACK's `dpotrf`) and
/// the tiles below are divided by it.
package struct CholeskyFactor: Sendable {
  /// L in the layout of a `SymmetricMatrix`; above the diagonal is whatever the steps left.
  private let matrix: SymmetricMatrix

  /// - Returns: nil unless the matrix is positive definite.
  package init?(_ matrix: consuming SymmetricMatrix, on pool: ThreadPool) {
    _ = OpenBLAS.singleThreaded
    var matrix = matrix
    let layout = matrix.layout
    let isDefinite = matrix.panels.elements.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return true }
      return Self.factorize(base, layout, on: pool)
    }
    guard isDefinite else { return nil }
    self.matrix = matrix
  }

  private static func factorize(
    _ base: UnsafeMutablePointer<Double>, _ layout: [SymmetricMatrix.Panel], on pool: ThreadPool
  ) -> Bool {
    nonisolated(unsafe) let base = base  // pieces write disjoint panels
    for (column, top) in layout.enumerated() {
      let below = layout.count - column
      pool.forEach(below) { piece in
        let panel = layout[column + piece]
        guard top.firstRow > 0 else { return }
        cblas_dgemm(
          CblasRowMajor, CblasNoTrans, CblasTrans, blasint(panel.rows), blasint(top.rows),
          blasint(top.firstRow), -1, base + panel.start, blasint(panel.columns), base + top.start,
          blasint(top.columns), 1, base + panel.start + top.firstRow, blasint(panel.columns))
      }
      // A row-major lower triangle is a column-major upper one.
      var (order, leading) = (blasint(top.rows), blasint(top.columns))
      var info = blasint(0)
      dpotrf_("U", &order, base + top.start + top.firstRow, &leading, &info)
      guard info == 0 else { return false }
      pool.forEach(below - 1) { piece in
        let panel = layout[column + 1 + piece]
        cblas_dtrsm(
          CblasRowMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, blasint(panel.rows),
          blasint(top.rows), 1, base + top.start + top.firstRow, blasint(top.columns),
          base + panel.start + top.firstRow, blasint(panel.columns))
      }
    }
    return true
  }

  /// Replaces B by A⁻¹·B.
  ///
  /// - Parameter b: [order, columns]
  package func solve(_ b: inout [Double], columns: Int) {
    precondition(b.count == matrix.order * columns)
    let layout = matrix.layout
    matrix.panels.elements.withUnsafeBufferPointer { panels in
      b.withUnsafeMutableBufferPointer { buffer in
        guard let l = panels.baseAddress, let b = buffer.baseAddress else { return }
        for panel in layout {
          subtract(l, panel, b, columns, transposed: false)
          divide(l, panel, b, columns, transposed: false)
        }
        for panel in layout.reversed() {
          divide(l, panel, b, columns, transposed: true)
          subtract(l, panel, b, columns, transposed: true)
        }
      }
    }
  }

  /// b[panel] −= L[panel, before]·b[before], or transposed: b[before] −= L[panel, before]ᵀ·b[panel].
  private func subtract(
    _ l: UnsafePointer<Double>, _ panel: SymmetricMatrix.Panel, _ b: UnsafeMutablePointer<Double>,
    _ columns: Int, transposed: Bool
  ) {
    guard panel.firstRow > 0 else { return }
    let (before, here) = (b, b + panel.firstRow * columns)
    let width = blasint(columns)
    cblas_dgemm(
      CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, CblasNoTrans,
      blasint(transposed ? panel.firstRow : panel.rows), width,
      blasint(transposed ? panel.rows : panel.firstRow), -1, l + panel.start,
      blasint(panel.columns), transposed ? here : before, width, 1, transposed ? before : here,
      width)
  }

  /// b[panel] = L[panel, panel]⁻¹·b[panel], or with the triangle transposed.
  private func divide(
    _ l: UnsafePointer<Double>, _ panel: SymmetricMatrix.Panel, _ b: UnsafeMutablePointer<Double>,
    _ columns: Int, transposed: Bool
  ) {
    cblas_dtrsm(
      CblasRowMajor, CblasLeft, CblasLower, transposed ? CblasTrans : CblasNoTrans, CblasNonUnit,
      blasint(panel.rows), blasint(columns), 1, l + panel.start + panel.firstRow,
      blasint(panel.columns), b + panel.firstRow * columns, blasint(columns))
  }
}
