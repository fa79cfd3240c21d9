import Datasets
public import Metrics

extension Run {
  /// What the run came to so far.
  ///
  /// - Parameters:
  ///   - head: By which of the strategy's heads; its first if nil. No figures if it has no such head.
  ///   - count: After so many tasks; all that were evaluated if nil.
  public func figures(
    by metric: AccuracyMetric = .accuracy, head: ClassifierHead? = nil, after count: Int? = nil
  ) -> IncrementalFigures {
    let all = head.map { evaluations(by: $0) ?? [] } ?? history.evaluations
    return IncrementalFigures(
      Array(all.prefix(count ?? all.count)), tasks: tasks.tasks, by: metric)
  }
}
