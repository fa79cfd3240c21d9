/// Signs about priority.
enum PrioritySigns {
  static let priorityRoad = SignDrawing()
    .painted(.black, diamond(90, rounded: 6)).painted(.white, diamond(88, rounded: 5))
    .painted(.yellow, diamond(58, rounded: 4))

  static let yield = SignDrawing()
    .painted(.white, Shape.polygon(0, 80, 86, -70, -86, -70).rounded(10))
    .painted(.red, Shape.polygon(0, 80, 86, -70, -86, -70).rounded(7))
    .painted(.white, Shape.polygon(0, 38, 52, -52, -52, -52).rounded(3))

  static let stop = SignDrawing()
    .painted(.white, octagon(98)).painted(.red, octagon(91))
    .painted(.white, Numerals.stop.scaled(0.56, 0.66))

  static func diamond(_ reach: Float, rounded radius: Float) -> Shape {
    Shape.polygon(0, -reach, reach, 0, 0, reach, -reach, 0).rounded(radius)
  }

  static func octagon(_ reach: Float) -> Shape {
    let cut = reach * 0.414
    return .polygon(
      -cut, -reach, cut, -reach, reach, -cut, reach, cut, cut, reach, -cut, reach, -reach, cut,
      -reach, -cut)
  }
}

/// Signs that end a restriction: grey, struck through.
enum EndSigns {
  static let speedLimit80 = SignDrawing.endDisc
    .painted(.grey, Numerals.number(80, height: 82)).striped

  static let allRestrictions = SignDrawing.endDisc.striped

  static let noPassing = SignDrawing.endDisc
    .painted(.grey, ProhibitorySigns.car.scaled(1.15).moved(-36, 4))
    .painted(.grey, ProhibitorySigns.car.scaled(1.15).moved(36, 4)).striped

  static let noPassingByLorries = SignDrawing.endDisc
    .painted(.grey, ProhibitorySigns.lorryFromBehind.scaled(1.2).moved(-36, -6))
    .painted(.grey, ProhibitorySigns.car.scaled(1.1).moved(40, 12)).striped
}
