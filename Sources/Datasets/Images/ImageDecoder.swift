internal import CImage

/// Decodes image files and resizes them to the images of a data set. Every byte of the target is
/// written where nothing is thrown.
package struct ImageDecoder {
  private var resampling: Resampling

  package init(size: Int) { self.init(height: size, width: size) }

  init(height: Int, width: Int) {
    resampling = Resampling(height: height, width: width, channels: 3)
  }

  /// The endings of the files that are images, in lower case.
  static let endings: Set<String> = ["ppm", "png", "jpg", "jpeg", "jpe", "jfif"]

  /// The part of a name after its last dot, in lower case.
  package static func ending(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return name[dot...].dropFirst().lowercased()
  }

  /// Writes the image as [height, width, 3]. Its first bytes decide how it is read; `ending` only how
  /// an error calls it.
  ///
  /// - Returns: The size of the image in the file, upright.
  @discardableResult package mutating func decode(
    _ bytes: UnsafeRawBufferPointer, ending: String, into target: UnsafeMutablePointer<UInt8>
  ) throws(ImageFault) -> ImageSize {
    switch ImageFormat(bytes) {
    case .pixmap: return try decodePixmap(bytes, into: target)
    case .png: return try decodeCompressed(bytes, by: image_decode_png, into: target)
    case .jpeg: return try decodeCompressed(bytes, by: image_decode_jpeg, into: target)
    case .other(let name): throw .otherFormat(name: name)
    case nil where ending == "ppm":
      throw .wrongMagic(found: String(decoding: bytes.prefix(2), as: UTF8.self))
    case nil: throw .undecodable(reason: "it does not begin like an image")
    }
  }

  private mutating func decodePixmap(
    _ bytes: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>
  ) throws(ImageFault) -> ImageSize {
    let pixmap = try PortablePixmap(bytes)
    if pixmap.maximum == 255, let base = bytes.baseAddress {
      let samples = (base + pixmap.offset).assumingMemoryBound(to: UInt8.self)
      resize(samples, pixmap.height, pixmap.width, into: target)
    } else {
      pixmap.scaledSamples(bytes).withUnsafeBufferPointer {
        guard let samples = $0.baseAddress else { return }
        resize(samples, pixmap.height, pixmap.width, into: target)
      }
    }
    return ImageSize(width: pixmap.width, height: pixmap.height)
  }

  /// One of the two C decoders.
  private typealias Decoding = (
    UnsafePointer<UInt8>?, Int, image_limits_t, UnsafeMutablePointer<image_t>?
  ) -> image_status_t

  private mutating func decodeCompressed(
    _ bytes: UnsafeRawBufferPointer, by decoding: Decoding,
    into target: UnsafeMutablePointer<UInt8>
  ) throws(ImageFault) -> ImageSize {
    var image = image_t()
    defer { image_free(&image) }
    let limits = image_limits_t(
      side: Int32(ImageLimits.side), pixels: Int64(ImageLimits.pixels))
    let status = decoding(
      bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, limits, &image)
    let (height, width) = (Int(image.height), Int(image.width))
    guard status != IMAGE_SIZE_OUT_OF_RANGE else {
      throw .sizeOutOfRange(width: width, height: height)
    }
    guard status == IMAGE_DECODED, let pixels = image.pixels else {
      let reason = withUnsafeBytes(of: image.reason) { text in
        String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw .undecodable(reason: reason.isEmpty ? "damaged data" : reason)
    }
    let exif = UnsafeRawBufferPointer(start: image.exif, count: image.exif_length)
    guard let orientation = ImageOrientation(exif: exif) else {
      resize(pixels, height, width, into: target)
      return ImageSize(width: width, height: height)
    }
    let upright = orientation.upright(
      UnsafeBufferPointer(start: pixels, count: height * width * 3), height: height, width: width)
    resize(upright.pixels, upright.height, upright.width, into: target)
    return ImageSize(width: upright.width, height: upright.height)
  }

  private mutating func resize(
    _ samples: UnsafePointer<UInt8>, _ height: Int, _ width: Int,
    into target: UnsafeMutablePointer<UInt8>
  ) {
    resampling.resize(samples, height: height, width: width, rowBytes: width * 3, into: target)
  }
}
