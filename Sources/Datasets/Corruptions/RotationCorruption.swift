internal import Randomness

extension CorruptionKind {
  /// Turns the image about its center.
  static let rotation = CorruptionKind(
    name: "rotate", summary: "turned counterclockwise by so many degrees", option: "rotate",
    measure: "rotation (degrees)", range: -180.0...180.0,
    words: { "rotated by \(plain($0))°" }
  ) { image, shape, strength, _ in
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
