internal import COpenBLAS
internal import System

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
}

/// Which of its kernels OpenBLAS takes.
public enum BLASKernels {
  /// Starts the program again with kernels that suit the processor, if OpenBLAS did not know it.
  ///
  /// OpenBLAS reads its environment when it is loaded, before `main`: there is no other way to tell
  /// it. A choice of the user's stands. Then OpenBLAS has no threads of its own.
  public static func choose() {
    let variable = "OPENBLAS_CORETYPE"
    guard getenv(variable) == nil, let core = Linear.betterCore else {
      _ = OpenBLAS.singleThreaded
      return
    }
    setenv(variable, core, 1)
    var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    execv("/proc/self/exe", &arguments)
    // Where that is not allowed, the slower kernels do.
  }
}
