import Tensors

extension Workspace {
  /// Copies of what the last forward pass computed.
  func outputs(count: Int) -> Outputs {
    Outputs(logits: logits(count: count), features: features(count: count))
  }

  /// Each [count, outputs].
  func logits(count: Int) -> [Tensor] { heads.map { $0.logits(count: count) } }

  /// [count, features]
  func features(count: Int) -> Tensor {
    Tensor([count, featureCount], values[plan.steps.count].array(count: count * featureCount))
  }

  /// What `memory` has at a boundary, without its border: [count, height, width, channels], or
  /// [count, length] of vectors.
  ///
  /// - Parameter memory: `values` or `gradients`, of all images.
  func tensor(_ memory: [AlignedMemory], at boundary: Int, count: Int) -> Tensor {
    let place = plan.boundaries[boundary]
    let layout = place.layout
    var elements: [Float] = []
    elements.reserveCapacity(count * place.shape.count)
    for image in 0..<count {
      let start = image * place.count + place.start
      for row in 0..<layout.height {
        elements += memory[boundary].array(from: start + row * layout.row, count: layout.length)
      }
    }
    let extents = place.shape.extents
    let shape =
      if case .image = place.shape {
        [count, extents.height, extents.width, extents.channels]
      } else {
        [count, extents.channels]
      }
    return Tensor(shape, elements)
  }

  /// What comes out of `layers`, images as means over a grid.
  func features(at layers: [Int], side: Int, count: Int, on pool: ThreadPool) -> Tensor {
    let places = layers.map { plan.boundariesOfLayers[$0] }
    let lengths = places.map { place -> Int in
      let shape = plan.boundaries[place].shape
      return if case .image = shape { side * side * shape.channels } else { shape.count }
    }
    let length = lengths.reduce(0, +)
    let memory = AlignedMemory(count * length)
    let slots = Self.slots(count)
    pool.forEach(slots.count) { slot in
      for image in slots[slot] {
        var target = memory.base + image * length
        for (place, length) in zip(places, lengths) {
          let boundary = plan.boundaries[place]
          let source = values[place].base + image * boundary.count + boundary.start
          if case .image = boundary.shape {
            AveragePooling.grid(source, boundary.layout, side: side, into: target)
          } else {
            target.update(from: source, count: length)
          }
          target += length
        }
      }
    }
    return Tensor([count, length], memory.array(count: count * length))
  }

  /// Moves running statistics towards those of the last training pass.
  func updateStatistics(_ statistics: inout Block, count: Int) {
    statistics.elements.withUnsafeMutableBufferPointer { block in
      guard let base = block.baseAddress else { return }
      for step in steps { step.updateStatistics(base, count: count) }
    }
  }
}
