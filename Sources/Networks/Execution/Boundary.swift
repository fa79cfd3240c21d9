import Tensors

/// How the values between two steps lie in memory: images with a border of zeros, or vectors.
struct Boundary: Hashable, Sendable {
  let shape: LayerShape
  var padding = 0
  /// Floats behind an image that a kernel writes as it found them: images are worked on at the same
  /// time, so they must be no other's.
  var overhang = 0

  init(_ shape: LayerShape) { self.shape = shape }

  /// Of what is inside the border.
  var layout: ImageLayout {
    let (height, width, channels) = shape.extents
    return ImageLayout(
      height: height, width: width, channels: channels, row: (width + 2 * padding) * channels)
  }

  /// Floats from one image to the next.
  var count: Int { (shape.extents.height + 2 * padding) * layout.row + overhang }
  /// Where the first pixel lies in an image.
  var start: Int { padding * (layout.row + shape.channels) }
}

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
