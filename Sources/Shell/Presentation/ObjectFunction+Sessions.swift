import CommandLanguage

extension ObjectFunction {
  /// What there is to know of the objects of a session, as `ShellContext` works it out.
  static let ofSessions: [ObjectFunction] =
    ObjectMetric.ofRuns.map { metric in
      ObjectFunction(
        "\(metric.rawValue)(\(metric.isTestedAnywhere ? "RUN|NET" : "RUN")"
          + (metric.hasTasks ? " [, task=N]" : "")
          + (metric.isTestedAnywhere ? " [, on=TASKS|DATA]" : "") + ")",
        metric.summaryOfRuns.capitalizedSentence,
        of: [.run, .checkpoint, .runs] + (metric.isTestedAnywhere ? [.network] : []),
        options: metric.hasTasks ? ["task"] : [],
        optionKinds: metric.isTestedAnywhere ? ["on": [.task, .tasks, .data]] : [:],
        optionOfKind: [.network: "on"])
    } + [
      ObjectFunction(
        "seconds(RUN)", "How long a run has trained.", of: [.run, .checkpoint, .runs]),
      ObjectFunction(
        "option(RUN, NAME)", "What an option of a run's strategy is.",
        of: [.run, .checkpoint, .runs], words: 1),
      ObjectFunction(
        "runs(PATTERN)", "The names of the runs that fit, such as \"rp-*\".", of: []),
      ObjectFunction(
        "classes(OBJECT)", "The numbers of the classes of data, tasks or a run.",
        of: [.data, .tasks, .task, .run, .checkpoint]),
      ObjectFunction(
        "count(DATA [, class=N] [, split=train|test])",
        "How many images a data set has, of a class and in the training split if nothing else is said.",
        of: [.data], options: ["class", "split"]),
      ObjectFunction(
        "column(TABLE, COLUMN [, CONDITION])",
        "The values of a column of a table of results, without empty cells: of all rows, or of those "
          + "that meet a condition.",
        of: [.table], words: 1, takesCondition: true),
      ObjectFunction(
        "rows(TABLE [, CONDITION])", "How many rows a table of results has.", of: [.table],
        takesCondition: true),
    ]
}

extension ObjectMetric {
  /// What is known of a run without any work, but for what `classes` and `tasks` are otherwise.
  fileprivate static let ofRuns: [ObjectMetric] = [
    .accuracy, .final, .macro, .average, .acc, .forgetting, .backwardTransfer, .loss, .exemplars,
    .tasks,
    .parameters,
  ]
}

extension ObjectMetric {
  /// Whether a run has one for each task.
  fileprivate var hasTasks: Bool { isTested || self == .loss }

  /// What it is of a run, where `summary` tells of other objects too.
  fileprivate var summaryOfRuns: String {
    switch self {
    case .accuracy:
      "percent of test images that a run classifies right; with on=, of those images, now"
    case .final: "the same: the accuracy after a run's last task"
    case .tasks: "how many tasks a run has finished"
    case .parameters: "how many parameters a run's network has"
    default: summary
    }
  }
}

extension String {
  /// `Percent of …` for `percent of …`, with a full stop.
  fileprivate var capitalizedSentence: String { prefix(1).uppercased() + dropFirst() + "." }
}
