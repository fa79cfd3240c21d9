public import Tensors

/// The value of a loss on a batch, and its gradient with respect to the logits.
public struct Loss: Sendable {
  public var value: Float
  /// As large as the logits, [N, classes].
  public var gradient: Tensor

  public init(value: Float, gradient: Tensor) {
    self.value = value
    self.gradient = gradient
  }

  /// The sum of two losses on the same logits.
  public static func + (a: Loss, b: Loss) -> Loss {
    var sum = a
    sum.value += b.value
    for i in sum.gradient.elements.indices { sum.gradient.elements[i] += b.gradient.elements[i] }
    return sum
  }

  public static func * (factor: Float, loss: Loss) -> Loss {
    var scaled = loss
    scaled.value *= factor
    for i in scaled.gradient.elements.indices { scaled.gradient.elements[i] *= factor }
    return scaled
  }
}

/// What a network computes for a batch.
public struct Outputs: Sendable {
  /// Of every head, [N, outputs].
  public var logits: [Tensor]
  /// What the heads read, [N, features].
  public var features: Tensor
}

/// A loss on all that a network computes: its value, and the gradients at logits and features.
public struct OutputLoss: Sendable {
  public var value: Float
  /// For every head, [N, outputs].
  public var logits: [Tensor]
  /// [N, features], besides what comes back through the heads; nil for a loss on logits alone.
  public var features: Tensor?

  /// - Parameters:
  ///   - heads: The loss on the logits of every head.
  ///   - features: A loss on what the heads read, such as a distillation of features.
  public init(_ heads: [Loss], features: Loss? = nil) {
    value = heads.reduce(0) { $0 + $1.value } + (features?.value ?? 0)
    logits = heads.map(\.gradient)
    self.features = features?.gradient
  }
}
