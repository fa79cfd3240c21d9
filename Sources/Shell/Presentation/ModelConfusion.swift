import Datasets
import Inspection
import Learning
import Metrics

/// What a model took for what, and of when that is.
struct ModelConfusion {
  let name: String
  /// Of all classes that can be answered with, in the order in which they were learned.
  let evaluation: Evaluation
  let tasks: TaskSequence
  /// The data set's name.
  let data: String
  /// The classes whose images were classified now; nil of the test at the end of a task.
  let asked: Asked?
  /// The test's task, from 1; 0 of what was classified now.
  let task: Int
  /// The run that was tested, as it stands; nil of a network.
  let run: Run?
  /// Every answer, with its image; nil where the state that was tested is not kept.
  let answers: Predictions?
  /// What is to be said of the images.
  var notes: [String] = []
  /// How many runs of other seeds are added up in it.
  var seeds = 1

  struct Asked {
    var name: String
    var classes: [Int]
  }

  /// `kd, test after task 2`, or `kd as it is now, on T.1`.
  var title: String {
    let subject = seeds > 1 ? "\(name), sum of \(seeds) seeds" : name
    return asked.map { "\(subject) as it is now, on \($0.name)" }
      ?? "\(subject), test after task \(task)"
  }

  /// The same for a picture.
  var heading: String {
    let subject = seeds > 1 ? "\(name), \(seeds) seeds," : name
    return asked.map { "\(subject) on \($0.name)" } ?? "\(subject) after task \(task)"
  }
}
