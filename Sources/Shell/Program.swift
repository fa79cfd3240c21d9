import Foundation
import Tensors

/// The program's own facts, and how it starts.
public enum Program {
  public static let version = "0.1.0"

  /// Starts the program again with kernels that suit the processor, if OpenBLAS did not know it.
  ///
  /// OpenBLAS reads its environment when it is loaded, before `main`: there is no other way to tell
  /// it. A choice of the user's stands.
  public static func chooseBLASKernels() {
    let variable = "OPENBLAS_CORETYPE"
    guard getenv(variable) == nil, let core = Linear.betterCore else { return }
    setenv(variable, core, 1)
    var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    execv("/proc/self/exe", &arguments)
    // Where that is not allowed, the slower kernels do.
  }
}
