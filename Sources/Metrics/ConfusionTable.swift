/// What was taken for what: a row for each class that images are of, a column for each that is answered.
public struct ConfusionTable: Hashable, Sendable {
  /// The classes of the images.
  public let rows: [Int]
  /// The classes answered.
  public let columns: [Int]
  /// [row][column] → images; with `hasOthers` in a last column those taken for none of the columns.
  public let counts: [[Int]]
  public let hasOthers: Bool

  /// - Parameters:
  ///   - rows: Classes of the evaluation; others are left out, as they are of `columns`.
  public init(_ evaluation: Evaluation, rows: [Int], columns: [Int]) {
    let positions = Dictionary(
      uniqueKeysWithValues: evaluation.classes.enumerated().map { ($1, $0) })
    self.rows = rows.filter { positions[$0] != nil }
    self.columns = columns.filter { positions[$0] != nil }
    let places = self.columns.compactMap { positions[$0] }
    let counts = self.rows.compactMap { positions[$0] }.map { row -> [Int] in
      let own = places.map { evaluation.confusion[row][$0] }
      return own + [evaluation.confusion[row].reduce(0, +) - own.reduce(0, +)]
    }
    hasOthers = counts.contains { $0[places.count] > 0 }
    self.counts = hasOthers ? counts : counts.map { Array($0.dropLast()) }
  }

  /// In percent of each row's images; nil in a row without any.
  public var shares: [[Double?]] {
    counts.map { row in
      let total = row.reduce(0, +)
      return row.map { total == 0 ? nil : 100 * Double($0) / Double(total) }
    }
  }

  /// A cell off the diagonal that has images.
  public struct Pair: Hashable, Sendable {
    public var truth: Int
    /// nil stands for every class that has no column.
    public var answer: Int?
    public var count: Int
    /// In percent of the images of the true class.
    public var share: Double
  }

  /// Which classes are taken for which others, the most frequent first, ties in the order of the table.
  public var mistakes: [Pair] {
    var pairs: [Pair] = []
    for (row, truth) in rows.enumerated() {
      let total = counts[row].reduce(0, +)
      for (column, count) in counts[row].enumerated() where count > 0 {
        let answer = column < columns.count ? columns[column] : nil
        guard answer != truth else { continue }
        pairs.append(
          Pair(
            truth: truth, answer: answer, count: count,
            share: 100 * Double(count) / Double(total)))
      }
    }
    let places = pairs.indices.sorted { (pairs[$1].count, $0) < (pairs[$0].count, $1) }
    return places.map { pairs[$0] }
  }
}
