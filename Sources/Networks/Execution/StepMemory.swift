import Tensors

/// Memory of `stride` floats for each slot.
struct SlotMemory: Sendable {
  let stride: Int
  private let memory: AlignedMemory

  init(_ stride: Int) {
    self.stride = stride
    memory = AlignedMemory(Workspace.slotCount * stride)
  }

  /// Of all slots.
  var base: UnsafeMutablePointer<Float> { memory.base }

  subscript(slot: Int) -> UnsafeMutablePointer<Float> { memory.base + slot * stride }

  func clear(_ slot: Int) { self[slot].update(repeating: 0, count: stride) }

  /// A slot's memory as twice as many short integers.
  func withShorts(_ slot: Int, _ body: (UnsafeMutablePointer<UInt16>) -> Void) {
    self[slot].withMemoryRebound(to: UInt16.self, capacity: 2 * stride, body)
  }
}

/// What a workspace for training has: a mistake in the wiring must not become wrong numbers.
func forTraining<Memory>(_ memory: Memory?) -> Memory {
  guard let memory else { preconditionFailure("a workspace for evaluation has no way back") }
  return memory
}
