import CommandLanguage
import Datasets
import PlainText

extension RobustnessProblem {
  var failure: Failure {
    switch self {
    case .noWay(let verb):
      Failure(
        "nothing says how the images shall be spoiled",
        suggestion: "rotate=0..30, or corruptions=all", help: "help \(verb)")
    case .twoWays(let first, let second):
      Failure(
        "\(first)= and \(second)= cannot be measured at once; give one command for each",
        parameter: second)
    case .noStrength(let kind, let hasSeverities, let hasStrengths):
      Failure(
        "nothing says how much: \(kind) needs "
          + [hasSeverities ? "severity=1 to 5" : nil, hasStrengths ? "strength=" : nil]
          .compactMap(\.self).joined(with: "or"),
        parameter: "with")
    case .strengthTwice:
      Failure("severity= and strength= say the same; give one of them", parameter: "strength")
    case .noSeverities(let kind, let measure):
      Failure(
        "\(kind) has no severities; give strength=, the \(measure)", help: "help corrupt",
        parameter: "severity")
    case .onlySeverities(let kind):
      Failure(
        "\(kind) has no single strength; give severity=1 to 5", help: "help corrupt",
        parameter: "strength")
    case .strengthOutOfRange(let kind, let range):
      Failure(
        "\(kind) takes strengths from \(SpoilLadder.plain(range.lowerBound)) to "
          + SpoilLadder.plain(range.upperBound),
        parameter: "strength")
    case .severalImages(let count):
      Failure(
        "\(counted(count, "image")) and several corruptions do not fit into one picture; name one image",
        parameter: "images")
    }
  }
}
