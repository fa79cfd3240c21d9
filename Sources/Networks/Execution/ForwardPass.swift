import Randomness
import Tensors

extension Workspace {
  /// What a pass reads of the network.
  struct Numbers {
    /// The network's block.
    var weights: Block
    /// Its running statistics.
    var statistics: Block

    func isSameMemory(as other: Numbers) -> Bool {
      weights.isSameMemory(as: other.weights) && statistics.isSameMemory(as: other.statistics)
    }
  }

  /// Computes the logits of all heads, leaving behind what `backward` needs.
  ///
  /// - Parameter images: [count, height, width, channels]
  func forward(
    _ images: UnsafePointer<Float>, count: Int, _ numbers: Numbers, mode: Mode = .evaluation,
    on pool: ThreadPool
  ) {
    let (weights, statistics) = (numbers.weights, numbers.statistics)
    precondition(count <= capacity && weights.count == architecture.parameterCount)
    precondition(statistics.count == architecture.statisticsCount)
    weights.elements.withUnsafeBufferPointer { block in
      statistics.elements.withUnsafeBufferPointer { running in
        guard let base = block.baseAddress else { return }
        let pass = ForwardPass(
          workspace: self, images: images, count: count, weights: base,
          statistics: running.baseAddress ?? base, mode: mode, pool: pool)
        if packed?.isSameMemory(as: numbers) != true {
          pass.pack()
          packed = training ? nil : numbers
        }
        pass.run()
      }
    }
  }
}

/// One way forward.
private struct ForwardPass: @unchecked Sendable {  // pointers that are only read
  let workspace: Workspace
  let images: UnsafePointer<Float>
  let count: Int
  let weights: UnsafePointer<Float>
  let statistics: UnsafePointer<Float>
  let mode: Workspace.Mode
  let pool: ThreadPool

  private var plan: Plan { workspace.plan }

  func run() {
    takeAllIfNeeded()
    for stage in plan.stages {
      if case .dense(let dense) = plan.steps[stage.lowerBound] {
        run(dense, step: stage.lowerBound)
      } else {
        run(stage)
      }
    }
    for (head, memory) in zip(plan.heads, workspace.heads) {
      let features = UnsafePointer(workspace.values[plan.steps.count].base)
      if let cosine = memory.cosine {
        CosineHead(head: head, memory: cosine).forward(
          features, count: count, weights: weights + head.weights, into: memory.logits.base,
          on: pool)
      } else {
        Linear.forward(
          features, weights: weights + head.weights, bias: weights + head.bias, images: count,
          inputs: head.inputs, outputs: head.outputs, slope: 1, into: memory.logits.base,
          on: pool)
      }
    }
  }

  /// Where the first stage needs all images at once.
  private func takeAllIfNeeded() {
    let measured = mode.isTraining && plan.normalization(behind: 0..<0) != nil
    let isDense = plan.steps.first.map(\.isDense) ?? true
    guard measured || isDense else { return }
    let slots = Workspace.slots(count)
    pool.forEach(slots.count) { slot in
      for image in slots[slot] {
        take(image: image, slot: slot)
        if measured { measure(boundary: 0, image: image) }
      }
    }
  }

