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
    let (order, layout) = (blasint(self.order), self.layout)
    panels.elements.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      nonisolated(unsafe) let (base, x) = (start, x)  // pieces write disjoint panels
      // The last panels are the longest: they go first.
      pool.forEach(layout.count) { piece in
        let panel = layout[layout.count - 1 - piece]
        cblas_dgemm(
          CblasRowMajor, CblasTrans, CblasNoTrans, blasint(panel.rows), blasint(panel.columns),
          blasint(count), 1, x + panel.firstRow, order, x, order, 1,
          base + panel.start, blasint(panel.columns))
      }
    }
  }

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
    let layout = self.layout
    panels.elements.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      nonisolated(unsafe) let base = start  // pieces write disjoint panels
      pool.forEach(layout.count) { index in
        let panel = layout[index]
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
