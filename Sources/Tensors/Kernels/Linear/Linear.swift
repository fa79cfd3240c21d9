internal import COpenBLAS

/// Matrix products of linear layers on OpenBLAS.
///
/// Work is cut into pieces of fixed size, each one single-threaded product, so the number of
/// threads changes no bit.
package enum Linear {
  /// Images per piece: as few as keep the packing of the weights cheap against the product.
  private static let imagesPerPiece = 32
  private static let columnsPerPiece = 1024

  /// y = x·Wᵀ + b, then the activation.  x [N, in], W [out, in], b [out] or nil → y [N, out]
  package static func forward(
    _ x: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    images: Int, inputs: Int, outputs: Int, slope: Float, into y: UnsafeMutablePointer<Float>,
    on pool: ThreadPool
  ) {
    _ = OpenBLAS.singleThreaded
    nonisolated(unsafe) let (x, w, b, y) = (x, weights, bias, y)  // pieces write disjoint rows
    let pieces = pieces(images, of: imagesPerPiece)
    pool.forEach(pieces.count) { piece in
      let rows = pieces[piece]
      let target = y + rows.lowerBound * outputs
      for row in 0..<rows.count {
        if let b {
          (target + row * outputs).update(from: b, count: outputs)
        } else {
          (target + row * outputs).update(repeating: 0, count: outputs)
        }
      }
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, blas(rows.count), blas(outputs), blas(inputs), 1,
        x + rows.lowerBound * inputs, blas(inputs), w, blas(inputs), 1, target, blas(outputs))
      ActivationKernel.forward(target, count: rows.count * outputs, slope: slope)
    }
  }

  /// dx = dy·W, replacing dx.  dy [N, out], W [out, in] → dx [N, in]
  package static func backwardInput(
    _ dy: UnsafePointer<Float>, weights: UnsafePointer<Float>, images: Int, inputs: Int,
    outputs: Int, adding: Bool, into dx: UnsafeMutablePointer<Float>, on pool: ThreadPool
  ) {
    _ = OpenBLAS.singleThreaded
    nonisolated(unsafe) let (dy, w, dx) = (dy, weights, dx)  // pieces write disjoint rows
    let pieces = pieces(images, of: imagesPerPiece)
    pool.forEach(pieces.count) { piece in
      let rows = pieces[piece]
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, blas(rows.count), blas(inputs), blas(outputs),
        1, dy + rows.lowerBound * outputs, blas(outputs), w, blas(inputs), adding ? 1 : 0,
        dx + rows.lowerBound * inputs, blas(inputs))
    }
  }

  /// dW += dyᵀ·x and db += Σ dy.  dy [N, out], x [N, in] → dW [out, in], db [out]
  package static func backwardWeights(
    _ dy: UnsafePointer<Float>, _ x: UnsafePointer<Float>, images: Int, inputs: Int, outputs: Int,
    into dw: UnsafeMutablePointer<Float>, bias db: UnsafeMutablePointer<Float>?, on pool: ThreadPool
  ) {
    _ = OpenBLAS.singleThreaded
    nonisolated(unsafe) let (dy, x, dw) = (dy, x, dw)  // pieces write disjoint columns
    let pieces = pieces(inputs, of: columnsPerPiece)
    pool.forEach(pieces.count) { piece in
      let columns = pieces[piece]
      cblas_sgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, blas(outputs), blas(columns.count), blas(images),
        1, dy, blas(outputs), x + columns.lowerBound, blas(inputs), 1, dw + columns.lowerBound,
        blas(inputs))
    }
    guard let db else { return }
    for image in 0..<images {
      for output in 0..<outputs { db[output] += dy[image * outputs + output] }
    }
  }

  private static func pieces(_ count: Int, of length: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
  }

  private static func blas(_ count: Int) -> blasint { blasint(count) }
}

extension Linear {
  /// Name and version of the BLAS in use, and the processor it chose its kernels for.
  package static var library: String {
    guard let text = openblas_get_config() else { return "OpenBLAS" }
    let words = String(cString: text).split(separator: " ")
    return (words.prefix(2).map(String.init) + (core.isEmpty ? [] : [core])).joined(separator: " ")
  }

  /// The processor for which OpenBLAS should be told to choose its kernels (`OPENBLAS_CORETYPE`),
  /// or nil if it chose well: a version older than the processor takes the slowest kernels it has.
  package static var betterCore: String? {
    #if WIDE
      core == "Prescott" ? "SkylakeX" : nil
    #elseif FUSED
      core == "Prescott" ? "Haswell" : nil
    #else
      nil
    #endif
  }

  private static var core: String {
    openblas_get_corename().map { String(cString: $0) } ?? ""
  }
}
