import Datasets

/// What strategies do otherwise than an earlier version of the program did: a run that it began
/// cannot go on, since it would end as neither.
public enum RuleChange: Hashable, Sendable {
  /// Distillation had the factor T².
  case distillation
  /// In the task-incremental scenario distillation took outputs together that do not compete.
  case distillationInTask
  /// The network had no outputs for classes to come, and exemplars no logits.
  case outputsToCome
  /// Importances were of all outputs instead of those that compete.
  case importances
  /// Exemplars were taken from the stream of images once in every epoch.
  case stream
  /// Features of one random view were taken for those of all.
  case randomViews
  /// Labels were not smoothed.
  case smoothing
  /// Labels of all tasks but the first were not looked at.
  case sharedOutputs

  /// A later version of the program began the run.
  case laterVersion

  /// The rules of now; 1 are those before any of the changes.
  public static let current = 2
}

extension Run {
  /// Why a run that an earlier version began cannot go on; nil if it can.
  public var ruleChange: RuleChange? {
    if isFinished { return nil }
    return setup.rules > RuleChange.current ? .laterVersion : setup.changeSinceFirstRules
  }

  /// The outputs that the network has while the task under way is learned.
  public var expectedOutputs: Int {
    setup.changeSinceFirstRules == .outputsToCome
      ? tasks.outputs(through: position.task)
      : strategy.base.outputs(tasks, through: position.task)
  }
}

extension Run.Setup {
  /// What is done otherwise now than by the first rules, if these are the run's.
  fileprivate var changeSinceFirstRules: RuleChange? {
    guard rules < RuleChange.current else { return nil }
    let isTaskTold = tasks.scenario == .taskIncremental
    let smooths = options.has("label-smoothing") { $0 != .real(0) }
    switch strategy {
    case "wa", "bic": return .distillation
    case "dark": return .outputsToCome
    case "ewc", "mas":
      if isTaskTold || options.has("rivals", { $0 == .choice("new") }) { return .importances }
    case "rehearsal-kd", "der-cnn": if isTaskTold { return .distillationInTask }
    case "icarl":
      if tasks.scenario == .domainIncremental { return .sharedOutputs }
      if smooths { return .smoothing }
    case "er-ace": if smooths { return .smoothing }
    case "der":
      if smooths { return .smoothing }
      if transform.isRandom && !transform.randomCrop && !transform.horizontalFlip {
        return .randomViews
      }
    default: break
    }
    return options.has("policy") { [.choice("reservoir"), .choice("fifo")].contains($0) }
      ? .stream : nil
  }
}

extension OptionValues {
  fileprivate func has(_ name: String, _ condition: (OptionValue) -> Bool) -> Bool {
    values[name].map(condition) ?? false
  }
}
