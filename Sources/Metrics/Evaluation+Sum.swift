extension Evaluation {
  /// The images of several evaluations of the same classes together, in the order of the first; nil if
  /// their classes differ.
  public init?(sumOf evaluations: [Evaluation]) {
    guard let first = evaluations.first else { return nil }
    let classes = first.classes
    var sum = classes.map { _ in [Int](repeating: 0, count: classes.count) }
    var right: [Int]? = classes.map { _ in 0 }
    for evaluation in evaluations {
      guard evaluation.classes.count == classes.count else { return nil }
      let places = classes.compactMap { evaluation.classes.firstIndex(of: $0) }
      guard places.count == classes.count else { return nil }
      for (row, place) in places.enumerated() {
        let counts = evaluation.confusion[place]
        for (column, other) in places.enumerated() { sum[row][column] += counts[other] }
        // Outputs that stand for none of the classes.
        for (position, count) in counts.dropFirst(classes.count).enumerated() {
          let column = classes.count + position
          if column >= sum[row].count {
            for row in sum.indices { sum[row].append(0) }
          }
          sum[row][column] += count
        }
      }
      right = evaluation.rightInTask.flatMap { own in
        right.map { zip($0, places).map { $0 + own[$1] } }
      }
    }
    self.init(classes: classes, confusion: sum, rightInTask: right)
  }
}
