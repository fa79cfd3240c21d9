import CommandLanguage
import Datasets

/// How images are spoiled, and how far: `rotate=0..30`, or `corruptions=all`.
enum SpoilParameters {
  /// The kinds that have strengths, each with its option.
  static let series: [(kind: any CorruptionKind, parameter: Parameter<NumberSeries?>)] =
    Corruption.kinds.compactMap { kind in
      kind.option.map { option in
        (kind, .optional(option, .series(kind.range), "Images \(kind.summary)."))
      }
    }
  static let attack = Parameter.optional(
    "fgsm", .series(0...255),
    "Images changed against the model by its own gradient: every value by so many of 255.",
    searchWords: ["adversarial", "attack", "epsilon"])
  static let steps = Parameter.option(
    "steps", .integer(2...100), default: 7, "How many strengths a range is divided into.")
  static let common = Parameter.optional(
    "corruptions", .list(of: .choice(["all"] + Corruption.common.map(\.name))),
    "Instead: all or some of the seven common corruptions, at severities 1 to 5.",
    searchWords: ["gtsrb-c", "cifar-c", "mce"])
  static let seed = Parameter.option(
    "seed", .seed, default: 0, "What is drawn at random is drawn from it.")

  static let all: [any AnyParameter] = series.map(\.parameter) + [attack, steps, common, seed]
}

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

  init(_ kind: any CorruptionKind, strengths: [Double], seed: Int) {
    self.init(
      kind.name, kind.measure, strengths,
      .corruptions(strengths.map { Corruption(kind, strength: $0, seed: seed) }))
  }

  /// Severities 0 to 5 of a kind that has them.
  init(graded kind: any CorruptionKind, seed: Int) {
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

  /// Those that the arguments ask for: one along its strengths, or several by severity.
  static func asked(_ arguments: Arguments) throws -> [SpoilLadder] {
    let seed = Int(truncatingIfNeeded: arguments[SpoilParameters.seed])
    let steps = arguments[SpoilParameters.steps]
    var given = SpoilParameters.series.compactMap { kind, parameter in
      arguments[parameter].map {
        (parameter.name, SpoilLadder(kind, strengths: $0.numbers(steps: steps), seed: seed))
      }
    }
    if let attack = arguments[SpoilParameters.attack] {
      let strengths = attack.numbers(steps: steps).map { $0.rounded() }
      given.append((SpoilParameters.attack.name, SpoilLadder(attack: strengths)))
    }
    if let words = arguments[SpoilParameters.common] {
      if let other = given.first {
        throw RobustnessProblem.twoWays(SpoilParameters.common.name, other.0)
      }
      return Corruption.common.filter { words.contains("all") || words.contains($0.name) }
        .map { SpoilLadder(graded: $0, seed: seed) }
    }
    guard let one = given.first else { throw RobustnessProblem.noWay(verb: arguments.verb) }
    guard given.count == 1 else { throw RobustnessProblem.twoWays(one.0, given[1].0) }
    return [one.1]
  }

  /// `15`, `2.5`.
  static func plain(_ strength: Double) -> String {
    strength == strength.rounded() ? "\(Int(strength))" : "\((strength * 100).rounded() / 100)"
  }
}
