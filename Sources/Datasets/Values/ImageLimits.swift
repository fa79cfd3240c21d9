#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The largest images that are read; checked before memory is taken for them.
public enum ImageLimits {
  /// Width and height of a file's image.
  public static let side = 16_384
  /// Pixels of a file's image: 192 MB decoded.
  public static let pixels = 1 << 26
  /// Side of the images of a data set.
  public static let size = 1_024

  static func allow(width: Int, height: Int) -> Bool {
    (1...side).contains(width) && (1...side).contains(height) && width * height <= pixels
  }

  static func check(size: Int) throws(DataSetError) {
    guard (1...Self.size).contains(size) else {
      throw .sizeOutOfRange(size: size, limit: Self.size)
    }
  }

  /// Checks that so many images, whose sides are at most `side`, fit in half of `memory`, which is
  /// this machine's if nil.
  package static func check(
    images: Int, shape: ImageShape, memory: UInt64? = nil
  ) throws(DataSetError) {
    let (product, overflow) = images.multipliedReportingOverflow(by: shape.count)
    let bytes = overflow ? Int.max : product
    let limit = Int(clamping: (memory ?? ProcessInfo.processInfo.physicalMemory) / 2)
    guard bytes <= limit else {
      throw .tooLarge(images: images, size: shape.height, bytes: bytes, limit: limit)
    }
  }
}
