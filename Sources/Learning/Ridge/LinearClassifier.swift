public import Tensors

/// A linear classifier: scores = x·Wᵀ + b.
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
  public func scores(_ x: Tensor, on pool: ThreadPool) -> Tensor {
    let images = x.shape[0]
    precondition(x.shape == [images, features], "features \(x.shape) for \(weights.shape)")
    var scores = Tensor(zeros: [images, classes])
    x.elements.withUnsafeBufferPointer { x in
      weights.elements.withUnsafeBufferPointer { w in
        bias.elements.withUnsafeBufferPointer { b in
          scores.elements.withUnsafeMutableBufferPointer { y in
            guard let x = x.baseAddress, let w = w.baseAddress, let b = b.baseAddress,
              let y = y.baseAddress
            else { return }
            Linear.forward(
              x, weights: w, bias: b, images: images, inputs: features, outputs: classes,
              slope: 1, into: y, on: pool)
          }
        }
      }
    }
    return scores
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
