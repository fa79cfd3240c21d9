import PlainText

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
  /// An image in a format that is not read, such as WebP.
  case otherFormat(name: String)
}

extension ImageFault {
  /// Goes on after the name of the image.
  public var message: String {
    switch self {
    case .wrongMagic(let found):
      "is not a binary PPM file: it begins with \"\(shown(found))\" instead of \"P6\""
    case .damagedHeader:
      "has a damaged header: width, height and largest value must be numbers"
    case .sizeOutOfRange(let width, let height):
      """
      says that it is \(width)×\(height); sides of 1 … \(ImageLimits.side) and up to \
      \(ImageLimits.pixels >> 20) million pixels are read
      """
    case .maximumOutOfRange(let maximum):
      "has a largest value of \(maximum); 1 … 65535 are read"
    case .cutShort(let expected, let found):
      "is cut short: \(found) of \(expected) bytes"
    case .undecodable(let reason):
      "cannot be decoded (\(shown(reason)))"
    case .otherFormat(let name):
      "is a \(name) image; PPM (P6), PNG and JPEG are read, so convert it"
    }
  }
}
