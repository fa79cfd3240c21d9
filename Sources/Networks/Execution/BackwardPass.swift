import Tensors

extension Workspace {
  /// Takes the gradients of the logits, in the heads' memory, back to all weights.
  ///
  /// - Parameters:
  ///   - features: A gradient at the features, [count, features], besides the one from the heads.
  ///   - mode: That of the way forward.
  ///   - gradient: As long as the network's block; the gradient is added to it.
  func backward(
    count: Int, features: Tensor?, weights: Block, mode: Mode, into gradient: inout Block,
    on pool: ThreadPool
  ) {
    precondition(training && gradient.count == weights.count)
    weights.elements.withUnsafeBufferPointer { w in
      gradient.elements.withUnsafeMutableBufferPointer { g in
        guard let weights = w.baseAddress, let gradient = g.baseAddress else { return }
        let pass = BackwardPass(
          workspace: self, count: count, weights: weights, gradient: gradient,
          isTraining: mode.isTraining, pool: pool)
        pass.run(features: features)
      }
    }
  }
}

/// One way back.
private struct BackwardPass: @unchecked Sendable {  // slots and images are disjoint
  let workspace: Workspace
  let count: Int
  let weights: UnsafePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  let isTraining: Bool
  let pool: ThreadPool

  private var plan: Plan { workspace.plan }

  func run(features: Tensor?) {
    runHeads()
    if let features {
      let target = workspace.gradients[plan.steps.count].base
      for index in features.elements.indices { target[index] += features.elements[index] }
    }
    for stage in plan.stages.reversed() {
      if case .dense(let dense) = plan.steps[stage.lowerBound] {
        run(dense, step: stage.lowerBound)
      } else {
        run(stage)
      }
    }
  }

  // MARK: Stages

  private func runHeads() {
    let last = plan.steps.count
    let (features, dx) = (workspace.values[last].base, workspace.gradients[last].base)
    for (index, head) in plan.heads.enumerated() {
      let memory = workspace.heads[index]
      guard let dy = memory.gradients?.base else { continue }
      if let cosine = memory.cosine {
        CosineHead(head: head, memory: cosine).backward(
          dy, count: count, weights: weights + head.weights, into: gradient + head.weights,
          adding: index > 0, dx, on: pool)
        continue
      }
      Linear.backwardWeights(
        dy, features, images: count, inputs: head.inputs, outputs: head.outputs,
        into: gradient + head.weights, bias: gradient + head.bias, on: pool)
      Linear.backwardInput(
        dy, weights: weights + head.weights, images: count, inputs: head.inputs,
        outputs: head.outputs, adding: index > 0, into: dx, on: pool)
    }
  }

  private func run(_ dense: Plan.FusedDense, step: Int) {
    if plan.normalization(behind: step..<step + 1) != nil {
      for image in 0..<count { finishNormalization(step: step + 1, image: image) }
    }
    let dy = workspace.gradients[step + 1].base
    ActivationKernel.backward(
      dy, output: workspace.values[step + 1].base, count: count * dense.outputs,
      slope: dense.activation.slope)
    Linear.backwardWeights(
      dy, workspace.values[step].base, images: count, inputs: dense.inputs,
      outputs: dense.outputs, into: gradient + dense.weights,
      bias: dense.hasBias ? gradient + dense.bias : nil, on: pool)
    guard step > 0 else { return }
    Linear.backwardInput(
      dy, weights: weights + dense.weights, images: count, inputs: dense.inputs,
      outputs: dense.outputs, adding: false, into: workspace.gradients[step].base, on: pool)
    for image in 0..<count { join(boundary: step, image: image) }
  }

  /// A run of steps that take one image at a time.
  ///
  /// A batch normalisation at its beginning only sums up what it needs of all images; the way through
  /// it belongs to the run before.
  private func run(_ stage: Range<Int>) {
    let slots = Workspace.slots(count)
    let finishes = plan.normalization(behind: stage) != nil
    pool.forEach(slots.count) { slot in
      for step in stage {
        let memory = workspace.steps[step]
        memory.sums.map {
          ($0.base + slot * memory.sumsPerSlot).update(repeating: 0, count: memory.sumsPerSlot)
        }
      }
      for image in slots[slot] {
        if finishes { finishNormalization(step: stage.upperBound, image: image) }
        for step in stage.reversed() {
          backward(step, image: image, slot: slot)
          if !plan.steps[step].isNormalization { join(boundary: step, image: image) }
        }
      }
    }
    for step in stage { collect(step, slots: slots.count) }
  }

