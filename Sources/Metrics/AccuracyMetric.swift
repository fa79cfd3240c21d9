/// What is measured of one evaluation.
public enum AccuracyMetric: String, CaseIterable, Sendable {
  /// Over all images (micro average).
  case accuracy
  /// The mean over classes.
  case macro
  /// With only the outputs of an image's own task competing.
  case taskMasked = "task-masked"

  /// In percent; nil without images.
  public func value(of evaluation: Evaluation) -> Double? {
    switch self {
    case .accuracy: evaluation.accuracy
    case .macro: evaluation.macroAccuracy
    case .taskMasked: evaluation.taskMaskedAccuracy
    }
  }
}
