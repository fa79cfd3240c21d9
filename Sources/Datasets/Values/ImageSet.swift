/// The height, width and number of channels of an image.
public struct ImageShape: Codable, Hashable, Sendable {
  public var height: Int
  public var width: Int
  public var channels: Int

  public init(height: Int, width: Int, channels: Int) {
    self.height = height
    self.width = width
    self.channels = channels
  }

  public var count: Int { height * width * channels }

  /// What people call the channels: colours, or shades of gray.
  public var channelNames: [String] {
    switch channels {
    case 1: ["gray"]
    case 3: ["red", "green", "blue"]
    default: (1...channels).map { "channel \($0)" }
    }
  }
}

/// What an image file measured before it was resized, in pixels.
public struct ImageSize: Codable, Hashable, Sendable {
  public var width: Int
  public var height: Int

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// In GTSRB from 15 to some 250.
  public var shorterSide: Int { min(width, height) }
}

/// One split of a data set: images of one size as bytes, and the class of each.
public struct ImageSet: Sendable {
  public let shape: ImageShape
  /// [N, height, width, channels], RGB.
  public let pixels: [UInt8]
  /// The class of each image, from 0.
  public let labels: [Int]
  /// The track (one physical sign filmed several times) of each image; empty if unknown.
  /// Numbers are unique within a split.
  public let tracks: [Int]
  /// Of the files, before they were resized; empty if unknown.
  public let sizes: [ImageSize]

  public init(
    shape: ImageShape, pixels: [UInt8], labels: [Int], tracks: [Int] = [], sizes: [ImageSize] = []
  ) {
    precondition(pixels.count == labels.count * shape.count)
    precondition(tracks.isEmpty || tracks.count == labels.count)
    precondition(sizes.isEmpty || sizes.count == labels.count)
    self.shape = shape
    self.pixels = pixels
    self.labels = labels
    self.tracks = tracks
    self.sizes = sizes
  }

  public var count: Int { labels.count }

  /// The positions of all images of `classes`, ascending.
  public func indices(of classes: some Sequence<Int>) -> [Int] {
    let wanted = Set(classes)
    return labels.indices.filter { wanted.contains(labels[$0]) }
  }

  /// Of the image's file; nil if unknown.
  public func size(at index: Int) -> ImageSize? { sizes.isEmpty ? nil : sizes[index] }

  /// Some of `images`, spaced evenly among those of each class, so that every class keeps its share;
  /// all of them if there are no more than `count`.
  ///
  /// - Returns: Positions in ascending order.
  public func drawn(_ count: Int, evenlyFrom images: [Int]) -> [Int] {
    guard images.count > count else { return images }
    let byClass = images.sorted { (labels[$0], $0) < (labels[$1], $1) }
    return (0..<count).map { byClass[$0 * images.count / count] }.sorted()
  }

  /// The bytes of one image, [height, width, channels].
  public func image(at index: Int) -> ArraySlice<UInt8> {
    pixels[index * shape.count..<(index + 1) * shape.count]
  }
}
