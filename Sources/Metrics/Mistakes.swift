extension Evaluation {
  /// A class taken for another, by positions in `classes`.
  public struct Mistake: Hashable, Sendable {
    public var row: Int
    public var column: Int
    public var count: Int
  }

  /// All kinds of mistakes, the most frequent first, ties in the order of the classes.
  public var mistakes: [Mistake] {
    var list: [Mistake] = []
    for row in confusion.indices {
      for column in confusion.indices where column != row && confusion[row][column] > 0 {
        list.append(Mistake(row: row, column: column, count: confusion[row][column]))
      }
    }
    return list.sorted { ($1.count, $0.row, $0.column) < ($0.count, $1.row, $1.column) }
  }
}
