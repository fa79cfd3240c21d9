public import Randomness
public import Tensors

/// An architecture with numbers.
public struct Network: Codable, Hashable, Sendable {
  public private(set) var architecture: Architecture
  /// All weights and biases, in the order of `architecture.parameters`.
  public var weights: Block

  /// - Parameter random: Names the weights; each parameter draws from a stream of its own.
  public init(
    _ architecture: Architecture, initialization: Initialization, random: RandomStream
  ) {
    self.architecture = architecture
    weights = Block(zeros: architecture.parameterCount)
    initialize(initialization, random: random)
  }

  /// Draws all parameters anew.
  public mutating func initialize(_ initialization: Initialization, random: RandomStream) {
    for (index, parameter) in architecture.parameters.enumerated() {
      initialization.fill(&weights, parameter, random: random.stream(index))
    }
  }

  /// Gives every head `outputs` freshly drawn outputs (PyTorch's default), forgetting the old.
  public mutating func replaceHeads(outputs: Int, random: RandomStream) {
    resizeHeads(to: outputs, keeping: 0, random: random)
  }

  /// Gives every head `outputs` outputs: the old ones as they were, the rest freshly drawn
  /// (PyTorch's default for a layer of the new size).
  public mutating func growHeads(to outputs: Int, random: RandomStream) {
    resizeHeads(to: outputs, keeping: min(outputs, architecture.outputs), random: random)
  }

  private mutating func resizeHeads(to outputs: Int, keeping kept: Int, random: RandomStream) {
    let old = self
    architecture.setOutputs(outputs)
    weights = Block(zeros: architecture.parameterCount)
    let body = 2 * architecture.layers.count(where: \.hasParameters)
    for (index, parameter) in architecture.parameters.enumerated() {
      let source = old.architecture.parameters[index].range
      if index < body {
        weights.elements.replaceSubrange(parameter.range, with: old.weights.elements[source])
      } else {
        Initialization.pytorch.fill(&weights, parameter, random: random.stream(index - body))
        let count = kept * parameter.range.count / outputs
        weights.elements.replaceSubrange(
          parameter.range.lowerBound..<parameter.range.lowerBound + count,
          with: old.weights.elements[source.lowerBound..<source.lowerBound + count])
      }
    }
  }

  /// One parameter's numbers as an array of their own.
  public func tensor(_ parameter: Parameter) -> Tensor {
    Tensor(parameter.shape, Array(weights.elements[parameter.range]))
  }
}

extension Layer {
  /// Whether a weight and a bias belong to the layer.
  var hasParameters: Bool {
    switch self {
    case .convolution, .dense: true
    case .activation, .maxPool, .flatten, .normalize: false
    }
  }
}
