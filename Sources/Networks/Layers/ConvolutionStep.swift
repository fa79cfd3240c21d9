import Tensors

/// Convolution, bias, batch normalization by running statistics, activation and, if `pooled`, 2×2
/// max-pooling.
struct ConvolutionStep: Step {
  let geometry: ConvolutionGeometry
  /// Where the numbers of a batch normalization begin that is part of the step.
  var normalization: ParameterList.Place?
  var activation = Activation.none
  var pooled = false
  /// Where the weights begin in the network's block; a bias follows them.
  let weights: Int
  let hasBias: Bool
  var bias: Int { weights + geometry.weightCount }

  /// How the weight gradient is computed; it says in what order its sums lie.
  var gradientAlgorithm: ConvolutionAlgorithm {
    pooled ? .direct : geometry.weightGradientAlgorithm
  }

  /// Floats of the weight gradient's sums; those of the bias follow them.
  var gradientSumCount: Int { gradientAlgorithm.weightGradient.count(geometry) }

  var hasMarks: Bool { pooled }

  func fused(with placed: PlacedLayer, training: Bool) -> (any Step)? {
    var step = self
    if let next = placed.activation, activation == .none {
      // Activations rise, so the maximum may be taken before them.
      step.activation = next
    } else if placed.isPooling, !pooled {
      step.pooled = true
    } else if placed.layer is BatchNormalizationLayer, !training, normalization == nil,
      activation == .none, !pooled
    {
      step.normalization = placed.start
    } else {
      return nil
    }
    return step
  }

  func widen(_ input: inout Boundary, needsGradient: Bool) {
    input.padding = geometry.padding
    // The input's gradient is added up in whole vectors.
    if needsGradient, pooled { input.overhang = geometry.overhang }
  }

  func cost(isFirst: Bool, training: Bool) -> PassCost {
    let ways = training ? isFirst ? 1 : 2 : 0
    var cost = PassCost(
      dense: (1 + ways) * geometry.multiplyAdds,
      executed: Self.executed(geometry, pooled: pooled))
    if pooled {
      let cells = (geometry.outputHeight / 2) * (geometry.outputWidth / 2)
      cost.executed += ways * cells * geometry.weightCount
    } else if training {
      cost.executed += Self.executed(geometry, pooled: false, by: gradientAlgorithm)
      if !isFirst { cost.executed += Self.executed(geometry.transposed, pooled: false) }
    }
    return cost
  }

  /// Of one image on the way forward, or of its dense weight gradient.
  private static func executed(
    _ geometry: ConvolutionGeometry, pooled: Bool, by algorithm: ConvolutionAlgorithm? = nil
  ) -> Int {
    switch algorithm ?? geometry.algorithm {
    case .direct: return geometry.multiplyAdds
    case .winograd:
      let up = pooled ? 0 : 1
      let patches = ((geometry.outputHeight + up) / 2) * ((geometry.outputWidth + up) / 2)
      return patches * WinogradConvolution.places * geometry.channels * geometry.outputs
    }
  }

  func running(at place: StepPlace) -> any RunningStep { RunningConvolution(self, place) }
}

private struct RunningConvolution: RunningStep {
  /// What the input's gradient takes: from behind a pooling, or as a convolution of the output's.
  private struct Back {
    let weights: AlignedMemory
    /// Outputs sorted by where their maximum was, or the output's gradient with a border of zeros.
    let memory: SlotMemory
  }

  private let step: ConvolutionStep
  /// Weights for the way forward.
  private let packed: AlignedMemory
  /// Weights, then bias, with the batch normalization behind in them.
  private let folded: AlignedMemory?
  private let scratch: SlotMemory
  /// Weight gradients, then bias gradients; when training.
  private let sums: SlotMemory?
  /// Where the way back goes on to what comes in.
  private var back: Back?

  init(_ step: ConvolutionStep, _ place: StepPlace) {
    let geometry = step.geometry
    self.step = step
    packed = AlignedMemory(PackedWeights.count(geometry))
    folded =
      step.normalization == nil ? nil : AlignedMemory(geometry.weightCount + geometry.outputs)
    sums = place.training ? SlotMemory(step.gradientSumCount + geometry.outputs) : nil
    var counts = [geometry.algorithm.kernel.scratchCount(geometry)]
    if place.training {
      counts.append(step.gradientAlgorithm.weightGradient.scratchCount(geometry))
    }
    if place.needsGradient {
      if step.pooled {
        let (pixels, outputs) = (place.output.pixels, place.output.channels)
        back = Back(
          weights: AlignedMemory(PackedWeights.scatterCount(geometry)),
          memory: SlotMemory((pixels * (outputs + 4) + 1) / 2))
      } else {
        let transposed = geometry.transposed
        counts.append(transposed.algorithm.kernel.scratchCount(transposed))
        back = Back(
          weights: AlignedMemory(PackedWeights.count(transposed)),
          memory: SlotMemory(transposed.paddedCount))
      }
    }
    scratch = SlotMemory(counts.max() ?? 0)
  }

