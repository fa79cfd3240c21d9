import Datasets
import Metrics

/// A row after each task, a column for each task's classes: what `matrix` and `plot matrix` show.
///
/// - Parameters:
///   - matrices: One for each seed.
///   - tasks: How many tasks there are.
func matrixTable(_ matrices: [AccuracyMatrix], tasks: Int) -> Table {
  Table(
    [Table.Column("after", key: "after_task")]
      + (0..<tasks).map { Table.Column("task \($0 + 1)", key: "task_\($0 + 1)") },
    rows: (0..<(matrices.map(\.rows.count).max() ?? 0)).map { after in
      [.integer(after + 1)]
        + (0..<tasks).map { task in RunSet.cell(matrices.map { $0.figure(after, on: task) }) }
    })
}

/// The means over several seeds.
func meanMatrix(_ matrices: [AccuracyMatrix]) -> [[Double?]] {
  (0..<(matrices.map(\.rows.count).max() ?? 0)).map { after in
    (0...after).map { task in meanOfKnown(matrices.map { $0.figure(after, on: task) }) }
  }
}

extension AccuracyMatrix {
  fileprivate func figure(_ after: Int, on task: Int) -> Double? {
    after < rows.count && task < rows[after].count ? rows[after][task] : nil
  }
}

extension ShellContext {
  /// A row per task: its classes and how many images they have, if the data set, which may be another
  /// one than the tasks were made of, has those classes.
  func table(of sequence: TaskSequence, _ data: DataSet, named name: String) -> Table {
    let counts = data.classCounts()
    let rows = sequence.tasks.enumerated().map { index, classes -> [Table.Cell] in
      let own = classes.allSatisfy(counts.indices.contains) ? classes.map { counts[$0] } : nil
      return [
        .text("\(name).\(index + 1)"), .text(classes.map(String.init).joined(separator: " ")),
        own.map { .integer($0.reduce(0) { $0 + $1.train }) } ?? .missing,
        own.map { .integer($0.reduce(0) { $0 + $1.test }) } ?? .missing,
      ]
    }
    return Table([Table.Column("task"), "classes", "train", "test"], rows: rows)
  }
}
