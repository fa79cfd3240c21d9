/// Room for one file's bytes after another's, taken once for the largest of them.
package final class ByteBuffer {
  private var room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  package private(set) var count = 0

  package init() {}

  deinit { room.deallocate() }

  /// The bytes that are filled, until the next change.
  package var content: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: room[..<count]) }

  package func clear() { count = 0 }

  /// Appends what `fill` writes; it gets room for at least `size` bytes and returns how many it
  /// wrote, or a negative number if it failed.
  ///
  /// - Returns: What `fill` returned.
  package func append(_ size: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
    if room.count - count < size {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(count + size, room.count * 2), alignment: 16)
      larger.copyMemory(from: content)
      room.deallocate()
      room = larger
    }
    let written = fill(UnsafeMutableRawBufferPointer(rebasing: room[count...]))
    count += max(0, written)
    return written
  }
}
