internal import Randomness

extension CorruptionKind {
  /// Makes the image smaller and large again, both times by the mean over boxes.
  static let pixelate = CorruptionKind(
    name: "pixelate", summary: "made of fewer pixels: so many percent of each side",
    option: "pixelate", measure: "pixels left along each side (%)", range: 1.0...100.0,
    severities: [95, 90, 85, 75, 65],
    words: { "\(plain($0)) % of the pixels of a side" }
  ) { image, shape, strength, _ in
    let small = ImageShape(
      height: max(1, Int(Double(shape.height) * strength / 100)),
      width: max(1, Int(Double(shape.width) * strength / 100)), channels: shape.channels)
    return CorruptionKind.resized(CorruptionKind.resized(image, shape, to: small), small, to: shape)
  }
}

extension CorruptionKind {
  private static func resized(_ image: [UInt8], _ shape: ImageShape, to target: ImageShape)
    -> [UInt8]
  {
    var resampling = Resampling(
      height: target.height, width: target.width, channels: target.channels, kernel: .box)
    var result = [UInt8](repeating: 0, count: target.count)
    image.withUnsafeBufferPointer { source in
      result.withUnsafeMutableBufferPointer { bytes in
        guard let source = source.baseAddress, let bytes = bytes.baseAddress else { return }
        resampling.resize(
          source, height: shape.height, width: shape.width,
          rowBytes: shape.width * shape.channels, into: bytes)
      }
    }
    return result
  }
}
