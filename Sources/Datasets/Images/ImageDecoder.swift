internal import CImage

/// Decodes image files and resizes them to the images of a data set.
struct ImageDecoder {
  private var resampling: Resampling
  private let size: Int

  init(size: Int) {
    self.size = size
    resampling = Resampling(height: size, width: size, channels: 3)
  }

  /// The endings of the files that are images, in lower case.
  static let endings: Set<String> = ["ppm", "png", "jpg", "jpeg"]

  /// The part of a name after its last dot, in lower case.
  static func ending(of name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return "" }
    return name[dot...].dropFirst().lowercased()
  }

  /// Writes the image as [size, size, 3]; `ending` says which format it must have.
  mutating func decode(
    _ bytes: UnsafeRawBufferPointer, ending: String, into target: UnsafeMutablePointer<UInt8>
  ) throws(ImageFault) {
    if ending == "ppm" {
      try decodePixmap(bytes, into: target)
    } else {
      try decodeCompressed(bytes, into: target)
    }
  }

  private mutating func decodePixmap(
    _ bytes: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>
  ) throws(ImageFault) {
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
  }

  private mutating func decodeCompressed(
    _ bytes: UnsafeRawBufferPointer, into target: UnsafeMutablePointer<UInt8>
  ) throws(ImageFault) {
    let data = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let count = Int32(clamping: bytes.count)
    var (width, height, channels): (Int32, Int32, Int32) = (0, 0, 0)
    guard stbi_info_from_memory(data, count, &width, &height, &channels) != 0 else {
      throw .undecodable(reason: Self.reason())
    }
    guard ImageLimits.allow(width: Int(width), height: Int(height)) else {
      throw .sizeOutOfRange(width: Int(width), height: Int(height))
    }
    guard let samples = stbi_load_from_memory(data, count, &width, &height, &channels, 3) else {
      throw .undecodable(reason: Self.reason())
    }
    defer { stbi_image_free(samples) }
    resize(samples, Int(height), Int(width), into: target)
  }

  private mutating func resize(
    _ samples: UnsafePointer<UInt8>, _ height: Int, _ width: Int,
    into target: UnsafeMutablePointer<UInt8>
  ) {
    resampling.resize(samples, height: height, width: width, rowBytes: width * 3, into: target)
  }

  private static func reason() -> String {
    stbi_failure_reason().map { String(cString: $0) } ?? "unknown format"
  }
}
