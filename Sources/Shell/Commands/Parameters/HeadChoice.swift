import CommandLanguage
import Learning
import Metrics

/// `head=`: by which of a strategy's ways of classifying figures are shown.
enum HeadChoice {
  static let parameter = Parameter.optional(
    "head", .choice(of: Classifier.self),
    "Which head, if the strategy has several (default: the first).")

  /// The position among the run's heads of the one asked for; the first if none is.
  static func position(of head: Classifier?, in run: Run, _ name: String) throws -> Int {
    guard let head else { return 0 }
    guard let position = run.classifiers.firstIndex(of: head) else {
      throw RunProblem.noSuchHead(run: name, heads: run.classifiers)
    }
    return position
  }

  /// The run's evaluations by the head asked for.
  static func evaluations(
    of run: Run, _ name: String, _ arguments: Arguments
  ) throws -> [Evaluation] {
    guard let head = arguments[parameter] else { return run.history.evaluations }
    guard let evaluations = run.evaluations(by: head) else {
      throw RunProblem.noSuchHead(run: name, heads: run.classifiers)
    }
    return evaluations
  }
}

extension Arguments {
  /// The head that was asked for, if any.
  var head: Classifier? { self[HeadChoice.parameter] }
}
