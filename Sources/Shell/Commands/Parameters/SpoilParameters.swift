import CommandLanguage
import Datasets

/// How images are spoiled, and how far: `rotate=0..30`, or `corruptions=all`.
enum SpoilParameters {
  /// The kinds that have strengths, each with its option.
  static let series: [(kind: CorruptionKind, parameter: Parameter<NumberSeries?>)] =
    Corruption.kinds.compactMap { kind in
      kind.option.map { option in
        (kind, .optional(option, .series(kind.range), "Images \(kind.summary)."))
      }
    }
  static let attack = Parameter.optional(
    "fgsm", .series(0...255),
    "Images changed against the model by its own gradient: every value by so many of 255, "
      + "a range in whole steps.",
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

extension SpoilLadder {
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
      let strengths = attack.wholeNumbers(
        steps: steps, isExact: arguments.isGiven(SpoilParameters.steps))
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
}

extension NumberSeries {
  /// Whole numbers that lie equally far apart, if there are any in a range whose number is about that
  /// asked for; else, or where so many were asked for, what is nearest to them.
  fileprivate func wholeNumbers(steps: Int, isExact: Bool) -> [Double] {
    guard !isExact, case .span(let first, let last) = self, last - first == (last - first).rounded()
    else { return numbers(steps: steps).map { $0.rounded() } }
    let length = Int((last - first).magnitude)
    let wanted = steps - 1
    let even = (3...2 * wanted).filter { $0 <= length && length % $0 == 0 }
    let chosen = even.min { abs($0 - wanted) < abs($1 - wanted) } ?? wanted
    return numbers(steps: chosen + 1).map { $0.rounded() }
  }
}
