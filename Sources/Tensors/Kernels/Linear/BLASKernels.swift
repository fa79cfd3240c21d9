internal import System

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
