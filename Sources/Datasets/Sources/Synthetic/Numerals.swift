/// Digits and letters as lines, in a box of 50 × 100 around the centre.
enum Numerals {
  static func digit(_ value: Int, width: Float = 14) -> Shape {
    switch value {
    case 0:
      .line(width, arc(0, -21, 19, 180, 360), arc(0, 21, 19, 0, 180), [-19, -21])
    case 1:
      .line(width, [-14, -27, 6, -43, 6, 43])
    case 2:
      .line(width, arc(0, -23, 19, 190, 375), [-18, 42, 21, 42])
    case 3:
      .line(width, arc(0, -22, 18, 200, 440), [-2, -4]) + .line(width, arc(0, 20, 21, -80, 160))
    case 4:
      .line(width, [8, -43, -19, 20, 22, 20]) + .line(width, [8, -6, 8, 43])
    case 5:
      .line(width, [17, -43, -14, -43, -17, -3]) + .line(width, arc(-1, 18, 21, -140, 140))
    case 6:
      .ring(0, 20, 20, width: width) + .line(width, arc(0, -22, 20, 340, 180), [-20, 20])
    case 7:
      .line(width, [-19, -43, 19, -43, -7, 43])
    case 8:
      .ring(0, -22, 18, width: width) + .ring(0, 20, 21, width: width)
    default:
      .ring(0, -20, 20, width: width) + .line(width, arc(0, 22, 20, 160, 0), [20, -20])
    }
  }

  /// A number centred at the origin, its digits `height` high.
  static func number(_ value: Int, height: Float) -> Shape {
    let digits = String(value).compactMap(\.wholeNumberValue)
    let narrow: Float = digits.count > 2 ? 0.78 : 1
    let advance: Float = 60
    let start = -advance * Float(digits.count - 1) / 2
    return digits.enumerated().reduce(Shape.polygon()) { shape, entry in
      shape + digit(entry.element).moved(start + advance * Float(entry.offset), 0)
    }
    .scaled(height / 100 * narrow, height / 100)
  }

  /// The lettering of the stop sign.
  static let stop: Shape =
    Shape.line(15, arc(0, -22, 18, 330, 90), arc(0, 21, 21, -90, 150)).moved(-100, 0)
    + Shape.line(15, [-20, -43, 20, -43]).moved(-33, 0)
    + Shape.line(15, [0, -43, 0, 43]).moved(-33, 0)
    + digit(0, width: 15).moved(33, 0)
    + Shape.line(15, [-16, 43, -16, -43], arc(2, -21, 21, -90, 90), [-16, 0]).moved(100, 0)
}
