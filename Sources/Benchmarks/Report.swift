import Foundation
import Tensors

/// What the figures were measured with.
struct Setting: Encodable {
  var kernels = Processor.kernels
  var vectorBits = Processor.vectorBits
  var threads: Int
  var blas = Linear.library
  /// PyTorch's version, or nil without it.
  var torch: String?

  /// Whether times would say nothing.
  static var isDebugBuild: Bool {
    #if DEBUG
      true
    #else
      false
    #endif
  }

  var text: String {
    "kernels \(kernels), \(vectorBits) bits; \(threads) threads; \(blas)"
      + (torch.map { "; PyTorch \($0)" } ?? "")
  }
}

/// The table for machines.
struct Report: Encodable {
  var setting: Setting
  var goals: [Goal]

  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(self).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}
