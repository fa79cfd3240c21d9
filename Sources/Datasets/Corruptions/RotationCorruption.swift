internal import Randomness

/// Turns the image about its center.
struct RotationCorruption: CorruptionKind {
  let name = "rotate"
  let summary = "turned counterclockwise by so many degrees"
  let option: String? = "rotate"
  let measure = "rotation (degrees)"
  let range = -180.0...180.0

  func words(_ strength: Double) -> String { "rotated by \(plain(strength))°" }

  func corrupted(
    _ image: [UInt8], _ shape: ImageShape, strength: Double, using random: inout RandomStream
  ) -> [UInt8] {
    AffineMap(
      clockwise: Float(-strength) * .pi / 180, scale: 1, right: 0, down: 0, height: shape.height,
      width: shape.width
    ).warped(image, shape)
  }
}

extension AffineMap {
  /// Bytes that are read between four pixels; what lies outside takes the nearest pixel at the edge.
  func warped(_ image: [UInt8], _ shape: ImageShape) -> [UInt8] {
    var values = [Float](repeating: 0, count: shape.count)
    image.withUnsafeBufferPointer { source in
      values.withUnsafeMutableBufferPointer { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        warp(
          source, height: shape.height, width: shape.width, channels: shape.channels, into: target)
      }
    }
    return values.map { byte(nearest: Double($0)) }
  }
}

/// A strength without superfluous decimals.
func plain(_ strength: Double) -> String {
  strength == strength.rounded() && abs(strength) < 1e6
    ? "\(Int(strength))" : "\((strength * 100).rounded() / 100)"
}
