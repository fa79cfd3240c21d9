public import Datasets
public import Learning

/// Why a run cannot go on.
public enum TrainingObjection: Error, Hashable, Sendable {
  /// It began with other images than the data set has now.
  case otherImages
  /// The data set or the run is not what it says it is.
  case misfit(String)
  /// An earlier version began it, by other rules.
  case rules(RuleChange)

  /// - Returns: nil if nothing stands against it.
  public init?(to run: Run, _ data: DataSet) {
    if let misfit = Self.misfit(of: run, with: data) {
      self = misfit
    } else if let change = run.ruleChange {
      self = .rules(change)
    } else {
      return nil
    }
  }

  /// Why the data set cannot be the one that a run learns from: another one may have its name now.
  public static func misfit(of run: Run, with data: DataSet) -> TrainingObjection? {
    guard data.digest == run.setup.dataDigest else { return .otherImages }
    return run.misfit(with: data).map { .misfit($0) }
  }
}