  func pack(_ pass: ForwardPass) {
    let geometry = step.geometry
    var source = pass.weights + step.weights
    if let folded, let place = step.normalization {
      BatchNormalization.fold(
        source, bias: step.hasBias ? pass.weights + step.bias : nil,
        taps: geometry.weightCount / geometry.outputs, outputs: geometry.outputs,
        normalization: pass.weights + place.weights,
        running: pass.statistics + place.statistics, into: folded.base,
        bias: folded.base + geometry.weightCount)
      source = UnsafePointer(folded.base)
    }
    PackedWeights.pack(geometry, source, into: packed.base)
    guard let back else { return }
    let pack = step.pooled ? PackedWeights.packForScatter : PackedWeights.packTransposed
    pack(geometry, source, back.weights.base)
  }

  func forward(_ image: StepImage, _ pass: ForwardPass) {
    let scratch = scratch[image.slot]
    let bias: UnsafePointer<Float>? =
      if let folded {
        UnsafePointer(folded.base + step.geometry.weightCount)
      } else if step.hasBias {
        pass.weights + step.bias
      } else { nil }
    let (geometry, slope) = (step.geometry, step.activation.slope)
    let kernel = geometry.algorithm.kernel
    if step.pooled {
      kernel.forwardPooled(
        geometry, image.x, packed: packed.base, bias: bias, slope: slope, into: image.y,
        outputRow: image.output.row, argmax: image.marks, scratch: scratch)
    } else {
      kernel.forward(
        geometry, image.x, packed: packed.base, bias: bias, slope: slope, into: image.y,
        outputRow: image.output.row, scratch: scratch)
    }
  }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    let (geometry, dy, output) = (step.geometry, gradient.dy, image.output)
    let sum = forTraining(sums)[image.slot]
    image.forEachRow { _, _, row in
      ActivationKernel.backward(
        dy + row, output: image.y + row, count: output.length, slope: step.activation.slope)
    }
    if step.hasBias {
      WeightGradient.addBias(dy, output, into: sum + step.gradientSumCount)
    }
    if step.pooled {
      let argmax = UnsafePointer(forTraining(image.marks))
      PooledGradient.addWeights(
        geometry, image.x, dy, gradientRow: output.row, argmax: argmax, into: sum)
      guard let back else { return }
      gradient.dx.update(repeating: 0, count: geometry.paddedCount)
      back.memory.withShorts(image.slot) {
        PooledGradient.addInput(
          geometry, dy, gradientRow: output.row, argmax: argmax, weights: back.weights.base,
          into: gradient.dx, order: $0)
      }
      return
    }
    let scratch = scratch[image.slot]
    step.gradientAlgorithm.weightGradient.add(
      geometry, image.x, dy, gradientRow: output.row, into: sum, scratch: scratch)
    guard let back else { return }
    let (transposed, padded) = (geometry.transposed, back.memory[image.slot])
    let inside = padded + transposed.padding * (transposed.paddedRow + transposed.channels)
    for row in 0..<output.height {
      (inside + row * transposed.paddedRow).update(
        from: dy + row * output.row, count: output.length)
    }
    transposed.algorithm.kernel.forward(
      transposed, padded, packed: back.weights.base, bias: nil, slope: 1,
      into: gradient.dx + geometry.padding * (geometry.paddedRow + geometry.channels),
      outputRow: geometry.paddedRow, scratch: scratch)
  }

  func clearSums(slot: Int) { forTraining(sums).clear(slot) }

  func collect(slots: Int, _ pass: BackwardPass) {
    let (geometry, sums) = (step.geometry, forTraining(sums))
    let pieces = evenRanges(geometry.outputs, parts: Workspace.slotCount)
    pass.pool.forEach(pieces.count) { piece in
      for output in pieces[piece] {
        step.gradientAlgorithm.weightGradient.collect(
          geometry, output: output, slots: sums.base, slotCount: slots, stride: sums.stride,
          into: pass.gradient + step.weights)
        guard step.hasBias else { continue }
        for slot in 0..<slots {
          pass.gradient[step.bias + output] += sums[slot][step.gradientSumCount + output]
        }
      }
    }
  }
}
