public import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A gradient method with its state.
public struct Optimizer: Codable, Hashable, Sendable {
  public enum Method: Codable, Hashable, Sendable {
    case sgd(momentum: Float, weightDecay: Float)
    /// Kingma and Ba 2015, with PyTorch's β = (0.9, 0.999), ε = 10⁻⁸.
    case adam
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
    second = Block(zeros: method == .adam ? count : 0)
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
    case .adam:
      let (beta1, beta2) = (0.9, 0.999)
      let step = Double(learningRate) / (1 - pow(beta1, Double(steps)))
      Updates.adam(
        &weights, gradient: gradient, mean: &first, square: &second, step: Float(step),
        betas: (beta1, beta2), epsilon: 1e-8,
        squareCorrection: Float(1 - pow(beta2, Double(steps))), on: device.pool)
    }
  }
}

/// PyTorch's StepLR: the rate is multiplied with `factor` after every `every` epochs.
public struct StepSchedule: Codable, Hashable, Sendable {
  public var initial: Float
  public var every: Int
  public var factor: Float

  public init(initial: Float, every: Int, factor: Float) {
    self.initial = initial
    self.every = every
    self.factor = factor
  }

  /// - Parameter epoch: From 0.
  public func rate(epoch: Int) -> Float {
    (0..<epoch / every).reduce(initial) { rate, _ in rate * factor }
  }
}
