import Tensors

/// A network's layers as the kernels run them: activations and pooling fused into what comes before.
struct Plan: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    case convolution(FusedConvolution)
    case activation(Activation)
    case maxPool
    case flatten
    case dense(FusedDense)
    case normalize

    /// Whether the step takes the whole batch at once.
    var isDense: Bool { if case .dense = self { true } else { false } }
  }

  /// Convolution, bias, activation and, if `pooled`, 2×2 max-pooling.
  struct FusedConvolution: Hashable, Sendable {
    var geometry: ConvolutionGeometry
    var activation = Activation.none
    var pooled = false
    /// Where the weights begin in the network's block; the bias follows them.
    var weights: Int
    var bias: Int { weights + geometry.weightCount }
  }

  /// Linear layer, bias and activation.
  struct FusedDense: Hashable, Sendable {
    var inputs: Int
    var outputs: Int
    var activation = Activation.none
    var weights: Int
    var bias: Int { weights + inputs * outputs }
  }

  private(set) var steps: [Step] = []
  /// `boundaries[i]` goes into step i; the last is the features.
  private(set) var boundaries: [Boundary] = []
  private(set) var heads: [FusedDense] = []

  init(_ architecture: Architecture) {
    var offset = 0
    var shape = architecture.input
    boundaries.append(Boundary(shape))
    for (layer, output) in zip(architecture.layers, architecture.shapes) {
      if !fuse(layer) {
        append(layer, input: shape, offset: &offset)
        boundaries.append(Boundary(output))
      } else {
        boundaries[boundaries.count - 1] = Boundary(output)
      }
      shape = output
    }
    for head in architecture.heads {
      heads.append(
        FusedDense(inputs: architecture.features, outputs: head.outputs, weights: offset))
      offset += (architecture.features + 1) * head.outputs
    }
    for (index, step) in steps.enumerated() {
      if case .convolution(let convolution) = step {
        boundaries[index].padding = convolution.geometry.padding
      }
    }
  }

  /// Runs of steps that take one image at a time, and linear layers singly, in order.
  var stages: [Range<Int>] {
    var stages: [Range<Int>] = []
    for (index, step) in steps.enumerated() {
      if let last = stages.last, !step.isDense, !steps[last.lowerBound].isDense {
        stages[stages.count - 1] = last.lowerBound..<index + 1
      } else {
        stages.append(index..<index + 1)
      }
    }
    return stages
  }

  /// Makes `layer` part of the last step, if that can be.
  private mutating func fuse(_ layer: Layer) -> Bool {
    switch (layer, steps.last) {
    case (.activation(let activation), .convolution(var last)) where last.activation == .none:
      // Activations rise, so the maximum may be taken before them.
      last.activation = activation
      steps[steps.count - 1] = .convolution(last)
    case (.maxPool, .convolution(var last)) where !last.pooled:
      last.pooled = true
      steps[steps.count - 1] = .convolution(last)
    case (.activation(let activation), .dense(var last)) where last.activation == .none:
      last.activation = activation
      steps[steps.count - 1] = .dense(last)
    default: return false
    }
    return true
  }

  private mutating func append(_ layer: Layer, input: LayerShape, offset: inout Int) {
    switch (layer, input) {
    case (
      .convolution(_, let outputs, let kernel, let padding),
      .image(let height, let width, let channels)
    ):
      let geometry = ConvolutionGeometry(
        height: height, width: width, channels: channels, outputs: outputs, kernel: kernel,
        padding: padding)
      steps.append(.convolution(FusedConvolution(geometry: geometry, weights: offset)))
      offset += geometry.weightCount + outputs
    case (.dense(_, let outputs), _):
      steps.append(
        .dense(FusedDense(inputs: input.count, outputs: outputs, weights: offset)))
      offset += (input.count + 1) * outputs
    case (.activation(let activation), _): steps.append(.activation(activation))
    case (.maxPool, _): steps.append(.maxPool)
    case (.flatten, _): steps.append(.flatten)
    case (.normalize, _): steps.append(.normalize)
    case (.convolution, .vector): preconditionFailure("the architecture checked its shapes")
    }
  }
}

/// How the values between two steps lie in memory: images with a border of zeros, or vectors.
struct Boundary: Hashable, Sendable {
  var shape: LayerShape
  var padding = 0

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

  /// Floats from one row to the next.
  var row: Int { (width + 2 * padding) * channels }
  /// Floats from one image to the next.
  var count: Int { (height + 2 * padding) * row }
  /// Where the first pixel lies in an image.
  var start: Int { padding * (row + channels) }
}
