import Tensors

extension Layer {
  /// Per channel: mean 0 and variance 1 over the batch in training, by running statistics at
  /// evaluation; then a learned scale and shift (Ioffe and Szegedy 2015).
  public static func batchNormalization(name: String) -> Layer {
    Layer(BatchNormalizationLayer(name: name))
  }
}

package struct BatchNormalizationLayer: LayerKind {
  package let name: String

  static let key = "batchNormalization"
  static let words = [
    LayerWord("bn", "Batch normalization.") { _, names in
      .batchNormalization(name: names.next("bn"))
    }
  ]

  func output(of input: LayerShape, at position: Int) -> LayerShape { input }

  var removesMean: Bool { true }

  func addParameters(to list: inout ParameterList, of placed: PlacedLayer) {
    list.append(name + ".weight", [placed.input.channels], .scale)
    list.append(name + ".bias", [placed.input.channels], .shift)
  }

  func addStatistics(to list: inout ParameterList, of placed: PlacedLayer) {
    list.append(name + ".running_mean", [placed.input.channels], .mean)
    list.append(name + ".running_var", [placed.input.channels], .variance)
  }

  /// torchinfo counts every parameter once an image, wherever it is used.
  func module(_ placed: PlacedLayer) -> Summary.Module? {
    let isImage = if case .image = placed.input { true } else { false }
    return Summary.Module(kind: isImage ? "BatchNorm2d" : "BatchNorm1d", name: name, uses: 1)
  }

  func step(_ placed: PlacedLayer, in plan: inout Plan) -> any Step {
    let channels = placed.input.channels
    return NormalizationStep(
      channels: channels, place: plan.takeNormalization(channels: channels))
  }

  func addNodes(to graph: inout OperatorGraph, of placed: PlacedLayer) {
    graph.node(
      "BatchNormalization",
      [graph.last] + ["weight", "bias", "running_mean", "running_var"].map { "\(name).\($0)" },
      [.real("epsilon", Float(BatchNormalization.epsilon))])
  }
}

/// Batch normalization, activation and, if `pooled`, 2×2 max-pooling.
struct NormalizationStep: Step {
  /// Where its numbers lie: scale, then shift, in the network's block, and mean, then variance, among
  /// its statistics.
  struct Place: Hashable, Sendable {
    let weights: Int
    let statistics: Int
  }

  let channels: Int
  let place: Place
  var activation = Activation.none
  var pooled = false

  var reach: Reach { .measured }

  func fused(with kind: any LayerKind, in plan: inout Plan) -> (any Step)? {
    var step = self
    switch kind {
    case let layer as ActivationLayer where activation == .none:
      step.activation = layer.activation
    case is MaxPoolLayer where !pooled: step.pooled = true
    default: return nil
    }
    return step
  }

  func running(at place: StepPlace) -> any RunningStep { RunningNormalization(self, place) }
}

extension Plan {
  /// The next batch normalization's numbers.
  mutating func takeNormalization(channels: Int) -> NormalizationStep.Place {
    NormalizationStep.Place(
      weights: takeWeights(2 * channels), statistics: takeStatistics(2 * channels))
  }
}

private struct RunningNormalization: RunningStep {
  private let step: NormalizationStep
  /// Pixels of one image.
  private let pixels: Int
  /// The figures of the batch.
  private let figures: AlignedMemory
  /// Each image's moments, [capacity, 2, channels]; when training, like the rest.
  private let moments: AlignedMemory?
  private let sums: SlotMemory?
  private let argmax: ByteMemory?

  init(_ step: NormalizationStep, _ place: StepPlace) {
    self.step = step
    pixels = place.input.pixels
    figures = AlignedMemory(BatchNormalization.Table.count(channels: step.channels))
    moments = place.training ? AlignedMemory(place.capacity * 2 * step.channels) : nil
    sums = place.training ? SlotMemory(2 * step.channels) : nil
    argmax = place.training && step.pooled ? place.bytes() : nil
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
    let layout = BatchNormalization.Layout(image)
    if step.pooled {
      BatchNormalization.forwardPooled(
        layout, image.x, table, slope: step.activation.slope, into: image.y,
        argmax: argmax.map(image.bytes))
    } else {
      BatchNormalization.forward(
        layout, image.x, table, slope: step.activation.slope, into: image.y)
    }
  }

  // MARK: Back

  /// Only sums up what the way through needs of all images.
  func backward(_ image: StepImage, _ gradient: StepGradient, _ pass: BackwardPass) {
    let (layout, sum) = (BatchNormalization.Layout(image), forTraining(sums)[image.slot])
    if step.pooled {
      BatchNormalization.addPooledSums(
        layout, image.x, table, slope: step.activation.slope, output: image.y, gradient.dy,
        argmax: image.bytes(forTraining(argmax)), into: sum)
    } else {
      BatchNormalization.addSums(
        layout, image.x, table, slope: step.activation.slope, output: image.y, gradient.dy,
        into: sum)
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
    let layout = BatchNormalization.Layout(image)
    if step.pooled {
      BatchNormalization.backwardPooled(
        layout, image.x, table, gradient.dy, argmax: image.bytes(forTraining(argmax)),
        into: gradient.dx)
    } else {
      BatchNormalization.backward(layout, image.x, table, gradient.dy, into: gradient.dx)
    }
  }

  func updateStatistics(_ statistics: UnsafeMutablePointer<Float>, count: Int) {
    BatchNormalization.update(
      statistics + step.place.statistics, table, values: count * pixels)
  }
}

extension BatchNormalization.Layout {
  /// What is normalized has no border.
  fileprivate init(_ image: StepImage) {
    let input = image.input
    self.init(
      height: input.height, width: input.width, channels: input.channels,
      outputRow: image.output.row)
  }
}
