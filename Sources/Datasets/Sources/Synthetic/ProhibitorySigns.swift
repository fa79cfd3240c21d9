/// Signs with a red ring, and no entry.
enum ProhibitorySigns {
  static func speedLimit(_ value: Int) -> SignDrawing {
    .redRing.painted(.black, Numerals.number(value, height: value < 100 ? 86 : 72))
  }

  static let noPassing = SignDrawing.redRing
    .painted(.red, car.moved(-31, 4)).painted(.black, car.moved(31, 4))

  static let noPassingByLorries = SignDrawing.redRing
    .painted(.red, lorryFromBehind.moved(-30, -4)).painted(.black, car.moved(34, 10))

  static let noVehicles = SignDrawing.redRing

  static let noLorries = SignDrawing.redRing.painted(.black, lorry)

  static let noEntry = SignDrawing()
    .painted(.white, .disc(0, 0, 97)).painted(.red, .disc(0, 0, 93))
    .painted(.white, .rectangle(-70, -15, 70, 15))

  /// A car from behind, 52 wide.
  static let car: Shape =
    Shape.polygon(-17, -20, 17, -20, 23, -2, 26, 2, 26, 17, -26, 17, -26, 2, -23, -2)
    + .rectangle(-24, 15, -13, 26) + .rectangle(13, 15, 24, 26)

  /// A lorry from behind, 52 wide and higher than a car.
  static let lorryFromBehind: Shape =
    Shape.rectangle(-27, -34, 27, 22) + .rectangle(-24, 20, -11, 34) + .rectangle(11, 20, 24, 34)

  /// A lorry from the left.
  static let lorry: Shape =
    Shape.rectangle(-22, -28, 54, 12)
    + .polygon(-54, 12, -54, -6, -46, -20, -26, -20, -26, 12)
    + .rectangle(-54, 8, 54, 18)
    + .disc(-38, 20, 11) + .disc(22, 20, 11) + .disc(42, 20, 11)
}
