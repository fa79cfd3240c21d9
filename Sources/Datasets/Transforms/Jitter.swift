package import Randomness
internal import System

/// How far training images are turned, sized and moved at random: uniform in ± each figure.
public struct Jitter: Codable, Hashable, Sendable {
  /// In degrees.
  public var rotation: Float
  /// Share of the size: 0.15 is 0.85 … 1.15 times.
  public var scale: Float
  /// Share of the side, along each axis.
  public var shift: Float

  public init(rotation: Float, scale: Float, shift: Float) {
    self.rotation = rotation
    self.scale = scale
    self.shift = shift
  }

  /// What signs at 32×32 bear: ±14°, ±15 %, ±12 %; 20° and more harm.
  public static let standard = Jitter(rotation: 14, scale: 0.15, shift: 0.12)
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
    let angle = random.uniform(in: -1..<1) * jitter.rotation * .pi / 180
    let scale = 1 + random.uniform(in: -1..<1) * jitter.scale
    let right = random.uniform(in: -1..<1) * jitter.shift * Float(width)
    let down = random.uniform(in: -1..<1) * jitter.shift * Float(height)
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
