/// The drawing and the name of every class: GTSRB's 43, then derived ones.
enum SignCatalog {
  static let limit = 1000

  static func drawing(of label: Int) -> SignDrawing {
    gtsrb.indices.contains(label) ? gtsrb[label] : DerivedSign(label - gtsrb.count).drawing
  }

  static func name(of label: Int) -> String {
    gtsrb.indices.contains(label) ? GTSRB.classNames[label] : DerivedSign(label - gtsrb.count).name
  }

  /// In the order of GTSRB's class numbers.
  private static let gtsrb: [SignDrawing] =
    [20, 30, 50, 60, 70, 80].map(ProhibitorySigns.speedLimit)
    + [EndSigns.speedLimit80]
    + [100, 120].map(ProhibitorySigns.speedLimit)
    + [
      ProhibitorySigns.noPassing, ProhibitorySigns.noPassingByLorries,
      DangerSigns.rightOfWay, PrioritySigns.priorityRoad, PrioritySigns.yield,
      PrioritySigns.stop, ProhibitorySigns.noVehicles, ProhibitorySigns.noLorries,
      ProhibitorySigns.noEntry, DangerSigns.caution, DangerSigns.curveLeft,
      DangerSigns.curveRight, DangerSigns.doubleCurve, DangerSigns.bumps, DangerSigns.slippery,
      DangerSigns.narrowsRight, DangerSigns.roadWork, DangerSigns.trafficLights,
      DangerSigns.pedestrians, DangerSigns.children, DangerSigns.bicycles, DangerSigns.ice,
      DangerSigns.wildAnimals, EndSigns.allRestrictions, MandatorySigns.turnRight,
      MandatorySigns.turnLeft, MandatorySigns.ahead, MandatorySigns.aheadOrRight,
      MandatorySigns.aheadOrLeft, MandatorySigns.keepRight, MandatorySigns.keepLeft,
      MandatorySigns.roundabout, EndSigns.noPassing, EndSigns.noPassingByLorries,
    ]
}

/// A class beyond GTSRB's 43: a number on one of eleven plates.
///
/// Derived sign k shows plate k mod 11 and the (k / 11)th number from 1 that does not end in 0
/// (GTSRB's speed limits all do), so that no two of the 957 are alike.
struct DerivedSign {
  private let plate: Int
  private let number: Int

  init(_ index: Int) {
    plate = index % Self.plates.count
    let ordinal = index / Self.plates.count
    number = ordinal + ordinal / 9 + 1
  }

  var name: String { "Number \(number) on a \(Self.plates[plate].name)" }

  var drawing: SignDrawing {
    let plate = Self.plates[plate]
    return plate.drawing.painted(
      plate.ink, Numerals.number(number, height: plate.height).moved(0, plate.centre))
  }

  private struct Plate {
    var name: String
    var drawing: SignDrawing
    var ink: Paint = .black
    var height: Float = 78
    var centre: Float = 0
  }

  private static let plates: [Plate] = [
    Plate(name: "red ring", drawing: .redRing),
    Plate(name: "blue disc", drawing: .blueDisc, ink: .white),
    Plate(name: "red triangle", drawing: .redTriangle, height: 64, centre: 20),
    Plate(
      name: "yellow diamond",
      drawing: SignDrawing().painted(.black, PrioritySigns.diamond(90, rounded: 6))
        .painted(.yellow, PrioritySigns.diamond(82, rounded: 5)), height: 70),
    Plate(name: "green square", drawing: square(.green), ink: .white, height: 96),
    Plate(
      name: "red octagon",
      drawing: SignDrawing().painted(.white, PrioritySigns.octagon(98)).painted(
        .red, PrioritySigns.octagon(91)), ink: .white, height: 88),
    Plate(name: "blue square", drawing: square(.blue), ink: .white, height: 96),
    Plate(
      name: "yellow disc",
      drawing: SignDrawing().painted(.black, .disc(0, 0, 97)).painted(.yellow, .disc(0, 0, 91)),
      height: 90),
    Plate(name: "brown square", drawing: square(.brown), ink: .white, height: 96),
    Plate(name: "black-edged disc", drawing: .endDisc, height: 90),
    Plate(name: "orange square", drawing: square(.orange, edge: .black), height: 96),
  ]

  private static func square(_ paint: Paint, edge: Paint = .white) -> SignDrawing {
    SignDrawing().painted(edge, .rectangle(-90, -90, 90, 90))
      .painted(paint, .rectangle(-84, -84, 84, 84))
  }
}
