internal import CImage
internal import Randomness

extension CorruptionKind {
  /// Writes the image as a JPEG file and reads it again.
  static let jpeg = CorruptionKind(
    name: "jpeg_compression", summary: "compressed as JPEG of this quality", option: "jpeg",
    measure: "JPEG quality", range: 1.0...100.0, severities: [80, 65, 58, 50, 40],
    words: { "JPEG of quality \(plain($0.rounded()))" }
  ) { image, shape, strength, _ in
    let channels = shape.channels == 3 ? 3 : 1
    // Two or four channels are gray images of their own, one below the other.
    let planes = channels == 3 ? image : image.planes(of: shape)
    let height = channels == 3 ? shape.height : shape.height * shape.channels
    var bytes: UnsafeMutablePointer<UInt8>?
    var count = 0
    let isWritten = image_encode_jpeg(
      planes, Int32(shape.width), Int32(height), Int32(channels), Int32(strength.rounded()), &bytes,
      &count)
    defer { image_free_bytes(bytes) }
    guard isWritten != 0, let bytes else { return image }
    var decoder = ImageDecoder(height: height, width: shape.width)
    var rgb = [UInt8](repeating: 0, count: height * shape.width * 3)
    rgb.withUnsafeMutableBufferPointer { target in
      guard let base = target.baseAddress else { return }
      _ = try? decoder.decode(
        UnsafeRawBufferPointer(start: bytes, count: count), ending: "jpg", into: base)
    }
    if channels == 3 { return rgb }
    let pixels = shape.height * shape.width
    return image.indices.map { index in
      rgb[3 * (index % shape.channels * pixels + index / shape.channels)]
    }
  }
}

extension [UInt8] {
  /// [height, width, channels] as [channels, height, width].
  fileprivate func planes(of shape: ImageShape) -> [UInt8] {
    (0..<shape.channels).flatMap { channel in
      stride(from: channel, to: count, by: shape.channels).map { self[$0] }
    }
  }
}
