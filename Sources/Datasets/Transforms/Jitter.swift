internal import PlainText
package import Randomness
internal import System

/// Turns, sizes and moves.
struct JitterStep: TransformStep {
  var isRandom: Bool { true }
  var needsFloats: Bool { true }
  var options: [TransformOption] { [Self.jitter, Self.rotation, Self.scale, Self.shift] }
  var logKey: String { "jitter" }

  private static let jitter = TransformOption(
    "jitter", .flag, "Turn, size and move training images at random; as the next three say.",
    searchWords: ["RandomAffine", "augment", "augmentation"])
  private static let rotation = TransformOption(
    "rotate", .number(0...180), "Jitter: the largest turn in degrees; 14 if not given.")
  private static let scale = TransformOption(
    "scale", .share(0...0.9), "Jitter: the largest change of size; 15% if not given.",
    searchWords: ["zoom"])
  private static let shift = TransformOption(
    "shift", .share(0...1), "Jitter: the largest move, of the side; 12% if not given.",
    searchWords: ["translate"])

  func isOn(in transform: Transform) -> Bool { (transform.jitter ?? .still) != .still }

  func isAsked(in transform: Transform) -> Bool { transform.jitter != nil }

  func word(in transform: Transform) -> String? { isAsked(in: transform) ? "jitter" : nil }

  func deed(in transform: Transform, _ draws: TransformDraws) -> String {
    guard let jitter = draws.jitter else { return "" }
    func figure(_ value: Float, _ decimals: Int) -> String { fixed(Double(value), decimals) }
    return "\(figure(jitter.rotation, 0))°, ×\(figure(jitter.scale, 2)), "
      + "moved (\(figure(jitter.right, 1)),\(figure(jitter.down, 1)))"
  }

  func figures(of transform: Transform) -> [(key: String, value: TransformValue)] {
    guard let jitter = transform.jitter else { return [] }
    return [
      ("jitter_rotation", .number(jitter.rotation)), ("jitter_scale", .number(jitter.scale)),
      ("jitter_shift", .number(jitter.shift)),
    ]
  }

  func fault(in transform: Transform) -> String? {
    guard let jitter = transform.jitter else { return nil }
    let isPossible =
      (0...180).contains(jitter.rotation) && (0..<1).contains(jitter.scale)
      && (0...1).contains(jitter.shift)
    return isPossible ? nil : "the jitter is out of range"
  }

  func set(
    _ given: TransformOptions, in transform: inout Transform, of data: DataSet
  ) throws(TransformRefusal) {
    let figures = [Self.rotation, Self.scale, Self.shift].compactMap(given.number)
    guard given.flag(Self.jitter) != false else {
      guard figures.isEmpty else {
        throw TransformRefusal(Self.jitter, "rotate=, scale= and shift= need jitter=on")
      }
      transform.jitter = nil
      return
    }
    guard given.flag(Self.jitter) == true || !figures.isEmpty else { return }
    var jitter = transform.jitter ?? .standard
    jitter.rotation = given.number(Self.rotation) ?? jitter.rotation
    jitter.scale = given.number(Self.scale) ?? jitter.scale
    jitter.shift = given.number(Self.shift) ?? jitter.shift
    transform.jitter = jitter
  }
}

/// The place in an image that a pixel of the jittered image is read from: an affine map.
package struct AffineMap: Hashable, Sendable {
  /// x' = a·x + b·y + c;  y' = d·x + e·y + f
  package var a: Float = 1
  package var b: Float = 0
  package var c: Float = 0
  package var d: Float = 0
  package var e: Float = 1
  package var f: Float = 0

  /// About the image's centre: mirrored if asked, then turned, sized and moved as drawn.
  ///
  /// Draws four numbers: rotation, scale, and the shifts along x and y.
  package init(
    _ jitter: Jitter, mirrored: Bool, height: Int, width: Int, using random: inout RandomStream
  ) {
    self.init(
      JitterDraw(jitter, height: height, width: width, using: &random), mirrored: mirrored,
      height: height, width: width)
  }

  /// About the image's center, as was drawn.
  init(_ draw: JitterDraw, mirrored: Bool, height: Int, width: Int) {
    self.init(
      clockwise: draw.rotation * .pi / 180, scale: draw.scale, right: draw.right, down: draw.down,
      mirrored: mirrored, height: height, width: width)
  }

  /// About the image's center: mirrored if asked, then turned, sized and moved.
  ///
  /// - Parameters:
  ///   - angle: In radians.
  ///   - right: In pixels, as `down`.
  init(
    clockwise angle: Float, scale: Float, right: Float, down: Float, mirrored: Bool = false,
    height: Int, width: Int
  ) {
    let (cosine, sine) = (cos(angle) / scale, sin(angle) / scale)
    let sign: Float = mirrored ? -1 : 1
    let (x, y) = (Float(width - 1) / 2, Float(height - 1) / 2)
    (a, b, d, e) = (sign * cosine, sign * sine, -sine, cosine)
    c = x - a * (x + right) - b * (y + down)
    f = y - d * (x + right) - e * (y + down)
  }
}

extension AffineMap {
  /// Reads every pixel of `target` from `source`, between four pixels; what lies outside takes the
  /// nearest pixel at the edge.
  ///
  /// - Parameters:
  ///   - source: Bytes [height, width, channels].
  ///   - target: [height, width, channels], 0 … 255.
  func warp(
    _ source: UnsafePointer<UInt8>, height: Int, width: Int, channels: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    let (right, bottom) = (Float(width - 1), Float(height - 1))
    var target = target
    for row in 0..<height {
      for column in 0..<width {
        let x = min(max(a * Float(column) + b * Float(row) + c, 0), right)
        let y = min(max(d * Float(column) + e * Float(row) + f, 0), bottom)
        let (left, top) = (Int(x), Int(y))
        let (u, v) = (x - Float(left), y - Float(top))
        let corner = source + (top * width + left) * channels
        let across = left + 1 < width ? channels : 0
        let below = top + 1 < height ? width * channels : 0
        let weights = SIMD4<Float>((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)
        for channel in 0..<channels {
          let four = SIMD4<Float>(
            Float(corner[channel]), Float(corner[channel + across]),
            Float(corner[channel + below]), Float(corner[channel + across + below]))
          target[channel] = (weights * four).sum()
        }
        target += channels
      }
    }
  }
}
