import CommandLanguage

/// What is drawn of a run while it learns.
enum LiveCurve: String, CaseIterable, Sendable {
  case loss
  /// Of the epoch so far on the training images, and after each task on the test images; of a run that
  /// is watched, on the watched tasks.
  case accuracy

  static let parameter = Parameter.option(
    "live", .list(of: .choice(of: LiveCurve.self)), default: [],
    "Curves that grow while it learns: loss or [loss, accuracy].",
    searchWords: ["callback", "monitor"])
}
