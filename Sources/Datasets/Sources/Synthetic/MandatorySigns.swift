/// White arrows on blue discs.
enum MandatorySigns {
  static let turnRight = SignDrawing.blueDisc.painted(.white, bend)
  static let turnLeft = SignDrawing.blueDisc.painted(.white, bend.mirrored)
  static let ahead = SignDrawing.blueDisc.painted(.white, arrow(from: 66, to: -70))
  static let aheadOrRight = SignDrawing.blueDisc.painted(.white, fork)
  static let aheadOrLeft = SignDrawing.blueDisc.painted(.white, fork.mirrored)

  static let keepRight = SignDrawing.blueDisc
    .painted(.white, arrow(from: 72, to: -72).rotated(degrees: 130))

  static let keepLeft = SignDrawing.blueDisc
    .painted(.white, arrow(from: 72, to: -72).rotated(degrees: -130))

  static let roundabout = SignDrawing.blueDisc
    .painted(.white, third, third.rotated(degrees: 120), third.rotated(degrees: 240))

  /// An arrow up the middle, `from` and `to` as y.
  static func arrow(from tail: Float, to tip: Float) -> Shape {
    .rectangle(-10, tip + 30, 10, tail)
      + .polygon(
        0, tip, 38, tip + 40, 38, tip + 52, 10, tip + 26, -10, tip + 26, -38, tip + 52,
        -38, tip + 40)
  }

  /// From the bottom up and to the right.
  private static let bend: Shape =
    Shape.line(20, round: false, [-34, 64, -34, 8], arc(-12, 8, 22, 180, 270), [34, -14])
    + .polygon(66, -14, 26, -52, 14, -52, 38, -14, 14, 24, 26, 24)

  private static let fork: Shape =
    Shape.line(19, round: false, [-22, 72, -22, -40])
    + .polygon(-22, -78, 8, -42, 8, -30, -22, -54, -52, -30, -52, -42)
    + .line(19, round: false, [-20, 28, 44, 28])
    + .polygon(72, 28, 38, 0, 26, 0, 46, 28, 26, 56, 38, 56)

  /// A third of the way round, counter-clockwise as on the right-hand side of the road.
  private static let third: Shape =
    Shape.band(0, 0, 50, -20, 55, width: 15)
    + Shape.polygon(24, 4, 50, -34, 76, 4).rotated(degrees: -22)
}
