internal import System

/// A point of a drawing, in percent of the sign's half side: (0, 0) is the centre, y points down.
typealias Point = SIMD2<Float>

/// The sine of an angle in degrees.
func sine(_ degrees: Float) -> Float { sin(degrees * .pi / 180) }

/// Coordinates x, y, … on a circle between two angles in degrees, clockwise from the right.
func arc(_ x: Float, _ y: Float, _ radius: Float, _ from: Float, _ to: Float) -> [Float] {
  let steps = max(6, Int(abs(to - from) / 360 * (12 + radius / 2)))
  return (0...steps).flatMap { step in
    let angle = from + (to - from) * Float(step) / Float(steps)
    return [x + radius * sine(angle + 90), y + radius * sine(angle)]
  }
}

/// From x, y, x, y, …
func points(_ coordinates: [Float]) -> [Point] {
  stride(from: 0, to: coordinates.count - 1, by: 2).map {
    Point(coordinates[$0], coordinates[$0 + 1])
  }
}

extension [Point] {
  /// Of the polygon: above 0 if it runs clockwise on the screen.
  var signedArea: Float {
    var area: Float = 0
    for (a, b) in zip(self, dropFirst() + prefix(1)) { area += a.x * b.y - b.x * a.y }
    return area / 2
  }
}
