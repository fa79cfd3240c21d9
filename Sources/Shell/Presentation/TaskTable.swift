import Datasets

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
