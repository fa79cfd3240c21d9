public import Randomness
public import Tensors

/// Images and classes of one training or evaluation step.
public struct Batch: Sendable {
  /// [N, height, width, channels]
  public var images: Tensor
  public var labels: [Int]
  /// What a network's random parts, such as dropout, draw from while it learns the batch.
  public var random = RandomStream(seed: 0)
}

extension DataSet {
  /// The images at `indices` of `split`, as floats, after the transform; training batches go
  /// through its random parts too.
  ///
  /// - Parameters:
  ///   - random: Names the batch; the image at each position of the batch draws from a stream of its
  ///     own: first its crop, then whether it is mirrored.
  ///   - pool: Who makes them; the images do not depend on it.
  public func batch(
    _ indices: some Collection<Int>, of split: Split, training: Bool = false, random: RandomStream,
    on pool: ThreadPool = ThreadPool(threadCount: 1)
  ) -> Batch {
    let set = self[split]
    let indices = Array(indices)
    let output = transform.output(of: set.shape)
    let converter = Converter(self, split, training: training, random: random)
    let count = indices.count * output.count
    let images = [Float](unsafeUninitializedCapacity: count) { target, filled in
      filled = count
      guard let target = target.baseAddress else { return }
      nonisolated(unsafe) let base = target  // pieces write disjoint images
      let pieces = evenRanges(indices.count, parts: Self.pieces)
      pool.forEach(pieces.count) { piece in
        converter.convert(
          indices, pieces[piece], to: base + pieces[piece].lowerBound * output.count)
      }
    }
    return Batch(
      images: Tensor([indices.count, output.height, output.width, output.channels], images),
      labels: indices.map { set.labels[$0] })
  }

  /// Pieces a batch is cut into: the most threads that can make it.
  private static let pieces = 8
}

/// Makes the floats of a batch's images.
private struct Converter: Sendable {
  private let set: ImageSet
  private let table: PixelTable
  private let crops: Bool
  private let flips: Bool
  private let random: RandomStream

  init(_ data: DataSet, _ split: DataSet.Split, training: Bool, random: RandomStream) {
    set = data[split]
    table = PixelTable(data.transform, channels: set.shape.channels)
    crops = training && data.transform.randomCrop
    flips = training && data.transform.horizontalFlip
    self.random = random
  }

  /// - Parameters:
  ///   - indices: Of the whole batch.
  ///   - positions: Which of them to do.
  ///   - target: The first of these.
  func convert(_ indices: [Int], _ positions: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    let shape = set.shape
    var place = target
    var cropper = crops ? Cropper(shape) : nil
    set.pixels.withUnsafeBufferPointer { pixels in
      guard let pixels = pixels.baseAddress else { return }
      for position in positions {
        let index = indices[position]
        precondition(set.labels.indices.contains(index))
        let image = pixels + index * shape.count
        guard crops || flips else {
          place = table.convert(
            image, height: shape.height, width: shape.width, mirrored: false, to: place)
          continue
        }
        var random = random.stream(position)
        cropper?.crop(image, using: &random)
        let mirrored = flips && random.index(below: 2) == 1
        let convert = { (image: UnsafePointer<UInt8>) in
          table.convert(
            image, height: shape.height, width: shape.width, mirrored: mirrored, to: place)
        }
        place = cropper?.withImage(convert) ?? convert(image)
      }
    }
  }
}

/// Cuts random boxes out of images and resizes them to the whole.
private struct Cropper {
  private let shape: ImageShape
  private var resampling: Resampling
  private var image: [UInt8]

  init(_ shape: ImageShape) {
    self.shape = shape
    resampling = Resampling(height: shape.height, width: shape.width, channels: shape.channels)
    image = [UInt8](repeating: 0, count: shape.count)
  }

  mutating func crop(_ source: UnsafePointer<UInt8>, using random: inout RandomStream) {
    let box = CropBox.random(height: shape.height, width: shape.width, using: &random)
    let rowBytes = shape.width * shape.channels
    image.withUnsafeMutableBufferPointer {
      guard let target = $0.baseAddress else { return }
      resampling.resize(
        source + box.top * rowBytes + box.left * shape.channels, height: box.height,
        width: box.width, rowBytes: rowBytes, into: target)
    }
  }

  func withImage<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result? {
    image.withUnsafeBufferPointer { $0.baseAddress.map(body) }
  }
}
