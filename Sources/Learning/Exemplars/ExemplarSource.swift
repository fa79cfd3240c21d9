/// What the exemplars of old classes are drawn from when a task is over.
enum ExemplarSource: String, CaseIterable, Codable, Hashable, Sendable {
  /// All of their training images, as in the notebook: the learner would have to have kept them.
  case all
  /// Those that were kept.
  case kept

  static let option = StrategyOption.choice(
    "memory-from", Self.all.rawValue, of: Self.allCases.map(\.rawValue),
    "what exemplars of old classes are drawn from after each task: all of their training images, as "
      + "the notebook does, or those kept so far")

  init(_ options: OptionValues) {
    self = ExemplarSource(rawValue: options[choice: Self.option]) ?? .all
  }
}

extension KeyedDecodingContainer {
  /// A state from before there was a choice draws from all.
  func decode(_ type: ExemplarSource.Type, forKey key: Key) throws -> ExemplarSource {
    try decodeIfPresent(type, forKey: key) ?? .all
  }
}
