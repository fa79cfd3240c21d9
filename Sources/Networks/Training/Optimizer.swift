import System
public import Tensors

/// A gradient method with its state.
public struct Optimizer: Codable, Hashable, Sendable {
  public enum Method: Codable, Hashable, Sendable {
    case sgd(momentum: Float, weightDecay: Float)
    /// Kingma and Ba 2015, with PyTorch's β = (0.9, 0.999), ε = 10⁻⁸.
    case adam
    /// Adam with the decay apart from the gradient: w ← (1 − rate·decay)·w before every step
    /// (Loshchilov and Hutter 2019).
    case adamW(weightDecay: Float)

    /// Whether squared gradients are averaged.
    public var hasSquares: Bool { if case .sgd = self { false } else { true } }
  }

  public let method: Method
  /// May be changed between steps.
  public var learningRate: Float
  /// Steps taken.
  public private(set) var steps = 0
  /// SGD's velocity, or Adam's mean of gradients.
  public private(set) var first: Block
  /// Adam's mean of squared gradients; empty for SGD.
  public private(set) var second: Block

  /// - Parameter count: Weights to update.
  public init(_ method: Method, learningRate: Float, count: Int) {
    self.method = method
    self.learningRate = learningRate
    first = Block(zeros: count)
    second = Block(zeros: method.hasSquares ? count : 0)
  }

  /// Takes one step along `gradient`.
  public mutating func update(_ weights: inout Block, gradient: Block, on device: Device) {
    precondition(
      weights.count == first.count && gradient.count == first.count,
      "\(weights.count) weights, \(gradient.count) gradients, \(first.count) moments")
    steps += 1
    switch method {
    case .sgd(let momentum, let weightDecay):
      Updates.sgd(
        &weights, gradient: gradient, velocity: &first, rate: learningRate, momentum: momentum,
        decay: weightDecay, on: device.pool)
    case .adam: adam(&weights, gradient, keep: 1, on: device)
    case .adamW(let weightDecay):
      adam(&weights, gradient, keep: 1 - learningRate * weightDecay, on: device)
    }
  }

  /// - Parameter keep: What the weights are multiplied with before the step.
  private mutating func adam(
    _ weights: inout Block, _ gradient: Block, keep: Float, on device: Device
  ) {
    let (beta1, beta2) = (0.9, 0.999)
    let step = Double(learningRate) / (1 - pow(beta1, Double(steps)))
    Updates.adam(
      &weights, gradient: gradient, mean: &first, square: &second, step: Float(step),
      betas: (beta1, beta2), epsilon: 1e-8,
      squareCorrection: Float(1 - pow(beta2, Double(steps))), keep: keep, on: device.pool)
  }
}
