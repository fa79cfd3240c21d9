internal import COpenBLAS

/// What all calls of OpenBLAS have in common.
enum OpenBLAS {
  /// Keeps OpenBLAS from starting threads of its own under ours: the work is cut into pieces of
  /// fixed size, each a single-threaded product, so that the number of threads changes no bit.
  ///
  /// The threads that it has are ended, since they would take signals that are meant for the main
  /// thread: libedit's handlers crash in any other.
  static let singleThreaded: Void = {
    openblas_set_num_threads(1)
    waymark_end_blas_threads()
  }()

  static func count(_ count: Int) -> blasint { blasint(count) }
}
