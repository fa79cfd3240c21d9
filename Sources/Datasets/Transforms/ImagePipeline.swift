internal import Randomness

/// Takes images one by one from bytes to a network's floats, when more is asked for than a table can
/// do: jitter, equalization, changes of brightness and contrast, standardization of each image.
struct ImagePipeline {
  private let transform: Transform
  private let shape: ImageShape
  private let parts: Set<Transform.Part>
  private let table: PixelTable
  /// The classes whose images are mirrored half of the time; nil for all.
  private let flippedClasses: Set<Int>?
  private var cropper: Cropper?
  private let equalizer: Equalizer?
  /// [height, width, channels], 0 … 255; nil if the table is enough.
  private let values: Scratch<Float>?
  /// [height, width]
  private let luma: Scratch<UInt8>

  init(_ transform: Transform, _ shape: ImageShape, training: Bool) {
    self.transform = transform
    self.shape = shape
    parts = transform.parts(training: training)
    table = PixelTable(transform, channels: shape.channels)
    flippedClasses = parts.contains(.flip) ? transform.flippedClasses.map(Set.init) : []
    cropper = parts.contains(.crop) ? Cropper(shape) : nil
    equalizer = transform.equalization.map {
      Equalizer($0, height: shape.height, width: shape.width)
    }
    let isPlain = !parts.contains(where: \.needsFloats)
    values = isPlain ? nil : Scratch(shape.count)
    luma = Scratch(equalizer == nil ? 0 : shape.height * shape.width)
  }

  /// What the random parts do to an image of this class.
  ///
  /// - Parameter random: Draws, in this order: the crop, whether the image is mirrored, the jitter's
  ///   four numbers, the light's two. A part that is off draws nothing, one that is on all its numbers.
  func draws(label: Int, random: RandomStream) -> TransformDraws {
    var random = random
    var draws = TransformDraws()
    let (height, width) = (shape.height, shape.width)
    if parts.contains(.crop) {
      draws.crop = .random(height: height, width: width, using: &random)
    }
    draws.isMirrored = flippedClasses?.contains(label) ?? true && random.index(below: 2) == 1
    if parts.contains(.jitter) {
      draws.jitter = transform.jitter.map {
        JitterDraw($0, height: height, width: width, using: &random)
      }
    }
    if parts.contains(.brightness) || parts.contains(.contrast) {
      draws.brightness = random.uniform(in: -1..<1) * transform.brightness * 255
      draws.contrast = 1 + random.uniform(in: -1..<1) * transform.contrast
    }
    return draws
  }

  /// - Parameters:
  ///   - image: Bytes [height, width, channels].
  ///   - draws: Of these, those whose parts are on are followed.
  ///   - target: [height, width, channels or 1]
  mutating func convert(
    _ image: UnsafePointer<UInt8>, _ draws: TransformDraws, into target: UnsafeMutablePointer<Float>
  ) {
    var image = image
    if let box = draws.crop, let cropped = cropper?.crop(image, to: box) { image = cropped }
    let mirrored = draws.isMirrored && parts.contains(.flip)
    guard let values = values?.base else {
      _ = table.convert(
        image, height: shape.height, width: shape.width, mirrored: mirrored, to: target)
      return
    }
    if parts.contains(.jitter), let jitter = draws.jitter {
      AffineMap(jitter, mirrored: mirrored, height: shape.height, width: shape.width).warp(
        image, height: shape.height, width: shape.width, channels: shape.channels, into: values)
    } else {
      copy(image, mirrored: mirrored, into: values)
    }
    if let equalizer { equalize(values, equalizer) }
    if parts.contains(.brightness) || parts.contains(.contrast) {
      LightStep.change(
        values, count: shape.count,
        brightness: parts.contains(.brightness) ? draws.brightness : 0,
        contrast: parts.contains(.contrast) ? draws.contrast : 1)
    }
    let count = table.convert(values, pixels: shape.height * shape.width, into: target)
    if transform.standardize { StandardizationStep.apply(target, count: count) }
  }

  private func copy(
    _ image: UnsafePointer<UInt8>, mirrored: Bool, into values: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<shape.height {
      for column in 0..<shape.width {
        let source =
          (row * shape.width + (mirrored ? shape.width - 1 - column : column)) * shape.channels
        let target = (row * shape.width + column) * shape.channels
        for channel in 0..<shape.channels {
          values[target + channel] = Float(image[source + channel])
        }
      }
    }
  }

  /// Equalizes the brightness; the colours move along.
  private func equalize(_ values: UnsafeMutablePointer<Float>, _ equalizer: Equalizer) {
    let (luma, pixels, channels) = (luma.base, shape.height * shape.width, shape.channels)
    func brightness(_ pixel: Int) -> Float {
      let value = values + pixel * channels
      return channels == 3
        ? 0.299 * value[0] + 0.587 * value[1] + 0.114 * value[2]
        : (0..<channels).reduce(0) { $0 + value[$1] } / Float(channels)
    }
    for pixel in 0..<pixels { luma[pixel] = UInt8(min(max(brightness(pixel) + 0.5, 0), 255)) }
    equalizer.apply(luma)
    for pixel in 0..<pixels {
      let change = Float(luma[pixel]) - brightness(pixel)
      for index in pixel * channels..<(pixel + 1) * channels {
        values[index] = min(max(values[index] + change, 0), 255)
      }
    }
  }
}
