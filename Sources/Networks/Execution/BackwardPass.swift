import Tensors

extension Workspace {
  /// Takes the gradients of the logits, in `logitGradients`, back to all weights.
  ///
  /// - Parameters:
  ///   - features: A gradient at the features, [count, features], besides the one from the heads.
  ///   - gradient: As long as the network's block; the gradient is added to it.
  func backward(
    count: Int, features: Tensor?, weights: Block, into gradient: inout Block,
    on pool: ThreadPool
  ) {
    precondition(training && gradient.count == weights.count)
    weights.elements.withUnsafeBufferPointer { w in
      gradient.elements.withUnsafeMutableBufferPointer { g in
        guard let weights = w.baseAddress, let gradient = g.baseAddress else { return }
        backwardHeads(count: count, weights, into: gradient, on: pool)
        if let features {
          let target = gradients[plan.steps.count].base
          for index in features.elements.indices { target[index] += features.elements[index] }
        }
        for stage in plan.stages.reversed() {
          if case .dense(let dense) = plan.steps[stage.lowerBound] {
            backward(dense, step: stage.lowerBound, count: count, weights, gradient, on: pool)
          } else {
            backward(stage, count: count, into: gradient, on: pool)
          }
        }
      }
    }
  }

  private func backwardHeads(
    count: Int, _ weights: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>,
    on pool: ThreadPool
  ) {
    let last = plan.steps.count
    for (index, head) in plan.heads.enumerated() {
      let dy = logitGradients[index].base
      Linear.backwardWeights(
        dy, values[last].base, images: count, inputs: head.inputs, outputs: head.outputs,
        into: gradient + head.weights, bias: gradient + head.bias, on: pool)
      Linear.backwardInput(
        dy, weights: weights + head.weights, images: count, inputs: head.inputs,
        outputs: head.outputs, adding: index > 0, into: gradients[last].base, on: pool)
    }
  }

  private func backward(
    _ dense: Plan.FusedDense, step: Int, count: Int, _ weights: UnsafePointer<Float>,
    _ gradient: UnsafeMutablePointer<Float>, on pool: ThreadPool
  ) {
    let dy = gradients[step + 1].base
    ActivationKernel.backward(
      dy, output: values[step + 1].base, count: count * dense.outputs,
      slope: dense.activation.slope)
    Linear.backwardWeights(
      dy, values[step].base, images: count, inputs: dense.inputs, outputs: dense.outputs,
      into: gradient + dense.weights, bias: gradient + dense.bias, on: pool)
    if step > 0 {
      Linear.backwardInput(
        dy, weights: weights + dense.weights, images: count, inputs: dense.inputs,
        outputs: dense.outputs, adding: false, into: gradients[step].base, on: pool)
    }
  }

  /// A run of steps that take one image at a time.
  private func backward(
    _ stage: Range<Int>, count: Int, into gradient: UnsafeMutablePointer<Float>,
    on pool: ThreadPool
  ) {
    let slots = Self.slots(count)
    pool.forEach(slots.count) { slot in
      for step in stage {
        let memory = steps[step]
        memory.sums.map {
          ($0.base + slot * memory.sumsPerSlot).update(repeating: 0, count: memory.sumsPerSlot)
        }
      }
      for image in slots[slot] {
        for step in stage.reversed() { backward(step, image: image, slot: slot) }
      }
    }
    for step in stage {
      guard case .convolution(let convolution) = plan.steps[step], let sums = steps[step].sums
      else { continue }
      let (geometry, stride) = (convolution.geometry, steps[step].sumsPerSlot)
      nonisolated(unsafe) let gradient = gradient  // outputs are disjoint
      let pieces = evenRanges(geometry.outputs, parts: Self.slotCount)
      pool.forEach(pieces.count) { piece in
        for output in pieces[piece] {
          WeightGradient.collect(
            geometry, output: output, slots: sums.base, slotCount: slots.count, stride: stride,
            into: gradient + convolution.weights)
          for slot in slots.indices {
            gradient[convolution.bias + output] +=
              sums.base[slot * stride + WeightGradient.count(geometry) + output]
          }
        }
      }
    }
  }

