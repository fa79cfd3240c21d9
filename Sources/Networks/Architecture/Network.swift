public import Randomness
public import Tensors

/// An architecture with numbers.
public struct Network: Hashable, Sendable {
  public private(set) var architecture: Architecture
  /// All weights and biases, in the order of `architecture.parameters`.
  public var weights: Block
  /// What batch normalization goes by at evaluation, in the order of `architecture.statistics`: no
  /// optimizer, penalty or gradient touches it.
  public var statistics: Block

  /// - Parameter random: Names the weights; each parameter draws from a stream of its own.
  public init(
    _ architecture: Architecture, initialization: Initialization, random: RandomStream
  ) {
    self.architecture = architecture
    weights = Block(zeros: architecture.parameterCount)
    statistics = Block(zeros: architecture.statisticsCount)
    initialize(initialization, random: random)
  }

  /// Draws all parameters again, and forgets the running statistics.
  public mutating func initialize(_ initialization: Initialization, random: RandomStream) {
    for (index, parameter) in architecture.parameters.enumerated() {
      initialization.fill(&weights, parameter, random: random.stream(index))
    }
    for parameter in architecture.statistics {
      initialization.fill(&statistics, parameter, random: random)
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
    let (body, sources) = (architecture.bodyParameterCount, old.architecture.parameters)
    for (index, parameter) in architecture.parameters.enumerated() {
      let source = sources[index].range
      if index < body || (parameter.role == .sharpness && kept > 0) {
        weights.elements.replaceSubrange(parameter.range, with: old.weights.elements[source])
        continue
      }
      Initialization.pytorch.fill(&weights, parameter, random: random.stream(index - body))
      guard parameter.role != .sharpness else { continue }
      let count = kept * parameter.range.count / outputs
      weights.elements.replaceSubrange(
        parameter.range.lowerBound..<parameter.range.lowerBound + count,
        with: old.weights.elements[source.lowerBound..<source.lowerBound + count])
    }
  }

  /// One parameter's numbers as an array of their own.
  public func tensor(_ parameter: Parameter) -> Tensor {
    let block = parameter.role.isStatistic ? statistics : weights
    return Tensor(parameter.shape, Array(block.elements[parameter.range]))
  }
}

/// Statistics are there only if the architecture has some.
extension Network: Codable {
  private enum Key: CodingKey {
    case architecture
    case weights
    case statistics
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    architecture = try fields.decode(Architecture.self, forKey: .architecture)
    weights = try fields.decode(Block.self, forKey: .weights)
    statistics = try fields.decodeIfPresent(Block.self, forKey: .statistics) ?? Block([])
  }

  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(architecture, forKey: .architecture)
    try fields.encode(weights, forKey: .weights)
    if statistics.count > 0 { try fields.encode(statistics, forKey: .statistics) }
  }
}
