public import Randomness
public import Tensors

/// Images and classes of one training or evaluation step.
public struct Batch: Sendable {
  /// [N, height, width, channels]
  public var images: Tensor
  public var labels: [Int]
  /// What a network's random parts, such as dropout, draw from while it learns the batch.
  public var random = RandomStream(seed: 0)

  public init(images: Tensor, labels: [Int]) {
    self.images = images
    self.labels = labels
  }
}
