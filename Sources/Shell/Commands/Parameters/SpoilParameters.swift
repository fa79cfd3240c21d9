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
  static let steps = Parameter.option(
    "steps", .integer(2...100), default: 7, "How many strengths a range is divided into.")
  static let common = Parameter.optional(
    "corruptions", .list(of: .choice(["all"] + Corruption.common.map(\.name))),
    "Instead: all or some of the seven common corruptions, at severities 1 to 5.",
    searchWords: ["gtsrb-c", "cifar-c", "mce"])
  static let seed = Parameter.option(
    "seed", .seed, default: 0, "What is drawn at random is drawn from it.")

  static let all: [any AnyParameter] = series.map(\.parameter) + [steps, common, seed]
}

/// One way of spoiling images, from little to much.
struct SpoilLadder {
  let kind: any CorruptionKind
  /// In the kind's unit, or severities where `isGraded`; 0 are images as they are.
  let strengths: [Double]
  let isGraded: Bool
  /// nil leaves images as they are.
  let steps: [Corruption?]

  init(_ kind: any CorruptionKind, strengths: [Double], seed: Int) {
    (self.kind, self.strengths, isGraded) = (kind, strengths, false)
    steps = strengths.map { Corruption(kind, strength: $0, seed: seed) }
  }

  /// Severities 0 to 5 of a kind that has them.
  init(graded kind: any CorruptionKind, seed: Int) {
    (self.kind, isGraded) = (kind, true)
    let severities = kind.severities ?? []
    strengths = (0...severities.count).map(Double.init)
    steps = [nil] + severities.map { Corruption(kind, strength: $0, seed: seed) }
  }

  /// Those that the arguments ask for: one along its strengths, or several by severity.
  static func asked(_ arguments: Arguments) throws -> [SpoilLadder] {
    let seed = Int(truncatingIfNeeded: arguments[SpoilParameters.seed])
    let given = SpoilParameters.series.compactMap { kind, parameter in
      arguments[parameter].map { (kind: kind, name: parameter.name, series: $0) }
    }
    if let words = arguments[SpoilParameters.common] {
      if let other = given.first {
        throw RobustnessProblem.twoWays(SpoilParameters.common.name, other.name)
      }
      return Corruption.common.filter { words.contains("all") || words.contains($0.name) }
        .map { SpoilLadder(graded: $0, seed: seed) }
    }
    guard let one = given.first else { throw RobustnessProblem.noWay(verb: arguments.verb) }
    guard given.count == 1 else { throw RobustnessProblem.twoWays(one.name, given[1].name) }
    let strengths = one.series.numbers(steps: arguments[SpoilParameters.steps])
    return [SpoilLadder(one.kind, strengths: strengths, seed: seed)]
  }

  /// For an axis.
  var measure: String { isGraded ? "severity" : kind.measure }

  /// `15`, `2.5`.
  static func plain(_ strength: Double) -> String {
    strength == strength.rounded() ? "\(Int(strength))" : "\((strength * 100).rounded() / 100)"
  }
}
