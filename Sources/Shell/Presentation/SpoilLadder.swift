import Datasets

/// One way of spoiling images, from little to much.
struct SpoilLadder {
  /// The corruption's name, or `fgsm`.
  let name: String
  /// For an axis.
  let measure: String
  /// In the corruption's unit, or severities where `isGraded`; 0 are images as they are.
  let strengths: [Double]
  let isGraded: Bool
  let way: Way

  enum Way {
    /// nil leaves images as they are.
    case corruptions([Corruption?])
    /// Steps against the model, of 255.
    case attack
  }

  private init(
    _ name: String, _ measure: String, _ strengths: [Double], isGraded: Bool = false, _ way: Way
  ) {
    (self.name, self.measure, self.strengths) = (name, measure, strengths)
    (self.isGraded, self.way) = (isGraded, way)
  }

  init(_ kind: CorruptionKind, strengths: [Double], seed: Int) {
    self.init(
      kind.name, kind.measure, strengths,
      .corruptions(strengths.map { Corruption(kind, strength: $0, seed: seed) }))
  }

  /// Severities 0 to 5 of a kind that has them.
  init(graded kind: CorruptionKind, seed: Int) {
    let severities = kind.severities ?? []
    self.init(
      kind.name, "severity", (0...severities.count).map(Double.init), isGraded: true,
      .corruptions([nil] + severities.map { Corruption(kind, strength: $0, seed: seed) }))
  }

  /// The fast gradient sign method.
  init(attack strengths: [Double]) {
    self.init("fgsm", "largest change of a value (of 255)", strengths, .attack)
  }

  /// In the corruption's own unit; nil for images as they are.
  func strength(at step: Int) -> Double? {
    guard isGraded, case .corruptions(let steps) = way else { return strengths[step] }
    return steps[step]?.strength
  }

  var isAttack: Bool { if case .attack = way { true } else { false } }

  /// `15`, `2.5`.
  static func plain(_ strength: Double) -> String {
    strength == strength.rounded() ? "\(Int(strength))" : "\((strength * 100).rounded() / 100)"
  }
}