  private func backward(_ step: Int, image: Int, slot: Int) {
    let (input, output) = (plan.boundaries[step], plan.boundaries[step + 1])
    let x = UnsafePointer(values[step].base + image * input.count)
    let y = UnsafePointer(values[step + 1].base + image * output.count + output.start)
    let dx = gradients[step].base + image * input.count
    let dy = gradients[step + 1].base + image * output.count + output.start
    let memory = steps[step]
    switch plan.steps[step] {
    case .convolution(let convolution):
      backward(
        convolution, memory, Images(x: x, y: y, dx: step > 0 ? dx : nil, dy: dy), output,
        winners: memory.winners.map { $0.base + image * output.shape.count }, slot: slot)
    case .activation(let activation):
      let length = output.width * output.channels
      for row in 0..<output.height {
        let target = dx + input.start + row * input.row
        target.update(from: dy + row * output.row, count: length)
        ActivationKernel.backward(
          target, output: y + row * output.row, count: length, slope: activation.slope)
      }
    case .maxPool:
      guard let winners = memory.winners else { return }
      Pooling.backward(
        dy, height: output.height, width: output.width, channels: output.channels,
        gradientRow: output.row, winners: winners.base + image * output.shape.count,
        into: dx + input.start, inputHeight: input.height, inputWidth: input.width,
        inputRow: input.row)
    case .flatten:
      Flattening.backward(
        dy, height: input.height, width: input.width, channels: input.channels,
        into: dx + input.start, inputRow: input.row)
    case .normalize:
      guard let norms = memory.norms else { return }
      dx.update(from: dy, count: input.count)
      Normalization.backward(
        dx, y: y, norms: norms.base + image, images: 1, features: input.count)
    case .dense: break
    }
  }

  /// One image's values and gradients around a step.
  private struct Images {
    var x: UnsafePointer<Float>
    var y: UnsafePointer<Float>
    /// nil before the first step, whose input needs no gradient.
    var dx: UnsafeMutablePointer<Float>?
    var dy: UnsafeMutablePointer<Float>
  }

  private func backward(
    _ convolution: Plan.FusedConvolution, _ memory: StepMemory, _ images: Images,
    _ output: Boundary, winners: UnsafePointer<UInt8>?, slot: Int
  ) {
    guard let sums = memory.sums else { return }
    let (geometry, dy) = (convolution.geometry, images.dy)
    let sum = sums.base + slot * memory.sumsPerSlot
    for row in 0..<output.height {
      ActivationKernel.backward(
        dy + row * output.row, output: images.y + row * output.row,
        count: output.width * output.channels, slope: convolution.activation.slope)
    }
    WeightGradient.addBias(
      height: output.height, width: output.width, outputs: output.channels, dy,
      gradientRow: output.row, into: sum + WeightGradient.count(geometry))
    if convolution.pooled {
      guard let winners else { return }
      PooledGradient.addWeights(
        geometry, images.x, dy, gradientRow: output.row, winners: winners, into: sum)
      guard let dx = images.dx, let weights = memory.packedBack, let order = memory.order
      else { return }
      dx.update(repeating: 0, count: geometry.paddedCount)
      (order.base + slot * memory.orderPerSlot).withMemoryRebound(
        to: UInt16.self, capacity: memory.orderPerSlot / 2
      ) {
        PooledGradient.addInput(
          geometry, dy, gradientRow: output.row, winners: winners, weights: weights.base,
          into: dx, order: $0)
      }
    } else {
      WeightGradient.add(geometry, images.x, dy, gradientRow: output.row, into: sum)
      guard let dx = images.dx, let weights = memory.packedBack, let padded = memory.padded,
        let rows = memory.rows
      else { return }
      let back = geometry.transposed
      let source = padded.base + slot * memory.paddedPerSlot
      for row in 0..<output.height {
        (source + (row + back.padding) * back.paddedRow + back.padding * back.channels).update(
          from: dy + row * output.row, count: output.width * output.channels)
      }
      Convolution.forward(
        back, source, packed: weights.base, bias: nil, slope: 1,
        into: dx + geometry.padding * (geometry.paddedRow + geometry.channels),
        outputRow: geometry.paddedRow, scratch: rows.base + slot * memory.rowsPerSlot)
    }
  }
}
