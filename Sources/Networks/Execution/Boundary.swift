/// How the values between two steps lie in memory: images with a border of zeros, or vectors.
struct Boundary: Hashable, Sendable {
  let shape: LayerShape
  var padding = 0
  /// Floats behind an image that a kernel writes as it found them: images are worked on at the same
  /// time, so they must be no other's.
  var overhang = 0

  init(_ shape: LayerShape) { self.shape = shape }

  var height: Int { shape.extents.height }
  var width: Int { shape.extents.width }
  var channels: Int { shape.extents.channels }
  var pixels: Int { height * width }

  /// Floats from one row to the next.
  var row: Int { (width + 2 * padding) * channels }
  /// Floats from one image to the next.
  var count: Int { (height + 2 * padding) * row + overhang }
  /// Where the first pixel lies in an image.
  var start: Int { padding * (row + channels) }
}
