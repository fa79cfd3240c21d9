import Datasets
public import Metrics

extension Run {
  /// What the run came to so far.
  ///
  /// - Parameters:
  ///   - classifier: The strategy's first if nil; no figures if it has no such.
  ///   - count: After so many tasks; all that were evaluated if nil.
  public func figures(
    by metric: AccuracyMetric = .accuracy, classifier: Classifier? = nil, after count: Int? = nil
  ) -> IncrementalFigures {
    let all = classifier.map { evaluations(by: $0) ?? [] } ?? history.evaluations
    return IncrementalFigures(
      Array(all.prefix(count ?? all.count)), tasks: tasks.tasks, by: metric)
  }
}
