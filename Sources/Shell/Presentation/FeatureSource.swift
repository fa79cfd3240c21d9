import Datasets
import Inspection
import Learning
import Networks
import Sessions

/// A network, a run or a checkpoint as what makes features of images.
struct FeatureSource {
  var name: String
  /// The name without a checkpoint's place.
  var base: String
  /// Their features stand side by side.
  var networks: [Network]
  /// The run as it was; nil of a network.
  var run: Run?
  /// The name of the data set that the run learns from.
  var data: String?

  /// The tasks that were learned or are under way; nil if there are none yet, or nobody knows.
  var learned: TaskSequence? { run.flatMap { Model($0)?.tasks } }

  /// A data set with the transform that the networks were trained with.
  func prepared(_ data: DataSet) -> DataSet {
    guard let run else { return data }
    var data = data
    data.transform = run.setup.transform
    return data
  }
}

extension FeatureSource {
  init(_ name: String, _ run: Run, of base: String, data: String) {
    self.init(name: name, base: base, networks: run.backbones, run: run, data: data)
  }
}

/// Images of which several sources make features.
struct FeatureImages {
  var tasks: Tasks
  var data: DataSet
  var split: DataSet.Split
  /// Positions in the split.
  var images: [Int]
  /// That not all were taken; nil if they were.
  var note: String?

  var labels: [Int] { images.map { data[split].labels[$0] } }

  /// Empty if unknown.
  var tracks: [Int] {
    let set = data[split]
    return set.tracks.isEmpty ? [] : images.map { set.tracks[$0] }
  }
}
