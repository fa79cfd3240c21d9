/// An area bounded by closed contours; where contours overlap, their union.
struct Shape: Sendable {
  private(set) var contours: [[Point]]

  /// Every contour turned to the same orientation, so that filling by winding number is a union.
  private init(contours: [[Point]]) {
    self.contours = contours.map { $0.signedArea < 0 ? $0.reversed() : $0 }
  }

  /// A polygon from x, y, x, y, …
  static func polygon(_ coordinates: Float...) -> Shape {
    Shape(contours: [points(coordinates)])
  }

  /// A polygon whose outline is put together from pieces such as arcs.
  static func outline(_ pieces: [Float]...) -> Shape {
    Shape(contours: [points(pieces.flatMap(\.self))])
  }

  static func rectangle(_ left: Float, _ top: Float, _ right: Float, _ bottom: Float) -> Shape {
    .polygon(left, top, right, top, right, bottom, left, bottom)
  }

  static func disc(_ x: Float, _ y: Float, _ radius: Float) -> Shape {
    .outline(arc(x, y, radius, 0, 360))
  }

  static func ring(_ x: Float, _ y: Float, _ radius: Float, width: Float) -> Shape {
    .band(x, y, radius, 0, 180, width: width) + .band(x, y, radius, 180, 360, width: width)
  }

  /// A piece of a ring between two angles in degrees, clockwise from the right.
  static func band(
    _ x: Float, _ y: Float, _ radius: Float, _ from: Float, _ to: Float, width: Float
  ) -> Shape {
    .outline(arc(x, y, radius + width / 2, from, to), arc(x, y, radius - width / 2, to, from))
  }

  /// A line of `width` along pieces of coordinates, round at its joints and, if `round`, its ends.
  static func line(_ width: Float, round: Bool = true, _ pieces: [Float]...) -> Shape {
    line(width, round: round, through: points(pieces.flatMap(\.self)))
  }

  /// The same polygon grown by `radius` with round corners.
  func rounded(_ radius: Float) -> Shape {
    contours.reduce(self) { shape, contour in
      shape + .line(2 * radius, round: true, through: contour + contour.prefix(1))
    }
  }

  static func + (a: Shape, b: Shape) -> Shape { Shape(contours: a.contours + b.contours) }
}

extension Shape {
  func moved(_ x: Float, _ y: Float) -> Shape { mapped { $0 + [x, y] } }

  func scaled(_ x: Float, _ y: Float) -> Shape { mapped { $0 * [x, y] } }

  func scaled(_ factor: Float) -> Shape { scaled(factor, factor) }

  var mirrored: Shape { scaled(-1, 1) }

  /// Turned clockwise around the centre.
  func rotated(degrees: Float) -> Shape {
    let (s, c) = (sine(degrees), sine(degrees + 90))
    return mapped { [c * $0.x - s * $0.y, s * $0.x + c * $0.y] }
  }

  private func mapped(_ change: (Point) -> Point) -> Shape {
    Shape(contours: contours.map { $0.map(change) })
  }

  private static func line(_ width: Float, round: Bool, through path: [Point]) -> Shape {
    let half = width / 2
    var contours = [[Point]]()
    for (a, b) in zip(path, path.dropFirst()) where a != b {
      let direction = (b - a) / ((b - a) * (b - a)).sum().squareRoot()
      let side = Point(-direction.y, direction.x) * half
      contours.append([a + side, b + side, b - side, a - side])
    }
    for (index, point) in path.enumerated() {
      guard round || (index > 0 && index < path.count - 1) else { continue }
      contours.append(points(arc(point.x, point.y, half, 0, 360)))
    }
    return Shape(contours: contours)
  }
}
