import COpenBLAS
import Tensors

/// The machine's own rate: what OpenBLAS makes of a large product.
enum MatrixProduct {
  static let size = 2048

  /// 10⁹ operations a second (a multiply-add counts as two) of a product of two square matrices of
  /// `size`, the rows of the first spread over the threads.
  static func rate(threads: Int) -> Double {
    let elements = size * size
    let a = AlignedMemory(elements)
    let b = AlignedMemory(elements)
    let c = AlignedMemory(elements)
    for index in 0..<elements {
      a.base[index] = Float(index % 31)
      b.base[index] = Float(index % 37)
    }
    openblas_set_num_threads(1)
    let pool = ThreadPool(threadCount: threads)
    let pieces = evenRanges(size, parts: threads)
    let sample = milliseconds(3) {
      pool.forEach(pieces.count) { piece in
        let rows = pieces[piece]
        cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(rows.count), blasint(size),
          blasint(size), 1, a.base + rows.lowerBound * size, blasint(size), b.base, blasint(size),
          0, c.base + rows.lowerBound * size, blasint(size))
      }
    }
    return 2e-6 * Double(size * size * size) / sample.least
  }
}
