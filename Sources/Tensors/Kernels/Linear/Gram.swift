internal import COpenBLAS

extension SymmetricMatrix {
  /// Adds Σ x xᵀ, the Gram matrix of some rows.
  ///
  /// - Parameter x: [count, order]
  package mutating func addProducts(
    _ x: UnsafePointer<Double>, count: Int, on pool: ThreadPool
  ) {
    _ = OpenBLAS.singleThreaded
    guard count > 0, order > 0 else { return }
    let matrix = self.shape
    panels.elements.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      nonisolated(unsafe) let (base, x) = (start, x)  // pieces write disjoint panels
      // The last panels are the longest: they go first.
      pool.forEach(matrix.panelCount) { piece in
        let panel = matrix.panel(matrix.panelCount - 1 - piece)
        cblas_dgemm(
          CblasRowMajor, CblasTrans, CblasNoTrans, OpenBLAS.count(panel.rows),
          OpenBLAS.count(panel.columns), OpenBLAS.count(count), 1, x + panel.firstRow,
          OpenBLAS.count(matrix.order), x, OpenBLAS.count(matrix.order), 1, base + panel.start,
          OpenBLAS.count(panel.columns))
      }
    }
  }
}

extension SymmetricMatrix {
  /// Turns Σ x xᵀ into the correlation matrix of x, with `ridge` added to the diagonal.
  ///
  /// - Parameters:
  ///   - images: Rows that were summed up.
  ///   - means: Of each feature.
  ///   - scales: 1 / standard deviation of each feature, or 0 for one that never varies.
  package mutating func standardize(
    images: Double, means: [Double], scales: [Double], adding ridge: Double, on pool: ThreadPool
  ) {
    precondition(means.count == order && scales.count == order)
    let matrix = self.shape
    panels.elements.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      nonisolated(unsafe) let base = start  // pieces write disjoint panels
      pool.forEach(matrix.panelCount) { index in
        let panel = matrix.panel(index)
        for row in 0..<panel.rows {
          let values = base + panel.start + row * panel.columns
          let feature = panel.firstRow + row
          for column in 0..<panel.columns {
            let covariance = values[column] / images - means[feature] * means[column]
            values[column] = covariance * (scales[feature] * scales[column])
          }
          values[feature] += ridge
        }
      }
    }
  }
}
