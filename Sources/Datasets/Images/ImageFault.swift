/// What is wrong with one image file.
public enum ImageFault: Error, Hashable, Sendable {
  case wrongMagic(found: String)
  case damagedHeader
  /// More than ``ImageLimits`` allows, or zero.
  case sizeOutOfRange(width: Int, height: Int)
  case maximumOutOfRange(Int)
  /// Fewer bytes than the header's size asks for.
  case cutShort(expected: Int, found: Int)
  /// PNG or JPEG data that cannot be decoded; `reason` is the decoder's.
  case undecodable(reason: String)
}

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
}
