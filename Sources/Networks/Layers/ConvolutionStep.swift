import Tensors

/// Convolution, bias, batch normalization by running statistics, activation and, if `pooled`, 2×2
/// max-pooling.
struct ConvolutionStep: Step {
  let geometry: ConvolutionGeometry
  var normalization: NormalizationStep.Place?
  var activation = Activation.none
  var pooled = false
  /// Where the weights begin in the network's block; a bias follows them.
  let weights: Int
  let hasBias: Bool
  var bias: Int { weights + geometry.weightCount }

  /// How the weight gradient is computed; it says in what order its sums lie.
  var gradientAlgorithm: Convolution.Algorithm {
    pooled ? .direct : geometry.weightGradientAlgorithm
  }

  /// Floats of the weight gradient's sums; those of the bias follow them.
  var gradientSumCount: Int {
    switch gradientAlgorithm {
    case .direct: WeightGradient.count(geometry)
    case .winograd: WinogradWeightGradient.count(geometry)
    }
  }

  func fused(with kind: any LayerKind, in plan: inout Plan) -> (any Step)? {
    var step = self
    switch kind {
    case is BatchNormalizationLayer
    where !plan.training && normalization == nil && activation == .none && !pooled:
      step.normalization = plan.takeNormalization(channels: geometry.outputs)
    case let layer as ActivationLayer where activation == .none:
      // Activations rise, so the maximum may be taken before them.
      step.activation = layer.activation
    case is MaxPoolLayer where !pooled: step.pooled = true
    default: return nil
    }
    return step
  }

