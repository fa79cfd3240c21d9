public import Networks
public import Tensors

/// A linear map whose outputs are scores of classes, saved as two arrays with their shapes.
public struct LinearClassifier: Codable, Hashable, Sendable {
  /// [classes, features]
  public let weights: Tensor
  /// [classes]
  public let bias: Tensor

  public var features: Int { weights.shape[1] }
  public var classes: Int { weights.shape[0] }

  public init(weights: Tensor, bias: Tensor) {
    precondition(weights.shape.count == 2 && bias.shape == [weights.shape[0]])
    self.weights = weights
    self.bias = bias
  }

  /// - Parameter x: [N, features] → [N, classes]
  public func scores(_ x: Tensor, on device: Device) -> Tensor {
    LinearMap(weights: Block(weights.elements), bias: Block(bias.elements)).outputs(x, on: device)
  }
}

extension LinearClassifier {
  private enum Key: CodingKey {
    case weights
    case bias
  }

  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    weights = try fields.decode(Tensor.self, forKey: .weights)
    bias = try fields.decode(Tensor.self, forKey: .bias)
    guard weights.shape.count == 2, bias.shape == [weights.shape[0]] else {
      throw DecodingError.dataCorruptedError(
        forKey: .bias, in: fields, debugDescription: "weights and bias do not fit together")
    }
  }
}
