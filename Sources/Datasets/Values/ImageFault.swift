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
