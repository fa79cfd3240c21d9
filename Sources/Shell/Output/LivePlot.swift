/// Curves of runs that are drawn again and again while one of them learns.
struct LivePlot: Hashable, Sendable {
  /// That asked for them: the title of their window.
  var command: String
  var runs: [String]
  var curves: [LiveCurve]
  var title: String?
  /// The weight of the past in the curve of the loss.
  var smoothing = 0.95
  /// What the loss is drawn over: of a run under way no task is whole.
  var axis = LossAxis.batch
}

/// What is drawn of a run while it learns.
enum LiveCurve: String, CaseIterable, Sendable {
  case loss
  /// Of the epoch so far on the training images, and after each task on the test images; of a run that
  /// is watched, on the watched tasks.
  case accuracy

  /// The parameter of commands that asks for curves.
  static let parameterName = "live"
}