  /// Adds up the slots' sums, in order.
  private func collect(_ step: Int, slots: Int) {
    let memory = workspace.steps[step]
    guard let sums = memory.sums else { return }
    switch plan.steps[step] {
    case .convolution(let convolution):
      let (geometry, stride) = (convolution.geometry, memory.sumsPerSlot)
      let pieces = evenRanges(geometry.outputs, parts: Workspace.slotCount)
      pool.forEach(pieces.count) { piece in
        for output in pieces[piece] {
          switch convolution.gradientAlgorithm {
          case .direct:
            WeightGradient.collect(
              geometry, output: output, slots: sums.base, slotCount: slots, stride: stride,
              into: gradient + convolution.weights)
          case .winograd:
            WinogradWeightGradient.collect(
              geometry, output: output, slots: sums.base, slotCount: slots, stride: stride,
              into: gradient + convolution.weights)
          }
          guard convolution.hasBias else { continue }
          for slot in 0..<slots {
            gradient[convolution.bias + output] +=
              sums.base[slot * stride + convolution.gradientSumCount + output]
          }
        }
      }
    case .normalization(let normalization):
      guard let table = memory.table else { return }
      BatchNormalization.collect(
        sums.base, slotCount: slots, stride: memory.sumsPerSlot,
        values: isTraining ? count * plan.boundaries[step].pixels : nil,
        BatchNormalization.Table(table.base, channels: normalization.channels),
        into: gradient + normalization.place.weights)
    default: break
    }
  }

  /// Adds the gradients of what else reads a boundary: residual blocks and layers of scales.
  private func join(boundary: Int, image: Int) {
    guard boundary > 0, let joins = plan.joins[boundary] else { return }
    let target = plan.boundaries[boundary]
    let dx = workspace.gradients[boundary].base + image * target.count + target.start
    for join in joins {
      switch join {
      case .block(let end):
        let source = plan.boundaries[end]
        Addition.add(
          workspace.gradients[end].base + image * source.count + source.start, row: source.row,
          height: source.height, length: source.width * source.channels, to: dx, row: target.row)
      case .grid(let vector, let offset, let side):
        let source = plan.boundaries[vector]
        AveragePooling.addGrid(
          workspace.gradients[vector].base + image * source.count + offset,
          height: target.height, width: target.width, channels: target.channels, side: side,
          to: dx, inputRow: target.row)
      }
    }
  }

  // MARK: Steps

