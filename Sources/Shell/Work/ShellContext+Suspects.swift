import Datasets
import Inspection
import Networks

extension ShellContext {
  /// Has classifiers judge labels that they have not seen, with a progress bar; Ctrl-C ends it.
  mutating func labelDoubts(
    _ data: DataSet, split: DataSet.Split, features: LabelSearch.Features, folds: Int
  ) throws -> LabelDoubts {
    var search = LabelSearch(data, split: split, features: features, folds: folds)
    try carryOut(&search, "judging labels")
    return search.result
  }

  /// Looks for near-duplicates, with a progress bar; Ctrl-C ends it.
  ///
  /// - Returns: All pairs, and whether there were too many to look on.
  mutating func nearDuplicates(
    _ data: DataSet, splits: [DataSet.Split], least: Double
  ) throws -> (pairs: [NearDuplicate], isCut: Bool) {
    var search = NearDuplicateSearch(data, splits: splits, least: least)
    try carryOut(&search, "comparing")
    return (search.result, search.isCut)
  }
}
