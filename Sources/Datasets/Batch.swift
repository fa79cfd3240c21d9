public import Randomness
public import Tensors

/// Images and classes of one training or evaluation step.
public struct Batch: Sendable {
  /// [N, height, width, channels]
  public var images: Tensor
  public var labels: [Int]
}

extension DataSet {
  /// The images at `indices` of `split`, as floats, after the transform; training batches go
  /// through its random parts too.
  ///
  /// - Parameter random: Names the batch; each image draws from a stream of its own.
  public func batch(
    _ indices: some Collection<Int>, of split: Split, training: Bool = false, random: RandomStream
  ) -> Batch {
    let set = self[split]
    var images = [Float]()
    images.reserveCapacity(indices.count * set.shape.count)
    for index in indices { images += set.image(at: index).map { Float($0) / 255 } }
    let shape = [indices.count, set.shape.height, set.shape.width, set.shape.channels]
    return Batch(images: Tensor(shape, images), labels: indices.map { set.labels[$0] })
  }
}
