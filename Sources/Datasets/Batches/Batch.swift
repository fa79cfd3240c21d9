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

extension DataSet {
  /// The images at `indices` of `split`, as floats, after the transform; training batches go
  /// through its random parts too.
  ///
  /// - Parameters:
  ///   - random: Names the batch; the image at each position of the batch draws from a stream of its
  ///     own, so that threads change nothing.
  ///   - pool: Who makes them; the images do not depend on it.
  public func batch(
    _ indices: some Collection<Int>, of split: Split, training: Bool = false,
    random: RandomStream, on pool: ThreadPool = ThreadPool(threadCount: 1)
  ) -> Batch {
    let set = self[split]
    let (shape, output) = (set.shape, transform.output(of: set.shape))
    let indices = Array(indices)
    precondition(indices.allSatisfy(set.labels.indices.contains))
    let count = indices.count * output.count
    let images = [Float](unsafeUninitializedCapacity: count) { target, filled in
      filled = count
      guard let floats = target.baseAddress else { return }
      set.pixels.withUnsafeBufferPointer { pixels in
        guard let base = pixels.baseAddress else { return }
        // Pieces write disjoint images.
        nonisolated(unsafe) let (source, target) = (base, floats)
        let pieces = evenRanges(indices.count, parts: Self.pieces)
        pool.forEach(pieces.count) { piece in
          var pipeline = ImagePipeline(transform, shape, training: training)
          for position in pieces[piece] {
            let index = indices[position]
            let draws = pipeline.draws(label: set.labels[index], random: random.stream(position))
            pipeline.convert(
              source + index * shape.count, draws, into: target + position * output.count)
          }
        }
      }
    }
    return Batch(
      images: Tensor([indices.count, output.height, output.width, output.channels], images),
      labels: indices.map { set.labels[$0] })
  }

  /// Pieces a batch is cut into: the most threads that can make it.
  private static let pieces = 8
}
