public import Datasets

/// Which output of a network stands for which class.
public struct OutputOrder: Sendable {
  private struct Place {
    /// Among all classes.
    var position: Int
    var task: Int
    var output: Int
  }

  private let places: [Int: Place]
  private let tasks: TaskSequence
  /// Per task, the position of its first class.
  private let starts: [Int]

  public init(_ tasks: TaskSequence) {
    var places: [Int: Place] = [:]
    var starts: [Int] = []
    for (task, classes) in tasks.tasks.enumerated() {
      let outputs = tasks.outputs(of: task)
      starts.append(places.count)
      for (label, output) in zip(classes, outputs) {
        places[label] = Place(position: places.count, task: task, output: output)
      }
    }
    self.tasks = tasks
    self.places = places
    self.starts = starts
  }

  public func outputs(of labels: [Int]) -> [Int] { labels.map { place($0).output } }

  /// The classes that each of `width` outputs stands for: one; where tasks share outputs one of each
  /// task; none for an output that no class has yet.
  public func classes(ofOutputs width: Int) -> [[Int]] {
    var classes = [[Int]](repeating: [], count: width)
    for (task, members) in tasks.tasks.enumerated() {
      for (label, output) in zip(members, tasks.outputs(of: task)) where output < width {
        classes[output].append(label)
      }
    }
    return classes
  }

  /// Where a class stands among all classes.
  public func position(of label: Int) -> Int { place(label).position }

  /// The outputs of the class's own task.
  public func rivals(of label: Int) -> Range<Int> { tasks.outputs(of: place(label).task) }

  /// The class, by its position among all, that `scores` decide for.
  ///
  /// - Parameters:
  ///   - scores: One image's, per output.
  ///   - label: The image's class, of which only the task is looked at, and only where the scenario
  ///     tells it.
  public func prediction(_ scores: ArraySlice<Float>, for label: Int) -> Int {
    let task = place(label).task
    switch tasks.scenario {
    case .classIncremental: return winner(scores, among: 0..<scores.count)
    case .taskIncremental: return winner(scores, among: tasks.outputs(of: task))
    case .domainIncremental: return starts[task] + winner(scores, among: 0..<scores.count)
    }
  }

  /// Whether the right class wins when only the outputs of its own task compete.
  public func isRightInTask(_ scores: ArraySlice<Float>, for label: Int) -> Bool {
    winner(scores, among: rivals(of: label)) == place(label).output
  }

  private func place(_ label: Int) -> Place {
    guard let place = places[label] else {
      preconditionFailure("class \(label) has no output yet")
    }
    return place
  }
}

/// The position, from 0, of the largest of `scores` at the positions `among`, the first of equals.
func winner(_ scores: ArraySlice<Float>, among: Range<Int>) -> Int {
  let start = scores.startIndex
  return among.reduce(among.lowerBound) { scores[start + $1] > scores[start + $0] ? $1 : $0 }
}
