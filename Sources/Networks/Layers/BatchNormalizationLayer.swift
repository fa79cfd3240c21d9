import Tensors

package struct BatchNormalizationLayer: RunnableLayer {
  package let name: String

  static let key = "batchNormalization"
  static let words = [
    LayerWord("bn", "Batch normalization.") { _, names in
      .batchNormalization(name: names.next("bn"))
    }
  ]

  var removesMean: Bool { true }
  var mapRole: MapRole { .part(name: name, mayStandAlone: true) }

  func addParameters(to list: inout ParameterList, of placed: PlacedLayer) {
    let shape = [placed.input.channels]
    list.append(name + ".weight", shape, .scale)
    list.append(name + ".bias", shape, .shift)
    list.append(name + ".running_mean", shape, .mean)
    list.append(name + ".running_var", shape, .variance)
  }

  /// torchinfo counts every parameter once an image, wherever it is used.
  func module(_ placed: PlacedLayer) -> Summary.Module? {
    let isImage = if case .image = placed.input { true } else { false }
    return (kind: isImage ? "BatchNorm2d" : "BatchNorm1d", name: name, uses: 1)
  }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step {
    NormalizationStep(channels: placed.input.channels, place: placed.start)
  }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {
    graph.node(
      "BatchNormalization",
      [graph.last] + ["weight", "bias", "running_mean", "running_var"].map { "\(name).\($0)" },
      [.real("epsilon", Float(BatchNormalization.epsilon))])
  }
}

/// Batch normalization, activation and, if `pooled`, 2×2 max-pooling.
private struct NormalizationStep: Step {
  let channels: Int
  /// Where its numbers begin: scale, then shift; mean, then variance.
  let place: ParameterList.Place
  var activation = Activation.none
  var pooled = false

  var reach: Reach { .measured }
  var hasMarks: Bool { pooled }

  func fused(with placed: PlacedLayer, training: Bool) -> (any Step)? {
    var step = self
    if let next = placed.activation, activation == .none {
      step.activation = next
    } else if placed.isPooling, !pooled {
      step.pooled = true
    } else {
      return nil
    }
    return step
  }

  func running(at place: StepPlace) -> any RunningStep { RunningNormalization(self, place) }
}

private struct RunningNormalization: RunningStep {
  private let step: NormalizationStep
  private let pixels: Int
  /// The figures of the batch.
  private let figures: AlignedMemory
  /// Each image's moments, [capacity, 2, channels]; when training, like the sums.
  private let moments: AlignedMemory?
  private let sums: SlotMemory?

  init(_ step: NormalizationStep, _ place: StepPlace) {
    self.step = step
    pixels = place.input.pixels
    figures = AlignedMemory(BatchNormalization.Table.count(channels: step.channels))
    moments = place.training ? AlignedMemory(place.capacity * 2 * step.channels) : nil
    sums = place.training ? SlotMemory(2 * step.channels) : nil
  }

  private var table: BatchNormalization.Table {
    BatchNormalization.Table(figures.base, channels: step.channels)
  }

  // MARK: Forward

  func measure(image: Int, _ x: UnsafePointer<Float>) {
    BatchNormalization.measure(
      x, pixels: pixels, channels: step.channels,
      into: forTraining(moments).base + image * 2 * step.channels)
  }

  func prepare(_ pass: ForwardPass) {
    let (table, channels) = (table, step.channels)
    if pass.mode.isTraining {
      BatchNormalization.combine(
        forTraining(moments).base, images: pass.count, pixels: pixels, into: table)
    } else {
      let running = pass.statistics + step.place.statistics
      table.mean.update(from: running, count: channels)
      table.variance.update(from: running + channels, count: channels)
    }
    BatchNormalization.prepare(table, weights: pass.weights + step.place.weights)
  }

  func forward(_ image: StepImage, _ pass: ForwardPass) {
    let slope = step.activation.slope
    if step.pooled {
      BatchNormalization.forwardPooled(
        image.input, image.x, table, slope: slope, into: image.y, outputRow: image.output.row,
        argmax: image.marks)
    } else {
      BatchNormalization.forward(
        image.input, image.x, table, slope: slope, into: image.y, outputRow: image.output.row)
    }
  }

  // MARK: Back

  /// Only sums up what the way through needs of all images.
  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    let (slope, sum) = (step.activation.slope, forTraining(sums)[image.slot])
    if step.pooled {
      BatchNormalization.addPooledSums(
        image.input, image.x, table, slope: slope, output: image.y, gradient.dy,
        gradientRow: image.output.row, argmax: forTraining(image.marks), into: sum)
    } else {
      BatchNormalization.addSums(
        image.input, image.x, table, slope: slope, output: image.y, gradient.dy,
        gradientRow: image.output.row, into: sum)
    }
  }

  func clearSums(slot: Int) { forTraining(sums).clear(slot) }

  func collect(slots: Int, _ pass: BackwardPass) {
    let sums = forTraining(sums)
    BatchNormalization.collect(
      sums.base, slotCount: slots, stride: sums.stride,
      values: pass.isTraining ? pass.count * pixels : nil, table,
      into: pass.gradient + step.place.weights)
  }

  func finish(_ image: StepImage, _ gradient: StepGradient) {
    if step.pooled {
      BatchNormalization.backwardPooled(
        image.input, image.x, table, gradient.dy, gradientRow: image.output.row,
        argmax: forTraining(image.marks), into: gradient.dx)
    } else {
      BatchNormalization.backward(
        image.input, image.x, table, gradient.dy, gradientRow: image.output.row, into: gradient.dx)
    }
  }

  func updateStatistics(_ statistics: UnsafeMutablePointer<Float>, count: Int) {
    BatchNormalization.update(
      statistics + step.place.statistics, table, values: count * pixels)
  }
}
