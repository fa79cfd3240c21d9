internal import Randomness

/// What files of images hold, all of it.
struct LabelledImages {
  var classNames: [String]
  var train: ImageSet
  var test: ImageSet
  var notes: [LoadNote] = []

  func checkMemory(_ shape: ImageShape, copies: Int = 1) throws(DataSetError) {
    try ImageLimits.check(images: (train.count + test.count) * copies, shape: shape)
  }

  /// Puts copies with permuted pixels behind the images; copy k's classes follow those of copy k − 1.
  mutating func permute(copies: Int, seed: Int) {
    let names = classNames
    let pixels = train.shape.height * train.shape.width
    let random = RandomStream(seed: UInt64(bitPattern: Int64(seed))).stream("permutations")
    let orders = (0..<copies).map { copy in
      var order = Array(0..<pixels)
      if copy > 0 {
        var stream = random.stream(copy)
        stream.shuffle(&order)
      }
      return order
    }
    train = train.permuted(orders, classCount: names.count)
    test = test.permuted(orders, classCount: names.count)
    classNames = (0..<copies).flatMap { copy in names.map { "\($0), order \(copy + 1)" } }
  }
}

extension ImageShape {
  func square(_ size: Int) -> ImageShape {
    ImageShape(height: size, width: size, channels: channels)
  }
}

extension ImageSet {
  func resized(to size: Int) -> ImageSet {
    var resampling = Resampling(height: size, width: size, channels: shape.channels)
    let target = shape.square(size)
    let bytes = [UInt8](unsafeUninitializedCapacity: count * target.count) { room, filled in
      filled = count * target.count
      pixels.withUnsafeBufferPointer { pixels in
        guard let source = pixels.baseAddress, let room = room.baseAddress else { return }
        for index in 0..<count {
          resampling.resize(
            source + index * shape.count, height: shape.height, width: shape.width,
            rowBytes: shape.width * shape.channels, into: room + index * target.count)
        }
      }
    }
    return ImageSet(shape: target, pixels: bytes, labels: labels, tracks: tracks)
  }

  /// - Parameter orders: For every copy the pixel that comes to each place.
  func permuted(_ orders: [[Int]], classCount: Int) -> ImageSet {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(orders.count * pixels.count)
    for order in orders { bytes += pixels.reordered(order, of: shape) }
    return ImageSet(
      shape: shape, pixels: bytes,
      labels: orders.indices.flatMap { copy in labels.map { $0 + copy * classCount } })
  }
}

extension [UInt8] {
  /// Images with their pixels in another order, [height, width, channels].
  ///
  /// - Parameter isPlanar: Whether `self` has them as [channels, height, width].
  func reordered(
    _ order: some Collection<Int>, of shape: ImageShape, isPlanar: Bool = false
  ) -> [UInt8] {
    let (pixelStep, channelStep) =
      isPlanar ? (1, shape.height * shape.width) : (shape.channels, 1)
    return [UInt8](unsafeUninitializedCapacity: count) { target, filled in
      for image in stride(from: 0, to: count, by: shape.count) {
        for pixel in order {
          for channel in 0..<shape.channels {
            target[filled] = self[image + pixel * pixelStep + channel * channelStep]
            filled += 1
          }
        }
      }
    }
  }
}
