import Tensors

/// A network's layers as the kernels run them: activations and pooling fused into what comes before.
///
/// For evaluation batch normalisation is part of the convolution before it; in training the
/// statistics of a whole batch stand between the two.
struct Plan: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    case convolution(FusedConvolution)
    case normalization(FusedNormalization)
    case activation(Activation)
    case maxPool
    case globalAveragePool
    case flatten
    case dense(FusedDense)
    case normalize
    case dropout(rate: Float)
    /// Adds an earlier boundary's values, then the activation: the end of a residual block.
    case add(boundary: Int, Activation)
    /// Averages some boundaries over a grid, the last of them the one before.
    case gather(boundaries: [Int], side: Int)

    /// Whether the step takes the whole batch at once.
    var isDense: Bool { if case .dense = self { true } else { false } }
    /// Whether the whole batch must have passed the step before.
    var isNormalization: Bool { if case .normalization = self { true } else { false } }
  }

  /// Where the numbers of a batch normalisation lie: scale, then shift, in the network's block, and
  /// mean, then variance, among its statistics.
  struct Normalization: Hashable, Sendable {
    var weights: Int
    var statistics: Int
  }

  /// Convolution, bias, batch normalisation by running statistics, activation and, if `pooled`, 2×2
  /// max-pooling.
  struct FusedConvolution: Hashable, Sendable {
    var geometry: ConvolutionGeometry
    var normalization: Normalization?
    var activation = Activation.none
    var pooled = false
    /// Where the weights begin in the network's block; a bias follows them.
    var weights: Int
    var hasBias: Bool
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
  }

  /// Batch normalisation, activation and, if `pooled`, 2×2 max-pooling.
  struct FusedNormalization: Hashable, Sendable {
    var channels: Int
    var place: Normalization
    var activation = Activation.none
    var pooled = false
  }

  /// Linear layer, bias and activation; or a cosine head, whose σ is in the bias's place.
  struct FusedDense: Hashable, Sendable {
    var inputs: Int
    var outputs: Int
    var activation = Activation.none
    var weights: Int
    var hasBias = true
    var isCosine = false
    var bias: Int { weights + inputs * outputs }
  }

  /// A second way in which a boundary is read.
  enum Join: Hashable, Sendable {
    /// By the residual block that ends at this boundary.
    case block(end: Int)
    /// From a place on of the vector at this boundary, as means over a grid.
    case grid(vector: Int, offset: Int, side: Int)
  }

  private(set) var steps: [Step] = []
  /// `boundaries[i]` goes into step i; the last is the features.
  private(set) var boundaries: [Boundary] = []
  private(set) var heads: [FusedDense] = []
  /// Per layer of the architecture: the boundary behind the step that the layer is part of.
  private(set) var boundariesOfLayers: [Int] = []
  /// Per boundary: whose gradients are added to it besides those of the step behind.
  private(set) var joins: [Int: [Join]] = [:]
  private let training: Bool
  private var offset = 0
  private var statisticsOffset = 0
  private var mayFuse = true

  /// - Parameter training: Whether for training, or for a gradient at all.
  init(_ architecture: Architecture, training: Bool) {
    self.training = training
    boundaries.append(Boundary(architecture.input))
    var entrance = 0
    // What a layer of scales reads must be what the pooling hands on, in training as at evaluation.
    let hasScales = architecture.layers.contains { if case .scales = $0 { true } else { false } }
    for placed in architecture.placed {
      switch placed.kind {
      case .layer(let layer):
        if mayFuse, fuse(layer) {
          boundaries[boundaries.count - 1] = Boundary(placed.output)
        } else {
          append(layer, placed)
          boundaries.append(Boundary(placed.output))
        }
        mayFuse = !(hasScales && layer == .maxPool)
      case .enter:
        entrance = boundaries.count - 1
        mayFuse = false
      case .leave:
        joins[entrance, default: []].append(.block(end: boundaries.count))
        steps.append(.add(boundary: entrance, .none))
        boundaries.append(Boundary(placed.output))
        mayFuse = true
      }
      if placed.position < boundariesOfLayers.count {
        boundariesOfLayers[placed.position] = boundaries.count - 1
      } else {
        boundariesOfLayers.append(boundaries.count - 1)
      }
    }
    for head in architecture.heads {
      let isCosine = head.kind == .cosine
      heads.append(
        FusedDense(
          inputs: architecture.features, outputs: head.outputs, weights: offset,
          hasBias: !isCosine, isCosine: isCosine))
      offset += architecture.features * head.outputs + (isCosine ? 1 : head.outputs)
    }
    for (index, step) in steps.enumerated() {
      if case .convolution(let convolution) = step {
        boundaries[index].padding = convolution.geometry.padding
        // The input's gradient is added up in whole vectors.
        if training, convolution.pooled, index > 0 {
          boundaries[index].overhang = convolution.geometry.overhang
        }
      }
    }
  }

  /// Runs of steps that take one image at a time, each after a batch normalisation's statistics are
  /// known, and linear layers singly, in order.
  var stages: [Range<Int>] {
    var stages: [Range<Int>] = []
    for (index, step) in steps.enumerated() {
      if let last = stages.last, !step.isDense, !step.isNormalization,
        !steps[last.lowerBound].isDense
      {
        stages[stages.count - 1] = last.lowerBound..<index + 1
      } else {
        stages.append(index..<index + 1)
      }
    }
    return stages
  }

  /// The batch normalisation that waits for all images behind `stage`, if one does.
  func normalization(behind stage: Range<Int>) -> FusedNormalization? {
    guard stage.upperBound < steps.count,
      case .normalization(let normalization) = steps[stage.upperBound]
    else { return nil }
    return normalization
  }

  /// Makes `layer` part of the last step, if that can be.
  private mutating func fuse(_ layer: Layer) -> Bool {
    switch (layer, steps.last) {
    case (.dropout, _) where !training && !steps.isEmpty: return true
    case (.batchNormalization, .convolution(var last))
    where !training && last.normalization == nil && last.activation == .none && !last.pooled:
      last.normalization = place(last.geometry.outputs)
      steps[steps.count - 1] = .convolution(last)
    case (.activation(let activation), .convolution(var last)) where last.activation == .none:
      // Activations rise, so the maximum may be taken before them.
      last.activation = activation
      steps[steps.count - 1] = .convolution(last)
    case (.maxPool, .convolution(var last)) where !last.pooled:
      last.pooled = true
      steps[steps.count - 1] = .convolution(last)
    case (.activation(let activation), .normalization(var last)) where last.activation == .none:
      last.activation = activation
      steps[steps.count - 1] = .normalization(last)
    case (.maxPool, .normalization(var last)) where !last.pooled:
      last.pooled = true
      steps[steps.count - 1] = .normalization(last)
    case (.activation(let activation), .dense(var last)) where last.activation == .none:
      last.activation = activation
      steps[steps.count - 1] = .dense(last)
    case (.activation(let activation), .add(let boundary, .none)):
      steps[steps.count - 1] = .add(boundary: boundary, activation)
    default: return false
    }
    return true
  }

  private mutating func append(_ layer: Layer, _ placed: PlacedLayer) {
    switch (layer, placed.input) {
    case (
      .convolution(_, let outputs, let kernel, let padding),
      .image(let height, let width, let channels)
    ):
      let geometry = ConvolutionGeometry(
        height: height, width: width, channels: channels, outputs: outputs, kernel: kernel,
        padding: padding)
      steps.append(
        .convolution(
          FusedConvolution(geometry: geometry, weights: offset, hasBias: placed.hasBias)))
      offset += geometry.weightCount + (placed.hasBias ? outputs : 0)
    case (.dense(_, let outputs), let input):
      steps.append(
        .dense(
          FusedDense(
            inputs: input.count, outputs: outputs, weights: offset, hasBias: placed.hasBias)))
      offset += input.count * outputs + (placed.hasBias ? outputs : 0)
    case (.batchNormalization, let input):
      steps.append(
        .normalization(
          FusedNormalization(channels: input.channels, place: place(input.channels))))
    case (.activation(let activation), _): steps.append(.activation(activation))
    case (.maxPool, _): steps.append(.maxPool)
    case (.globalAveragePool, _): steps.append(.globalAveragePool)
    case (.flatten, _): steps.append(.flatten)
    case (.normalize, _): steps.append(.normalize)
    case (.dropout(let rate), _): steps.append(.dropout(rate: rate))
    case (.scales(let side), _): gather(placed.sources, side: side)
    case (.convolution, .vector), (.residual, _):
      preconditionFailure("the architecture checked its shapes")
    }
  }

  private mutating func gather(_ layers: [Int], side: Int) {
    let read = layers.map { boundariesOfLayers[$0] }
    var offset = 0
    for boundary in read {
      joins[boundary, default: []].append(
        .grid(vector: boundaries.count, offset: offset, side: side))
      offset += side * side * boundaries[boundary].channels
    }
    steps.append(.gather(boundaries: read + [boundaries.count - 1], side: side))
  }

  /// The next batch normalisation's numbers.
  private mutating func place(_ channels: Int) -> Normalization {
    defer {
      offset += 2 * channels
      statisticsOffset += 2 * channels
    }
    return Normalization(weights: offset, statistics: statisticsOffset)
  }
}

/// How the values between two steps lie in memory: images with a border of zeros, or vectors.
struct Boundary: Hashable, Sendable {
  var shape: LayerShape
  var padding = 0
  /// Floats behind an image that a kernel writes as it found them: images are worked on at the same
  /// time, so they must be no other's.
  var overhang = 0

  init(_ shape: LayerShape) { self.shape = shape }

  private var image: (height: Int, width: Int, channels: Int) {
    switch shape {
    case .image(let height, let width, let channels): (height, width, channels)
    case .vector(let count): (1, 1, count)
    }
  }

  var height: Int { image.height }
  var width: Int { image.width }
  var channels: Int { image.channels }
  var pixels: Int { height * width }

  /// Floats from one row to the next.
  var row: Int { (width + 2 * padding) * channels }
  /// Floats from one image to the next.
  var count: Int { (height + 2 * padding) * row + overhang }
  /// Where the first pixel lies in an image.
  var start: Int { padding * (row + channels) }
}
