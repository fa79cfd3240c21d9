/// Black pictograms in red triangles; the white field spans x ±30 at y 0 and ±55 at y 50.
enum DangerSigns {
  static let rightOfWay = sign(
    .polygon(0, -34, 17, -6, 9, -6, 9, 54, -9, 54, -9, -6, -17, -6), .rectangle(-32, 16, 32, 28))

  static let caution = sign(.polygon(-9, -26, 9, -26, 5, 30, -5, 30), .disc(0, 44, 8.5))

  static let curveLeft = sign(curve)
  static let curveRight = sign(curve.mirrored)

  private static let curve: Shape =
    Shape.line(14, round: false, [16, 54, 16, 24], arc(4, 24, 12, 0, -90), [-14, 12])
    + .polygon(-34, 12, -10, -8, -10, 32)

  static let doubleCurve = sign(
    .line(13, round: false, [14, 54, 14, 36, -10, 14, -10, -8]),
    .polygon(-10, -32, 5, -6, -25, -6))

  static let bumps = sign(
    .rectangle(-50, 42, 50, 50), .outline(arc(-21, 46, 21, 180, 360)),
    .outline(arc(21, 46, 21, 180, 360)))

  static let slippery = sign(
    Shape.polygon(-12, -14, 12, -14, 16, -2, 20, 2, 20, 16, -20, 16, -20, 2, -16, -2)
      .rotated(degrees: 14).moved(2, 2),
    Shape.rectangle(-18, 14, -9, 24).rotated(degrees: 14).moved(2, 2),
    Shape.rectangle(9, 14, 18, 24).rotated(degrees: 14).moved(2, 2),
    skid.moved(-22, 0), skid.moved(10, 4))

  private static let skid: Shape =
    .line(5, arc(0, 33, 7, -60, 90), arc(0, 47, 7, 270, 120))

  static let narrowsRight = sign(
    .line(9, round: false, [-15, 54, -15, -16]),
    .line(9, round: false, [26, 54, 26, 32, 10, 10, 10, -16]))

  static let roadWork = sign(
    .disc(-6, -20, 8), .line(14, [-8, -4, -14, 18]), .line(9, [-15, 18, -4, 34, -6, 52]),
    .line(9, [-15, 18, -22, 36, -34, 52]), .line(7, [-6, -6, 8, 8, 16, 16]),
    .line(5, [-18, 6, 22, 26]), .polygon(4, 56, 20, 32, 32, 32, 50, 56))

  static let trafficLights = sign(Shape.rectangle(-14, -24, 14, 52).rounded(2))
    .painted(.red, enlarged(.disc(0, -10, 10.5)))
    .painted(.yellow, enlarged(.disc(0, 14, 10.5)))
    .painted(.green, enlarged(.disc(0, 38, 10.5)))

  static let pedestrians = sign(
    .disc(2, -24, 7.5), .line(15, [0, -8, -2, 16]), .line(9, [-1, 16, 12, 32, 17, 49]),
    .line(9, [-3, 16, -8, 34, -22, 49]), .line(6, [2, -8, 14, 6, 21, 10]),
    .line(6, [-3, -8, -13, 6, -15, 16]),
    .rectangle(-50, 52, -34, 57), .rectangle(-22, 52, -6, 57), .rectangle(6, 52, 22, 57),
    .rectangle(34, 52, 50, 57))

  static let children = sign(child.moved(-17, 2), child.scaled(0.88).moved(21, 8))

  /// A child that runs to the left.
  private static let child: Shape =
    Shape.disc(-2, -14, 7.5) + .line(12, [0, -2, 3, 16]) + .line(7, [3, 17, -9, 30, -8, 48])
    + .line(7, [4, 17, 14, 32, 22, 40]) + .line(5, [0, -2, -12, 8, -20, 2])
    + .line(5, [1, -2, 12, 8, 17, 2])

  static let bicycles = sign(
    .ring(-26, 32, 17, width: 5), .ring(26, 32, 17, width: 5),
    .line(5, [-26, 32, -12, 6, 16, 6, 0, 32, -26, 32]), .line(5, [0, 32, -14, 2]),
    .line(5, [26, 32, 13, -4, 22, -7]), .line(6, [-20, 0, -8, 0]))

  static let ice = sign(
    arm.moved(0, 18), arm.rotated(degrees: 60).moved(0, 18), arm.rotated(degrees: 120).moved(0, 18))

  /// A line through the centre of a snowflake, with barbs at both ends.
  private static let arm: Shape =
    Shape.line(7, [0, -36, 0, 36]) + .line(6, [-13, -32, 0, -19, 13, -32])
    + .line(6, [-13, 32, 0, 19, 13, 32])

  /// A deer that leaps to the left.
  static let wildAnimals = sign(
    .polygon(-18, 2, -4, 8, 16, 10, 30, 20, 32, 34, 22, 32, 8, 28, -10, 30, -20, 20),
    .line(9, [-16, 10, -22, -6]), .polygon(-24, -14, -16, -10, -22, 2, -38, 4, -38, -1),
    .line(4, [-20, -10, -14, -26, -20, -32]), .line(4, [-16, -20, -6, -28]),
    .line(6, [-14, 24, -28, 36, -40, 34]), .line(6, [-10, 26, -22, 44, -34, 46]),
    .line(7, [28, 28, 34, 40, 46, 52]), .line(7, [22, 28, 24, 42, 34, 56]),
    .line(5, [30, 18, 36, 14]))

  private static func sign(_ pictograms: Shape...) -> SignDrawing {
    pictograms.reduce(.redTriangle) { $0.painted(.black, enlarged($1)) }
  }

  private static func enlarged(_ pictogram: Shape) -> Shape {
    pictogram.moved(0, -52).scaled(1.14).moved(0, 54)
  }
}