  func pack() {
    pool.forEach(plan.steps.count) { index in
      guard case .convolution(let convolution) = plan.steps[index] else { return }
      let memory = workspace.steps[index]
      var source = weights + convolution.weights
      if let folded = memory.folded, let place = convolution.normalization {
        BatchNormalization.fold(
          source, bias: convolution.hasBias ? weights + convolution.bias : nil,
          taps: convolution.geometry.weightCount / convolution.geometry.outputs,
          outputs: convolution.geometry.outputs, normalization: weights + place.weights,
          running: statistics + place.statistics, into: folded.base,
          bias: folded.base + convolution.geometry.weightCount)
        source = UnsafePointer(folded.base)
      }
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

  /// Copies an image of the batch into the first boundary, inside its border.
  private func take(image: Int, slot: Int) {
    let boundary = plan.boundaries[0]
    let source = images + image * boundary.shape.count
    let target = workspace.values(0, image: image, slot: slot) + boundary.start
    let length = boundary.width * boundary.channels
    for row in 0..<boundary.height {
      (target + row * boundary.row).update(from: source + row * length, count: length)
    }
  }

  // MARK: Stages

  private func run(_ dense: Plan.FusedDense, step: Int) {
    Linear.forward(
      workspace.values[step].base, weights: weights + dense.weights,
      bias: dense.hasBias ? weights + dense.bias : nil, images: count, inputs: dense.inputs,
      outputs: dense.outputs, slope: dense.activation.slope,
      into: workspace.values[step + 1].base, on: pool)
    if plan.normalization(behind: step..<step + 1) != nil {
      for image in 0..<count { measure(boundary: step + 1, image: image) }
    }
  }

  /// A run of steps that take one image at a time.
  private func run(_ stage: Range<Int>) {
    if case .normalization(let normalization) = plan.steps[stage.lowerBound] {
      prepare(normalization, step: stage.lowerBound)
    }
    let slots = Workspace.slots(count)
    let measured = plan.normalization(behind: stage) != nil
    pool.forEach(slots.count) { slot in
      for image in slots[slot] {
        if stage.lowerBound == 0 { take(image: image, slot: slot) }
        for step in stage { forward(step, image: image, slot: slot) }
        if measured { measure(boundary: stage.upperBound, image: image) }
      }
    }
  }

  /// Takes the moments of what goes into the batch normalisation of step `boundary`.
  private func measure(boundary: Int, image: Int) {
    guard mode.isTraining, let moments = workspace.steps[boundary].moments else { return }
    let layout = plan.boundaries[boundary]
    BatchNormalization.measure(
      workspace.values[boundary].base + image * layout.count, pixels: layout.pixels,
      channels: layout.channels, into: moments.base + image * 2 * layout.channels)
  }

  private func prepare(_ normalization: Plan.FusedNormalization, step: Int) {
    let memory = workspace.steps[step]
    guard let base = memory.table?.base else { return }
    let channels = normalization.channels
    let table = BatchNormalization.Table(base, channels: channels)
    if mode.isTraining, let moments = memory.moments {
      BatchNormalization.combine(
        moments.base, images: count, pixels: plan.boundaries[step].pixels, into: table)
    } else {
      let running = statistics + normalization.place.statistics
      table.mean.update(from: running, count: channels)
      table.variance.update(from: running + channels, count: channels)
    }
    BatchNormalization.prepare(table, weights: weights + normalization.place.weights)
  }

  // MARK: Steps

  private func forward(_ step: Int, image: Int, slot: Int) {
    let (input, output) = (plan.boundaries[step], plan.boundaries[step + 1])
    let x = UnsafePointer(workspace.values(step, image: image, slot: slot))
    let y = workspace.values(step + 1, image: image, slot: slot) + output.start
    let memory = workspace.steps[step]
    switch plan.steps[step] {
    case .convolution(let convolution):
      forward(convolution, memory, x, into: y, output, image: image, slot: slot)
    case .normalization(let normalization):
      forward(normalization, memory, input, x, into: y, output, image: image)
    case .activation(let activation):
      forEachRow(input, x, output, y) { x, y, length in
        y.update(from: x, count: length)
        ActivationKernel.forward(y, count: length, slope: activation.slope)
      }
    case .maxPool:
      Pooling.forward(
        x + input.start, width: input.width, channels: input.channels, inputRow: input.row,
        into: y, height: output.height, outputRow: output.row,
        winners: memory.winners.map { $0.base + image * output.shape.count })
    case .globalAveragePool:
      AveragePooling.forward(
        x + input.start, height: input.height, width: input.width, channels: input.channels,
        inputRow: input.row, into: y)
    case .flatten:
      Flattening.forward(
        x + input.start, inputRow: input.row, height: input.height, width: input.width,
        channels: input.channels, into: y)
    case .normalize:
      guard let norms = memory.norms else { return }
      Normalization.forward(
        x, images: 1, features: input.count, into: y, norms: norms.base + image)
    case .dropout(let rate):
      guard case .training(let random) = mode, let kept = memory.kept else {
        return forEachRow(input, x, output, y) { x, y, length in y.update(from: x, count: length) }
      }
      let stream = random.stream(step).stream(image)
      let marks = kept.base + image * output.shape.count
      forEachRow(input, x, output, y) { row, x, y, length in
        Dropout.forward(
          x, count: length, rate: rate, random: stream.stream(row), into: y,
          kept: marks + row * length)
      }
    case .add(let boundary, let activation):
      let other = plan.boundaries[boundary]
      let values = workspace.values(boundary, image: image, slot: slot) + other.start
      Addition.forward(
        x + input.start, row: input.row, values, row: other.row, height: output.height,
        length: output.width * output.channels, slope: activation.slope, into: y, row: output.row)
    case .gather(let boundaries, let side):
      var target = y
      for boundary in boundaries {
        let source = plan.boundaries[boundary]
        AveragePooling.grid(
          workspace.values(boundary, image: image, slot: slot) + source.start,
          height: source.height, width: source.width, channels: source.channels,
          inputRow: source.row, side: side, into: target)
        target += side * side * source.channels
      }
    case .dense: break
    }
  }

  private func forward(
    _ convolution: Plan.FusedConvolution, _ memory: StepMemory, _ x: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, _ output: Boundary, image: Int, slot: Int
  ) {
    guard let packed = memory.packed, let rows = memory.rows else { return }
    let scratch = rows.base + slot * memory.rowsPerSlot
    let bias: UnsafePointer<Float>? =
      if let folded = memory.folded {
        UnsafePointer(folded.base + convolution.geometry.weightCount)
      } else if convolution.hasBias {
        weights + convolution.bias
      } else { nil }
    if convolution.pooled {
      Convolution.forwardPooled(
        convolution.geometry, x, packed: packed.base, bias: bias,
        slope: convolution.activation.slope, into: y, outputRow: output.row,
        winners: memory.winners.map { $0.base + image * output.shape.count }, scratch: scratch)
    } else {
      Convolution.forward(
        convolution.geometry, x, packed: packed.base, bias: bias,
        slope: convolution.activation.slope, into: y, outputRow: output.row, scratch: scratch)
    }
  }

  private func forward(
    _ normalization: Plan.FusedNormalization, _ memory: StepMemory, _ input: Boundary,
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, _ output: Boundary, image: Int
  ) {
    guard let base = memory.table?.base else { return }
    let table = BatchNormalization.Table(base, channels: normalization.channels)
    let layout = BatchNormalization.Layout(input, outputRow: output.row)
    let slope = normalization.activation.slope
    if normalization.pooled {
      BatchNormalization.forwardPooled(
        layout, x, table, slope: slope, into: y,
        winners: memory.winners.map { $0.base + image * output.shape.count })
    } else {
      BatchNormalization.forward(layout, x, table, slope: slope, into: y)
    }
  }

  /// Both boundaries have one shape, but maybe borders of their own.
  private func forEachRow(
    _ input: Boundary, _ x: UnsafePointer<Float>, _ output: Boundary,
    _ y: UnsafeMutablePointer<Float>,
    _ body: (_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ length: Int) -> Void
  ) {
    forEachRow(input, x, output, y) { _, x, y, length in body(x, y, length) }
  }

  private func forEachRow(
    _ input: Boundary, _ x: UnsafePointer<Float>, _ output: Boundary,
    _ y: UnsafeMutablePointer<Float>,
    _ body: (
      _ row: Int, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ length: Int
    ) -> Void
  ) {
    for row in 0..<output.height {
      body(
        row, x + input.start + row * input.row, y + row * output.row,
        output.width * output.channels)
    }
  }
}

extension BatchNormalization.Layout {
  /// - Parameter input: What is normalised; it has no border.
  init(_ input: Boundary, outputRow: Int) {
    self.init(
      height: input.height, width: input.width, channels: input.channels, outputRow: outputRow)
  }
}
