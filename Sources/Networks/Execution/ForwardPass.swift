import Tensors

extension Workspace {
  /// Computes the logits of all heads, leaving behind what `backward` needs.
  ///
  /// - Parameters:
  ///   - images: [count, height, width, channels]
  ///   - weights: The network's block.
  func forward(_ images: UnsafePointer<Float>, count: Int, weights: Block, on pool: ThreadPool) {
    precondition(count <= capacity && weights.count == architecture.parameterCount)
    let whole = weights
    weights.elements.withUnsafeBufferPointer { block in
      guard let base = block.baseAddress else { return }
      nonisolated(unsafe) let (images, weights) = (images, base)  // only read
      if packed?.isSameMemory(as: whole) != true {
        pack(base, on: pool)
        packed = training ? nil : whole
      }
      let slots = Self.slots(count)
      let firstTakesAll = plan.stages.first.map { plan.steps[$0.lowerBound].isDense } ?? true
      if firstTakesAll {
        pool.forEach(slots.count) { slot in
          for image in slots[slot] { take(images, image: image, slot: slot) }
        }
      }
      for steps in plan.stages {
        if case .dense(let dense) = plan.steps[steps.lowerBound] {
          Linear.forward(
            values[steps.lowerBound].base, weights: weights + dense.weights,
            bias: weights + dense.bias, images: count, inputs: dense.inputs,
            outputs: dense.outputs, slope: dense.activation.slope,
            into: values[steps.upperBound].base, on: pool)
          continue
        }
        pool.forEach(slots.count) { slot in
          for image in slots[slot] {
            if steps.lowerBound == 0 { take(images, image: image, slot: slot) }
            for step in steps { forward(step, image: image, slot: slot, weights) }
          }
        }
      }
      for (index, head) in plan.heads.enumerated() {
        Linear.forward(
          values[plan.steps.count].base, weights: weights + head.weights,
          bias: weights + head.bias, images: count, inputs: head.inputs, outputs: head.outputs,
          slope: 1, into: logits[index].base, on: pool)
      }
    }
  }

  private func pack(_ weights: UnsafePointer<Float>, on pool: ThreadPool) {
    nonisolated(unsafe) let weights = weights  // only read
    pool.forEach(plan.steps.count) { index in
      guard case .convolution(let convolution) = plan.steps[index] else { return }
      let (memory, source) = (steps[index], weights + convolution.weights)
      if let packed = memory.packed {
        PackedWeights.pack(convolution.geometry, source, into: packed.base)
      }
      guard let back = memory.packedBack else { return }
      if convolution.pooled {
        PackedWeights.packForScatter(convolution.geometry, source, into: back.base)
      } else {
        PackedWeights.packTransposed(convolution.geometry, source, into: back.base)
      }
    }
  }

  /// Copies an image of a batch into the first boundary, inside its border.
  private func take(_ images: UnsafePointer<Float>, image: Int, slot: Int) {
    let boundary = plan.boundaries[0]
    let source = images + image * boundary.shape.count
    let target = values(0, image: image, slot: slot) + boundary.start
    let length = boundary.width * boundary.channels
    for row in 0..<boundary.height {
      (target + row * boundary.row).update(from: source + row * length, count: length)
    }
  }

  private func forward(_ step: Int, image: Int, slot: Int, _ weights: UnsafePointer<Float>) {
    let (input, output) = (plan.boundaries[step], plan.boundaries[step + 1])
    let x = UnsafePointer(values(step, image: image, slot: slot))
    let y = values(step + 1, image: image, slot: slot) + output.start
    let memory = steps[step]
    switch plan.steps[step] {
    case .convolution(let convolution):
      guard let packed = memory.packed, let rows = memory.rows else { return }
      let scratch = rows.base + slot * memory.rowsPerSlot
      if convolution.pooled {
        Convolution.forwardPooled(
          convolution.geometry, x, packed: packed.base, bias: weights + convolution.bias,
          slope: convolution.activation.slope, into: y, outputRow: output.row,
          winners: memory.winners.map { $0.base + image * output.shape.count }, scratch: scratch)
      } else {
        Convolution.forward(
          convolution.geometry, x, packed: packed.base, bias: weights + convolution.bias,
          slope: convolution.activation.slope, into: y, outputRow: output.row, scratch: scratch)
      }
    case .activation(let activation):
      for row in 0..<output.height {
        let target = y + row * output.row
        let length = output.width * output.channels
        target.update(from: x + input.start + row * input.row, count: length)
        ActivationKernel.forward(target, count: length, slope: activation.slope)
      }
    case .maxPool:
      Pooling.forward(
        x + input.start, width: input.width, channels: input.channels, inputRow: input.row,
        into: y, height: output.height, outputRow: output.row,
        winners: memory.winners.map { $0.base + image * output.shape.count })
    case .flatten:
      Flattening.forward(
        x + input.start, inputRow: input.row, height: input.height, width: input.width,
        channels: input.channels, into: y)
    case .normalize:
      guard let norms = memory.norms else { return }
      Normalization.forward(
        x, images: 1, features: input.count, into: y, norms: norms.base + image)
    case .dense: break
    }
  }
}