  func widen(_ input: inout Boundary, isFirst: Bool, training: Bool) {
    input.padding = geometry.padding
    // The input's gradient is added up in whole vectors.
    if training, pooled, !isFirst { input.overhang = geometry.overhang }
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
    _ geometry: ConvolutionGeometry, pooled: Bool, by algorithm: Convolution.Algorithm? = nil
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
  /// What the way back needs besides sums: of the input's gradient only behind the first step.
  private enum Back {
    case pooled(argmax: ByteMemory, input: Scatter?)
    case dense(input: Transposed?)
  }

  /// The input's gradient from behind a pooling.
  private struct Scatter {
    let weights: AlignedMemory
    /// Outputs sorted by where their maximum was.
    let order: SlotMemory
  }

  /// The input's gradient as a convolution of the output's.
  private struct Transposed {
    let weights: AlignedMemory
    /// The output's gradient with a border of zeros.
    let padded: SlotMemory
  }

  private let step: ConvolutionStep
  /// Weights for the way forward.
  private let packed: AlignedMemory
  /// Weights, then bias, with the batch normalization behind in them.
  private let folded: AlignedMemory?
  private let scratch: SlotMemory
  /// Weight gradients, then bias gradients; when training, like the rest.
  private let sums: SlotMemory?
  private let back: Back?

  init(_ step: ConvolutionStep, _ place: StepPlace) {
    let geometry = step.geometry
    self.step = step
    packed = AlignedMemory(PackedWeights.count(geometry))
    folded =
      step.normalization == nil ? nil : AlignedMemory(geometry.weightCount + geometry.outputs)
    var scratch = Convolution.scratchCount(geometry)
    guard place.training else {
      self.scratch = SlotMemory(scratch)
      (sums, back) = (nil, nil)
      return
    }
    sums = SlotMemory(step.gradientSumCount + geometry.outputs)
    if step.gradientAlgorithm == .winograd {
      scratch = max(scratch, WinogradWeightGradient.scratchCount(geometry))
    }
    if step.pooled {
      let output = place.output
      back = .pooled(
        argmax: place.bytes(),
        input: place.isFirst
          ? nil
          : Scatter(
            weights: AlignedMemory(PackedWeights.scatterCount(geometry)),
            order: SlotMemory((output.pixels * (output.channels + 4) + 1) / 2)))
    } else if place.isFirst {
      back = .dense(input: nil)
    } else {
      let transposed = geometry.transposed
      scratch = max(scratch, Convolution.scratchCount(transposed))
      back = .dense(
        input: Transposed(
          weights: AlignedMemory(PackedWeights.count(transposed)),
          padded: SlotMemory(transposed.paddedCount)))
    }
    self.scratch = SlotMemory(scratch)
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
    switch back {
    case .pooled(_, let input?):
      PackedWeights.packForScatter(geometry, source, into: input.weights.base)
    case .dense(let input?):
      PackedWeights.packTransposed(geometry, source, into: input.weights.base)
    case .pooled(_, nil), .dense(nil), nil: break
    }
  }

  func forward(_ image: StepImage, _ pass: ForwardPass) {
    let scratch = scratch[image.slot]
    let bias: UnsafePointer<Float>? =
      if let folded {
        UnsafePointer(folded.base + step.geometry.weightCount)
      } else if step.hasBias {
        pass.weights + step.bias
      } else { nil }
    if step.pooled {
      let argmax: ByteMemory? = if case .pooled(let argmax, _) = back { argmax } else { nil }
      Convolution.forwardPooled(
        step.geometry, image.x, packed: packed.base, bias: bias, slope: step.activation.slope,
        into: image.y, outputRow: image.output.row, argmax: argmax.map(image.bytes),
        scratch: scratch)
    } else {
      Convolution.forward(
        step.geometry, image.x, packed: packed.base, bias: bias, slope: step.activation.slope,
        into: image.y, outputRow: image.output.row, scratch: scratch)
    }
  }

  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    let (geometry, dy, output) = (step.geometry, gradient.dy, image.output)
    let sum = forTraining(sums)[image.slot]
    image.forEachRow { _, _, row in
      ActivationKernel.backward(
        dy + row, output: image.y + row, count: image.length, slope: step.activation.slope)
    }
    if step.hasBias {
      WeightGradient.addBias(
        height: output.height, width: output.width, outputs: output.channels, dy,
        gradientRow: output.row, into: sum + step.gradientSumCount)
    }
    switch forTraining(back) {
    case .pooled(let argmax, let input):
      let argmax = image.bytes(argmax)
      PooledGradient.addWeights(
        geometry, image.x, dy, gradientRow: output.row, argmax: argmax, into: sum)
      guard let input else { return }
      gradient.dx.update(repeating: 0, count: geometry.paddedCount)
      input.order.withShorts(image.slot) {
        PooledGradient.addInput(
          geometry, dy, gradientRow: output.row, argmax: argmax, weights: input.weights.base,
          into: gradient.dx, order: $0)
      }
    case .dense(let input):
      let scratch = scratch[image.slot]
      switch step.gradientAlgorithm {
      case .direct:
        WeightGradient.add(geometry, image.x, dy, gradientRow: output.row, into: sum)
      case .winograd:
        WinogradWeightGradient.add(
          geometry, image.x, dy, gradientRow: output.row, into: sum, scratch: scratch)
      }
      guard let input else { return }
      let transposed = geometry.transposed
      let padded = input.padded[image.slot]
      for row in 0..<output.height {
        (padded + (row + transposed.padding) * transposed.paddedRow
          + transposed.padding * transposed.channels)
          .update(from: dy + row * output.row, count: image.length)
      }
      Convolution.forward(
        transposed, padded, packed: input.weights.base, bias: nil, slope: 1,
        into: gradient.dx + geometry.padding * (geometry.paddedRow + geometry.channels),
        outputRow: geometry.paddedRow, scratch: scratch)
    }
  }

  func clearSums(slot: Int) { forTraining(sums).clear(slot) }

  func collect(slots: Int, _ pass: BackwardPass) {
    let (geometry, sums) = (step.geometry, forTraining(sums))
    let pieces = evenRanges(geometry.outputs, parts: Workspace.slotCount)
    pass.pool.forEach(pieces.count) { piece in
      for output in pieces[piece] {
        switch step.gradientAlgorithm {
        case .direct:
          WeightGradient.collect(
            geometry, output: output, slots: sums.base, slotCount: slots, stride: sums.stride,
            into: pass.gradient + step.weights)
        case .winograd:
          WinogradWeightGradient.collect(
            geometry, output: output, slots: sums.base, slotCount: slots, stride: sums.stride,
            into: pass.gradient + step.weights)
        }
        guard step.hasBias else { continue }
        for slot in 0..<slots {
          pass.gradient[step.bias + output] += sums[slot][step.gradientSumCount + output]
        }
      }
    }
  }
}
