import Learning

/// Two options that both say the same thing.
enum ExclusiveOptions: CaseIterable {
  /// How long a task is trained.
  case length
  /// How many exemplars are kept.
  case memory

  var first: String {
    switch self {
    case .length: "epochs"
    case .memory: "memory"
    }
  }

  var second: String {
    switch self {
    case .length: "steps"
    case .memory: "per-class"
    }
  }

  /// - Parameters:
  ///   - written: The options that were written.
  ///   - values: What an option has, written or not. Of the second, 0 stands for none.
  /// - Throws: `RunProblem.exclusive` if the first was written and the second counts instead.
  static func check(_ written: [String], values: (String) -> [OptionValue?]) throws {
    for pair in allCases where written.contains(pair.first) {
      let counts = values(pair.second).contains { $0 != nil && $0 != .integer(0) }
      if counts { throw RunProblem.exclusive(pair) }
    }
  }
}
