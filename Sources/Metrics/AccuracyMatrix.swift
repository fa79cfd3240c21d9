/// How many test images there were of each class, and how many were classified as what, after
/// each task: everything that is reported of a run follows from it.
public struct Evaluation: Codable, Hashable, Sendable {
  /// The classes in the order of the network's outputs.
  public let classes: [Int]
  /// [true class][predicted class] → images, both by position in `classes`; columns beyond those
  /// are outputs that stand for none of them.
  public let confusion: [[Int]]
  /// Images of each class that are right when only the outputs of their own task compete; nil where
  /// that was not counted.
  public let rightInTask: [Int]?

  public init(classes: [Int], confusion: [[Int]], rightInTask: [Int]? = nil) {
    self.classes = classes
    self.confusion = confusion
    self.rightInTask = rightInTask
  }

  public var correct: Int { classes.indices.reduce(0) { $0 + confusion[$1][$1] } }
  public var total: Int { confusion.reduce(0) { $0 + $1.reduce(0, +) } }

  /// Share of all images classified rightly, in percent (micro average); nil without images.
  public var accuracy: Double? { percent(correct, of: total) }

  /// Mean over the classes that have images of the share classified rightly, in percent (macro
  /// average); nil without images.
  public var macroAccuracy: Double? {
    meanOfKnown(classes.indices.map { percent(confusion[$0][$0], of: confusion[$0].reduce(0, +)) })
  }

  /// Share of all images classified rightly when only the outputs of their own task compete, in
  /// percent: what is left to lose when the task is told. Nil where that was not counted, and without
  /// images.
  public var taskMaskedAccuracy: Double? {
    rightInTask.flatMap { percent($0.reduce(0, +), of: total) }
  }

  /// The classes without an image, of which no figure tells anything.
  public var classesWithoutImages: [Int] {
    classes.indices.filter { confusion[$0].allSatisfy { $0 == 0 } }.map { classes[$0] }
  }

  /// The rows of some of the classes; what was taken for another class is in columns beyond.
  public func limited(to subset: [Int]) -> Evaluation {
    let rows = subset.compactMap { classes.firstIndex(of: $0) }
    let rest = classes.indices.filter { !rows.contains($0) }
    return Evaluation(
      classes: rows.map { classes[$0] },
      confusion: rows.map { row in
        (rows + rest).map { confusion[row][$0] } + confusion[row].dropFirst(classes.count)
      }, rightInTask: rightInTask.map { right in rows.map { right[$0] } })
  }

  /// Accuracy on the images of some of the classes, all outputs competing, in percent; nil without
  /// images.
  public func accuracy(on subset: [Int]) -> Double? {
    let wanted = Set(subset)
    let rows = classes.indices.filter { wanted.contains(classes[$0]) }
    return percent(
      rows.reduce(0) { $0 + confusion[$1][$1] },
      of: rows.reduce(0) { $0 + confusion[$1].reduce(0, +) })
  }
}

private func percent(_ part: Int, of whole: Int) -> Double? {
  whole == 0 ? nil : 100 * Double(part) / Double(whole)
}

/// The mean of the figures that there are; nil if there are none.
public func meanOfKnown(_ figures: [Double?]) -> Double? {
  let known = figures.compactMap(\.self)
  return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
}

/// Accuracy on each task's classes after each task, and the figures of continual learning that
/// follow from it, all in percent (Lopez-Paz and Ranzato 2017; Chaudhry et al. 2018).
///
/// A task without test images has no accuracy, and is left out of every mean.
public struct AccuracyMatrix: Codable, Hashable, Sendable {
  /// `rows[i][j]`: after task i, accuracy on the classes of task j ≤ i; nil if those have no test
  /// images.
  public let rows: [[Double?]]

  public init(rows: [[Double?]]) { self.rows = rows }

  /// - Parameters:
  ///   - evaluations: After task i, of all classes of tasks 0 … i.
  ///   - figure: What is measured, of the images of one task's classes.
  public init(
    evaluations: [Evaluation], tasks: [[Int]],
    by figure: (Evaluation) -> Double? = { $0.accuracy }
  ) {
    rows = evaluations.enumerated().map { after, evaluation in
      tasks.prefix(after + 1).map { figure(evaluation.limited(to: $0)) }
    }
  }

  /// ACC (Lopez-Paz and Ranzato 2017): mean over all tasks met of the accuracy after the last.
  public var meanOverTasks: Double? { rows.last.flatMap { meanOfKnown($0) } }

  /// Mean over all tasks but the last of (best accuracy before the end − accuracy at the end);
  /// nil with fewer than two tasks.
  public var forgetting: Double? {
    guard let last = rows.last, rows.count > 1 else { return nil }
    return meanOfKnown(
      (0..<rows.count - 1).map { task in
        let best = rows[task..<rows.count - 1].compactMap { $0[task] }.max()
        return difference(best, last[task])
      })
  }

  /// Mean over all tasks but the last of (accuracy at the end − accuracy when just learned);
  /// nil with fewer than two tasks.
  public var backwardTransfer: Double? {
    guard let last = rows.last else { return nil }
    return meanOfKnown((0..<rows.count - 1).map { difference(last[$0], rows[$0][$0]) })
  }
}

private func difference(_ a: Double?, _ b: Double?) -> Double? {
  guard let a, let b else { return nil }
  return a - b
}

/// Forward transfer (Lopez-Paz and Ranzato 2017): mean over all tasks but the first of (accuracy on
/// the task just before it is learned − chance), in percent; nil if no task was measured.
///
/// - Parameters:
///   - ahead: Of each task but the first, before it is learned.
///   - chance: Accuracy of guessing, which stands for that of a network at random.
///   - figure: What is measured of each.
public func forwardTransfer(
  ahead: [Evaluation], chance: Double, by figure: (Evaluation) -> Double? = { $0.accuracy }
) -> Double? {
  meanOfKnown(ahead.map { evaluation in figure(evaluation).map { $0 - chance } })
}
