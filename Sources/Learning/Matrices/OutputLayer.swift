public import Networks
public import Tensors

/// The layer that scores come from: a row of weights for each class.
public struct OutputLayer: Hashable, Sendable {
  /// [outputs, features]
  public var weights: Tensor
  /// [outputs]; nil of a cosine head, which has none.
  public var bias: [Float]?

  public init(weights: Tensor, bias: [Float]?) {
    self.weights = weights
    self.bias = bias
  }

  /// A network's first head.
  public init?(_ network: Network) {
    guard let head = network.architecture.heads.first else { return nil }
    func tensor(_ part: String) -> Tensor? {
      network.architecture.parameters.first { $0.name == "\(head.name).\(part)" }
        .map(network.tensor)
    }
    guard let weights = tensor("weight") else { return nil }
    self.init(weights: weights, bias: tensor("bias")?.elements)
  }

  init(_ map: LinearMap) {
    self.init(
      weights: Tensor([map.outputs, map.inputs], map.weights.elements), bias: map.bias.elements)
  }
}
