internal import Randomness

/// Makes the image smaller and large again, both times by the mean over boxes.
struct PixelateCorruption: CorruptionKind {
  let name = "pixelate"
  let summary = "made of fewer pixels: so many percent of each side"
  let option: String? = "pixelate"
  let measure = "pixels left along each side (%)"
  let range = 1.0...100.0
  let severities: [Double]? = [95, 90, 85, 75, 65]

  func words(_ strength: Double) -> String { "\(plain(strength)) % of the pixels of a side" }

  func corrupted(
    _ image: [UInt8], _ shape: ImageShape, strength: Double, using random: inout RandomStream
  ) -> [UInt8] {
    let small = ImageShape(
      height: max(1, Int(Double(shape.height) * strength / 100)),
      width: max(1, Int(Double(shape.width) * strength / 100)), channels: shape.channels)
    return resized(resized(image, shape, to: small), small, to: shape)
  }

  private func resized(_ image: [UInt8], _ shape: ImageShape, to target: ImageShape) -> [UInt8] {
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
