/// Zeroed memory for `Float`s, aligned to a cache line, that kernels may read 16 floats past.
///
/// The one owner of raw memory in the engine: made once per workspace, freed with it.
package final class AlignedMemory: @unchecked Sendable {  // callers give threads disjoint parts
  package let base: UnsafeMutablePointer<Float>
  package let count: Int

  package init(_ count: Int) {
    let bytes = (count + 2 * Vector.scalarCount) * MemoryLayout<Float>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    base = raw.assumingMemoryBound(to: Float.self)
    self.count = count
  }

  deinit { base.deallocate() }

  /// A copy of `count` elements from `offset`.
  package func array(from offset: Int = 0, count: Int) -> [Float] {
    Array(UnsafeBufferPointer(start: base + offset, count: count))
  }
}

/// Zeroed memory for bytes or short integers, for kernels.
package final class ByteMemory: @unchecked Sendable {  // callers give threads disjoint parts
  package let base: UnsafeMutablePointer<UInt8>

  package init(_ count: Int) {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: count + 64, alignment: 64)
    base = raw.initializeMemory(as: UInt8.self, repeating: 0, count: count + 64)
  }

  deinit { base.deallocate() }
}
