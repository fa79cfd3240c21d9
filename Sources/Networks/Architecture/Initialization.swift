import Randomness
import Tensors

/// How parameters are drawn before training.
public enum Initialization: String, CaseIterable, Codable, Hashable, Sendable {
  /// Weights uniform in ±√(6 / (fan-in + fan-out)), biases 0 (Glorot and Bengio 2010).
  case xavier
  /// Weights and biases uniform in ±1/√fan-in: what PyTorch's layers start with.
  case pytorch

  func fill(_ block: inout Block, _ parameter: Parameter, random: RandomStream) {
    var random = random
    let bound: Float
    switch (self, parameter.role) {
    case (_, .scale), (_, .shift), (_, .sharpness), (_, .mean), (_, .variance):
      for index in parameter.range { block.elements[index] = parameter.role.start }
      return
    case (.xavier, .bias): bound = 0
    case (.xavier, .weight):
      bound = (6 / Float(parameter.fanIn + parameter.fanOut)).squareRoot()
    case (.pytorch, .weight), (.pytorch, .bias): bound = 1 / Float(parameter.fanIn).squareRoot()
    }
    for index in parameter.range {
      block.elements[index] = bound == 0 ? 0 : random.uniform(in: -bound..<bound)
    }
  }
}

extension Parameter.Role {
  /// What numbers that are not drawn begin as.
  var start: Float {
    switch self {
    case .scale, .variance: 1
    case .sharpness: 10
    case .weight, .bias, .shift, .mean: 0
    }
  }
}
