import CommandLanguage
import Datasets
import Networks
import Sessions

extension Command<ShellContext> {
  static var corrupt: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let kind = Parameter.required(
      "with",
      .choice(Corruption.kinds.map { ValueShape.Choice($0.name, $0.summary) }),
      "How the test images are spoiled.")
    let severity = Parameter.optional(
      "severity", .integer(1...5), "How much, of a corruption that has severities.")
    let strength = Parameter.optional(
      "strength", .real(-1024...1024), "How much, in the corruption's own unit.")
    return ShellCommand(
      "corrupt", "Makes a data set whose test images are spoiled.", category: .data,
      effect: .changes, searchWords: ["perturb", "gtsrb-c", "cifar-c", "imagecorruptions"],
      parameters: [data, kind, severity, strength, SpoilParameters.seed], result: .data,
      examples: [
        Example("corrupt signs with=motion_blur severity=3 as blurred", "As a moving camera sees."),
        Example("corrupt signs with=rotate strength=15 as turned", "Turned by 15 degrees."),
      ],
      seeAlso: ["plot robustness", "show robustness", "show batch"],
      discussion: """
        Training images stay as they are. Severities are those of CIFAR-10-C for images of 32 × 32 \
        (Hendrycks and Dietterich 2019): motion_blur, impulse_noise, gaussian_noise, pixelate, spatter, \
        contrast and jpeg_compression have them. Sessions hold the recipe and not the images; they are \
        made again when it is opened, and compared by their digest. The same seed gives the same bytes, \
        on any number of threads.
        """
    ) { context, arguments in
      let set = try context.data(arguments[data].name)
      let name = arguments[kind]
      guard let chosen = Corruption.kind(named: name) else {
        preconditionFailure("'\(name)' is no corruption")
      }
      let amount = try amount(of: chosen, arguments[severity], arguments[strength])
      let corruption = Corruption(
        chosen, strength: amount,
        seed: Int(truncatingIfNeeded: arguments[SpoilParameters.seed]))
      let result = set.corrupted(by: corruption, on: context.training.device.pool)
      let resultName = arguments.resultName ?? "corrupted"
      context.session.set(resultName, to: .data(result))
      return context.told(resultName, notes: ShellContext.notes(of: result))
    }
  }
}

/// The strength that was asked for, by a severity or by itself.
private func amount(
  of kind: CorruptionKind, _ severity: Int?, _ strength: Double?
) throws -> Double {
  switch (severity, strength) {
  case (nil, nil):
    throw RobustnessProblem.noStrength(
      kind: kind.name, hasSeverities: kind.severities != nil, hasStrengths: kind.option != nil)
  case (_?, _?): throw RobustnessProblem.strengthTwice
  case (let severity?, nil):
    guard let severities = kind.severities else {
      throw RobustnessProblem.noSeverities(kind: kind.name, measure: kind.measure)
    }
    return severities[severity - 1]
  case (nil, let strength?):
    guard kind.option != nil else { throw RobustnessProblem.onlySeverities(kind: kind.name) }
    guard kind.range.contains(strength) else {
      throw RobustnessProblem.strengthOutOfRange(kind: kind.name, range: kind.range)
    }
    return strength
  }
}