  private func backward(_ step: Int, image: Int, slot: Int) {
    let (input, output) = (plan.boundaries[step], plan.boundaries[step + 1])
    let x = UnsafePointer(workspace.values[step].base + image * input.count)
    let y = UnsafePointer(workspace.values[step + 1].base + image * output.count + output.start)
    let dx = workspace.gradients[step].base + image * input.count
    let dy = workspace.gradients[step + 1].base + image * output.count + output.start
    let memory = workspace.steps[step]
    switch plan.steps[step] {
    case .convolution(let convolution):
      backward(
        convolution, memory, Images(x: x, y: y, dx: step > 0 ? dx : nil, dy: dy), output,
        winners: memory.winners.map { $0.base + image * output.shape.count }, slot: slot)
    case .normalization(let normalization):
      sum(normalization, memory, input, output, Images(x: x, y: y, dx: dx, dy: dy), image, slot)
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
    case .globalAveragePool:
      AveragePooling.backward(
        dy, height: input.height, width: input.width, channels: input.channels,
        into: dx + input.start, inputRow: input.row)
    case .flatten:
      Flattening.backward(
        dy, height: input.height, width: input.width, channels: input.channels,
        into: dx + input.start, inputRow: input.row)
    case .normalize:
      guard let norms = memory.norms else { return }
      dx.update(from: dy, count: input.count)
      Normalization.backward(
        dx, y: y, norms: norms.base + image, images: 1, features: input.count)
    case .dropout(let rate):
      let length = output.width * output.channels
      for row in 0..<output.height {
        let (source, target) = (dy + row * output.row, dx + input.start + row * input.row)
        if isTraining, let kept = memory.kept {
          Dropout.backward(
            source, count: length, rate: rate,
            kept: kept.base + image * output.shape.count + row * length, into: target)
        } else {
          target.update(from: source, count: length)
        }
      }
    case .add(_, let activation):
      // The other addend gets the same gradient when its boundary is reached.
      let length = output.width * output.channels
      for row in 0..<output.height {
        ActivationKernel.backward(
          dy + row * output.row, output: y + row * output.row, count: length,
          slope: activation.slope)
        (dx + input.start + row * input.row).update(from: dy + row * output.row, count: length)
      }
    case .gather(_, let side):
      // The other boundaries take their parts when they are reached.
      let (target, length) = (dx + input.start, input.width * input.channels)
      for row in 0..<input.height {
        (target + row * input.row).update(repeating: 0, count: length)
      }
      AveragePooling.addGrid(
        dy + output.count - side * side * input.channels, height: input.height,
        width: input.width, channels: input.channels, side: side, to: target,
        inputRow: input.row)
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

  private func sum(
    _ normalization: Plan.FusedNormalization, _ memory: StepMemory, _ input: Boundary,
    _ output: Boundary, _ images: Images, _ image: Int, _ slot: Int
  ) {
    guard let base = memory.table?.base, let sums = memory.sums else { return }
    let table = BatchNormalization.Table(base, channels: normalization.channels)
    let layout = BatchNormalization.Layout(input, outputRow: output.row)
    let (sum, slope) = (
      sums.base + slot * memory.sumsPerSlot, normalization.activation.slope
    )
    if let winners = memory.winners {
      BatchNormalization.addPooledSums(
        layout, images.x, table, slope: slope, output: images.y, images.dy,
        winners: winners.base + image * output.shape.count, into: sum)
    } else {
      BatchNormalization.addSums(
        layout, images.x, table, slope: slope, output: images.y, images.dy, into: sum)
    }
  }

  /// The way through a batch normalisation, when the sums over all images are known.
  private func finishNormalization(step: Int, image: Int) {
    let memory = workspace.steps[step]
    guard let base = memory.table?.base else { return }
    let (input, output) = (plan.boundaries[step], plan.boundaries[step + 1])
    let table = BatchNormalization.Table(base, channels: input.channels)
    let layout = BatchNormalization.Layout(input, outputRow: output.row)
    let z = UnsafePointer(workspace.values[step].base + image * input.count)
    let g = UnsafePointer(workspace.gradients[step + 1].base + image * output.count + output.start)
    let dz = workspace.gradients[step].base + image * input.count
    if let winners = memory.winners {
      BatchNormalization.backwardPooled(
        layout, z, table, g, winners: winners.base + image * output.shape.count, into: dz)
    } else {
      BatchNormalization.backward(layout, z, table, g, into: dz)
    }
    join(boundary: step, image: image)
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
    if convolution.hasBias {
      WeightGradient.addBias(
        height: output.height, width: output.width, outputs: output.channels, dy,
        gradientRow: output.row, into: sum + convolution.gradientSumCount)
    }
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
      guard let rows = memory.rows else { return }
      let scratch = rows.base + slot * memory.rowsPerSlot
      switch convolution.gradientAlgorithm {
      case .direct:
        WeightGradient.add(geometry, images.x, dy, gradientRow: output.row, into: sum)
      case .winograd:
        WinogradWeightGradient.add(
          geometry, images.x, dy, gradientRow: output.row, into: sum, scratch: scratch)
      }
      guard let dx = images.dx, let weights = memory.packedBack, let padded = memory.padded
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
        outputRow: geometry.paddedRow, scratch: scratch)
    }
  }
}
