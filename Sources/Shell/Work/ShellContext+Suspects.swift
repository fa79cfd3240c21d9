import Datasets
import Inspection
import Networks

extension ShellContext {
  /// Has classifiers judge labels that they have not seen, with a progress bar; Ctrl-C ends it.
  mutating func labelDoubts(
    _ data: DataSet, split: DataSet.Split, features: LabelSearch.Features, folds: Int
  ) throws -> LabelDoubts {
    var search = LabelSearch(data, split: split, features: features, folds: folds)
    defer { console.progress.finish() }
    while search.done < search.total {
      search.advance(on: training.device)
      console.progress.update(
        Progress("judging labels", completed: search.done, total: search.total, unit: "image"))
      if training.isInterrupted() { throw SessionProblem.stopped }
    }
    return search.result
  }

  /// Looks for near-duplicates, with a progress bar; Ctrl-C ends it.
  ///
  /// - Returns: All pairs, and whether there were too many to look on.
  mutating func nearDuplicates(
    _ data: DataSet, splits: [DataSet.Split], least: Double
  ) throws -> (pairs: [NearDuplicate], isCut: Bool) {
    let pool = training.device.pool
    var search = NearDuplicateSearch(data, splits: splits, least: least, on: pool)
    defer { console.progress.finish() }
    while search.done < search.total {
      search.advance(on: pool)
      console.progress.update(
        Progress("comparing", completed: search.done, total: search.total, unit: "image"))
      if training.isInterrupted() { throw SessionProblem.stopped }
    }
    return (search.result, search.isCut)
  }
}
