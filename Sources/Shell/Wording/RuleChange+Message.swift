import Learning

extension RuleChange {
  /// What is otherwise now, and what to do.
  var message: String {
    let difference =
      switch self {
      case .distillation: "distilled with a factor T², which the paper does not have"
      case .distillationInTask:
        "distilled the outputs of several tasks together, which do not compete where the task is told"
      case .outputsToCome:
        "gave its network no outputs for classes to come, and exemplars no logits"
      case .importances: "took importances of all outputs instead of those that compete"
      case .stream: "took exemplars from the images once in every epoch instead of once"
      case .randomViews: "took the features of one random view of an image for those of all views"
      case .smoothing: "did not smooth the labels, though the run asks for it"
      case .sharedOutputs: "did not learn the labels of any task but the first"
      case .laterVersion: ""
      }
    guard self != .laterVersion else {
      return "a later version of Waymark began it; continue with that version"
    }
    return
      "it was begun by an earlier version of Waymark, which \(difference); what it has learned "
      + "stays as it is, and 'run' begins it again"
  }
}
