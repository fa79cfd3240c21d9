extension Evaluation {
  /// How often two classes are taken for each other: the mean of both shares, from 0 to 1, by
  /// positions in `classes`; symmetric.
  public var resemblance: [[Double]] {
    let shares = classes.indices.map { row -> [Double] in
      let total = confusion[row].reduce(0, +)
      return classes.indices.map { total == 0 ? 0 : Double(confusion[row][$0]) / Double(total) }
    }
    return classes.indices.map { row in
      classes.indices.map { (shares[row][$0] + shares[$0][row]) / 2 }
    }
  }

  /// The positions of the classes in an order in which those that are taken for each other stand
  /// together.
  ///
  /// Groups are joined by their mean resemblance, the largest first (average linkage, Sokal and
  /// Michener 1958), and turned so that the two ends that meet resemble each other most. Groups
  /// without any resemblance stand in the order of the classes.
  public var similarityOrder: [Int] {
    let resemblance = resemblance
    // Each with its classes in their order; groups in the order of their first class.
    var groups = classes.indices.map { [$0] }
    var sums = resemblance
    while groups.count > 1 {
      var best: (first: Int, second: Int, mean: Double) = (0, 0, 0)
      for first in groups.indices {
        for second in groups.indices where second > first {
          let pairs = Double(groups[first].count * groups[second].count)
          let mean = sums[first][second] / pairs
          if mean > best.mean { best = (first, second, mean) }
        }
      }
      guard best.mean > 0 else { break }
      let (first, second, _) = best
      groups[first] = Self.joined(groups[first], groups[second], resemblance)
      groups.remove(at: second)
      for other in sums.indices {
        sums[first][other] += sums[second][other]
        sums[other][first] = sums[first][other]
      }
      sums.remove(at: second)
      for row in sums.indices { sums[row].remove(at: second) }
    }
    return groups.flatMap(\.self)
  }

  /// Two groups one behind the other, each in the direction in which the ends that meet fit best.
  private static func joined(
    _ first: [Int], _ second: [Int], _ resemblance: [[Double]]
  ) -> [Int] {
    let ways = [
      (first, second), (first, Array(second.reversed())), (Array(first.reversed()), second),
      (Array(first.reversed()), Array(second.reversed())),
    ]
    let fits = ways.map { resemblance[$0.0[$0.0.count - 1]][$0.1[0]] }
    let best = fits.indices.reduce(0) { fits[$1] > fits[$0] ? $1 : $0 }
    return ways[best].0 + ways[best].1
  }
}

extension Evaluation {
  /// Which task's classes are answered to the images of each: [task of the image][task answered],
  /// the share of the images in percent; nil for a task without images here. A last column, if there
  /// is one, holds answers that are none of these classes.
  ///
  /// - Parameter tasks: The classes of each task.
  public func taskBlocks(_ tasks: [[Int]]) -> [[Double?]] {
    var taskOfClass: [Int: Int] = [:]
    for (task, members) in tasks.enumerated() {
      for label in members { taskOfClass[label] = task }
    }
    var counts = tasks.map { _ in [Int](repeating: 0, count: tasks.count + 1) }
    for (row, label) in classes.enumerated() {
      guard let task = taskOfClass[label] else { continue }
      for (column, count) in confusion[row].enumerated() {
        let answer = column < classes.count ? taskOfClass[classes[column]] : nil
        counts[task][answer ?? tasks.count] += count
      }
    }
    let hasOthers = counts.contains { $0[tasks.count] > 0 }
    return counts.map { row in
      let total = row.reduce(0, +)
      return row.prefix(tasks.count + (hasOthers ? 1 : 0)).map {
        total == 0 ? nil : 100 * Double($0) / Double(total)
      }
    }
  }
}
