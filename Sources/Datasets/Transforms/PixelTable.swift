/// One channel instead of three, by `PixelTable`.
struct GrayscaleStep: TransformStep {
  var options: [TransformOption] { [Self.option] }
  var logKey: String { "grayscale" }

  private static let option = TransformOption(
    "grayscale", .flag, "One channel instead of three.")

  func isOn(in transform: Transform) -> Bool { transform.grayscale }

  /// The images' shape tells it.
  func word(in transform: Transform) -> String? { nil }

  func deed(in transform: Transform, _ draws: TransformDraws) -> String {
    "0.299 R + 0.587 G + 0.114 B"
  }

  func set(_ given: TransformOptions, in transform: inout Transform, of data: DataSet) {
    transform.grayscale = given.flag(Self.option) ?? transform.grayscale
  }
}

/// The float that each byte of each channel becomes: division by 255, normalization and the
/// weights of grayscale in one look-up.
struct PixelTable: Sendable {
  /// [channels, 256]
  private let values: [Float]
  private let channels: Int
  private let isGray: Bool
  /// Per channel: value = factor·v + offset for v of 0 … 255; grayscale adds them up.
  private let lines: [(factor: Float, offset: Float)]

  /// - Parameter channels: Of the images as they are stored.
  init(_ transform: Transform, channels: Int) {
    self.channels = channels
    isGray = transform.grayscale && channels == 3
    let mean = Self.figures(transform.normalization?.mean ?? [0], channels)
    let deviation = Self.figures(transform.normalization?.deviation ?? [1], channels)
    var values = [Float]()
    var lines: [(factor: Float, offset: Float)] = []
    values.reserveCapacity(channels * 256)
    let gray = (mean: mean.reduce(0, +) / 3, deviation: deviation.reduce(0, +) / 3)
    for channel in 0..<channels {
      // The weights add up to .9999, as torchvision's do; the mean is taken off once.
      let weight: Float = isGray ? [0.2989, 0.587, 0.114][channel] : 1
      let offset = isGray ? (channel == 0 ? gray.mean : 0) : mean[channel]
      let divisor = isGray ? gray.deviation : deviation[channel]
      lines.append((weight / 255 / divisor, -offset / divisor))
      for byte in 0..<256 { values.append((weight * (Float(byte) / 255) - offset) / divisor) }
    }
    self.values = values
    self.lines = lines
  }

  /// Converts values of 0 … 255, [pixels, channels], to [pixels, channels or 1].
  ///
  /// - Returns: How many floats came out.
  func convert(
    _ values: UnsafePointer<Float>, pixels: Int, into target: UnsafeMutablePointer<Float>
  ) -> Int {
    for (channel, line) in lines.enumerated() {
      for pixel in 0..<pixels {
        let value = line.factor * values[pixel * channels + channel] + line.offset
        if !isGray {
          target[pixel * channels + channel] = value
        } else if channel == 0 {
          target[pixel] = value
        } else {
          target[pixel] += value
        }
      }
    }
    return isGray ? pixels : pixels * channels
  }

  /// One figure per channel; `Transform.validate` has seen to it that there are as many, or one.
  private static func figures(_ given: [Float], _ channels: Int) -> [Float] {
    precondition(!given.isEmpty, "a normalization without figures")
    return (0..<channels).map { given[min($0, given.count - 1)] }
  }

  /// Converts an image, [height, width, channels], mirrored if asked, to
  /// [height, width, channels or 1].
  ///
  /// - Returns: The place after the last float.
  func convert(
    _ image: UnsafePointer<UInt8>, height: Int, width: Int, mirrored: Bool,
    to target: UnsafeMutablePointer<Float>
  ) -> UnsafeMutablePointer<Float> {
    values.withUnsafeBufferPointer { values in
      guard let table = values.baseAddress else { return target }
      guard mirrored else {
        return convert(image, channels, pixels: height * width, table, target)
      }
      return (0..<height).reduce(target) { target, row in
        let last = image + ((row + 1) * width - 1) * channels
        return convert(last, -channels, pixels: width, table, target)
      }
    }
  }

  /// Converts pixels that lie `step` bytes apart.
  private func convert(
    _ image: UnsafePointer<UInt8>, _ step: Int, pixels: Int, _ table: UnsafePointer<Float>,
    _ target: UnsafeMutablePointer<Float>
  ) -> UnsafeMutablePointer<Float> {
    var pixel = image
    var target = target
    if isGray {
      for _ in 0..<pixels {
        target[0] =
          table[Int(pixel[0])] + table[256 + Int(pixel[1])] + table[512 + Int(pixel[2])]
        target += 1
        pixel += step
      }
    } else if channels == 3 {
      for _ in 0..<pixels {
        target[0] = table[Int(pixel[0])]
        target[1] = table[256 + Int(pixel[1])]
        target[2] = table[512 + Int(pixel[2])]
        target += 3
        pixel += step
      }
    } else {
      for _ in 0..<pixels {
        for channel in 0..<channels { target[channel] = table[channel * 256 + Int(pixel[channel])] }
        target += channels
        pixel += step
      }
    }
    return target
  }
}
