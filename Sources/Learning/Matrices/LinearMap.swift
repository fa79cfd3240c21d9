public import Networks
import Randomness
public import Tensors

/// y = W·x + b for rows of features: a head that is not part of a network.
public struct LinearMap: Codable, Hashable, Sendable {
  /// [outputs, inputs]
  public var weights: Block
  /// [outputs]
  public var bias: Block

  public init(weights: Block, bias: Block) {
    self.weights = weights
    self.bias = bias
  }

  public init(zeros outputs: Int, inputs: Int) {
    self.init(weights: Block(zeros: outputs * inputs), bias: Block(zeros: outputs))
  }

  public var outputs: Int { bias.count }
  public var inputs: Int { bias.count == 0 ? 0 : weights.count / bias.count }

  /// [N, inputs] → [N, outputs]
  public func outputs(_ features: Tensor, on device: Device) -> Tensor {
    check(features)
    let images = features.shape[0]
    var result = Tensor(zeros: [images, outputs])
    guard images > 0, outputs > 0 else { return result }
    Linear.forward(
      features.elements, weights: weights.elements, bias: bias.elements, images: images,
      inputs: inputs, outputs: outputs, slope: 1, into: &result.elements, on: device.pool)
    return result
  }

  /// The gradient of a loss on the outputs with respect to weights and bias.
  ///
  /// - Parameters:
  ///   - features: [N, inputs]
  ///   - gradient: At the outputs, [N, outputs].
  public func gradient(_ features: Tensor, _ gradient: Tensor, on device: Device) -> LinearMap {
    check(features)
    var result = LinearMap(zeros: outputs, inputs: inputs)
    Linear.backwardWeights(
      gradient.elements, features.elements, images: features.shape[0], inputs: inputs,
      outputs: outputs, into: &result.weights.elements, bias: &result.bias.elements,
      on: device.pool)
    return result
  }

  /// The gradient of a loss on the outputs with respect to the features, [N, inputs].
  ///
  /// - Parameter gradient: At the outputs, [N, outputs].
  public func featureGradient(_ gradient: Tensor, on device: Device) -> Tensor {
    let images = gradient.shape[0]
    var result = Tensor(zeros: [images, inputs])
    Linear.backwardInput(
      gradient.elements, weights: weights.elements, images: images, inputs: inputs,
      outputs: outputs, adding: false, into: &result.elements, on: device.pool)
    return result
  }

  /// Weights and bias uniform in ±1/√inputs, as PyTorch's layers start.
  init(outputs: Int, inputs: Int, random: RandomStream) {
    self.init(zeros: outputs, inputs: inputs)
    let bound = 1 / Float(max(1, inputs)).squareRoot()
    var (first, second) = (random.stream(0), random.stream(1))
    for i in weights.elements.indices { weights.elements[i] = first.uniform(in: -bound..<bound) }
    for i in bias.elements.indices { bias.elements[i] = second.uniform(in: -bound..<bound) }
  }

  /// More outputs, whose weights and biases are 0.
  mutating func growOutputs(to count: Int) {
    let width = inputs
    guard count > outputs else { return }
    weights.elements += [Float](repeating: 0, count: (count - outputs) * width)
    bias.elements += [Float](repeating: 0, count: count - outputs)
  }

  /// Reads another map's inputs too: y = W·x + b becomes W·x + W′·x′ + b + b′.
  mutating func appendInputs(_ other: LinearMap) {
    let (mine, others) = (inputs, other.inputs)
    var joined: [Float] = []
    joined.reserveCapacity(outputs * (mine + others))
    for output in 0..<outputs {
      joined += weights.elements[output * mine..<(output + 1) * mine]
      joined += other.weights.elements[output * others..<(output + 1) * others]
    }
    let count = outputs
    weights = Block(joined)
    for output in 0..<count { bias.elements[output] += other.bias.elements[output] }
  }

  /// The part that reads some of the inputs.
  func inputs(_ range: Range<Int>, withBias: Bool) -> LinearMap {
    let width = inputs
    var part: [Float] = []
    for output in 0..<outputs {
      let start = output * width
      part += weights.elements[start + range.lowerBound..<start + range.upperBound]
    }
    return LinearMap(weights: Block(part), bias: withBias ? bias : Block(zeros: outputs))
  }

  private func check(_ features: Tensor) {
    precondition(
      features.shape[1] == inputs, "features \(features.shape) for a map of \(inputs) inputs")
  }
}
