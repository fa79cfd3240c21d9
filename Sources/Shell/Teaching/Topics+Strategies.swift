import Datasets
import Learning
import Networks

extension Topic {
  /// One for each strategy, from what it says of itself.
  static let strategies = Strategies.all.map { Topic(strategy: $0) }

  private init(strategy: any Strategy.Type) {
    let description = strategy.description
    let name = description.name
    let result = "my-\(name)"
    let options = [("epochs", 5), ("batch", 16)].filter { option in
      strategy.options.contains { $0.name == option.0 }
    }.map { " \($0.0)=\($0.1)" }.joined()
    let isReference = name == "finetune"
    self.init(
      .strategy, name, description.idea,
      text: description.explanation + (description.explanation.isEmpty ? "" : "\n\n")
        + "Kept of old tasks: \(description.keeps).",
      formulas: ["loss = \(description.formula)"], sources: [description.source],
      commands: [
        "run \(name) \(Self.network(for: strategy)) on=T\(options) as \(result)",
        "matrix \(result)",
        isReference ? "plot accuracy \(result)" : "compare [ft, \(result)]",
        "help \(name)",
      ],
      seeAlso: isReference ? ["forgetting"] : ["forgetting", "accuracy"])
  }

  /// The network of the preparation that the strategy can teach.
  private static func network(for strategy: any Strategy.Type) -> String {
    let image = LayerShape.image(height: 32, width: 32, channels: 3)
    guard let plain = try? Preset.simpleCNN.architecture(input: image, outputs: 2) else {
      return "net"
    }
    let objection = strategy.init(OptionValues([])).objection(
      to: plain, TaskSequence(tasks: [[0, 1], [2, 3]]))
    if case .needsHeads(2, _)? = objection { return "twoheads" }
    return "net"
  }
}
