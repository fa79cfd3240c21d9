internal import Randomness

extension ArrayFiles {
  func load() throws(DataSetError) -> DataSet {
    if let size { try ImageLimits.check(size: size) }
    var arrays =
      switch form {
      case .idx: try IDXFiles(path: path).arrays()
      case .cifar: try CIFARFiles(path: path).arrays()
      case .npz: try NPZImages(path: path).arrays()
      }
    if let size, arrays.train.shape != arrays.train.shape.square(size) {
      try Self.checkMemory(arrays, arrays.train.shape.square(size), copies: 1)
      arrays.train = arrays.train.resized(to: size)
      arrays.test = arrays.test.resized(to: size)
    }
    if let permutations {
      try Self.checkMemory(arrays, arrays.train.shape, copies: permutations)
      arrays.permute(copies: permutations, seed: seed)
    }
    return DataSet(
      source: .arrays(self), classNames: arrays.classNames, train: arrays.train, test: arrays.test,
      loadNotes: arrays.notes)
  }

  private static func checkMemory(
    _ arrays: LabelledImages, _ shape: ImageShape, copies: Int
  ) throws(DataSetError) {
    let images = (arrays.train.count + arrays.test.count) * copies
    try ImageLimits.check(images: images, shape: shape)
  }
}

/// What files of images hold, all of it.
struct LabelledImages {
  var classNames: [String]
  var train: ImageSet
  var test: ImageSet
  var notes: [LoadNote] = []

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
    let channels = shape.channels
    let bytes = [UInt8](unsafeUninitializedCapacity: orders.count * pixels.count) { room, filled in
      filled = orders.count * pixels.count
      var place = 0
      for order in orders {
        for image in stride(from: 0, to: pixels.count, by: shape.count) {
          for pixel in order {
            for channel in 0..<channels {
              room[place] = pixels[image + pixel * channels + channel]
              place += 1
            }
          }
        }
      }
    }
    return ImageSet(
      shape: shape, pixels: bytes,
      labels: orders.indices.flatMap { copy in labels.map { $0 + copy * classCount } })
  }
}
