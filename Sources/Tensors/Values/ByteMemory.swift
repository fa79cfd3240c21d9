/// Zeroed memory for bytes or short integers, for kernels.
package final class ByteMemory: @unchecked Sendable {  // callers give threads disjoint parts
  package let base: UnsafeMutablePointer<UInt8>

  package init(_ count: Int) {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: count + 64, alignment: 64)
    base = raw.initializeMemory(as: UInt8.self, repeating: 0, count: count + 64)
  }

  deinit { base.deallocate() }
}
