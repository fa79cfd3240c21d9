import CommandLanguage
import Datasets
import Inspection
import Learning
import Networks
import PlainText
import Sessions
import Tensors

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

extension ShellContext {
  func featureSource(_ reference: ObjectReference) throws -> FeatureSource {
    if case .network(let network)? = session[reference.name] {
      return FeatureSource(name: reference.name, base: reference.name, networks: [network])
    }
    let (run, state) = try state(of: reference)
    return FeatureSource(reference.name, state, of: reference.base, data: run.data)
  }

  /// At most `count` images, drawn evenly, of some tasks' classes.
  func featureImages(
    of tasks: Tasks, _ split: DataSet.Split, atMost count: Int
  ) throws -> FeatureImages {
    let data = try data(tasks.data)
    let all = data[split].indices(of: tasks.sequence.tasks.joined())
    guard !all.isEmpty else { throw ModelProblem.noImages(split) }
    let images = data[split].drawn(count, evenlyFrom: all)
    return FeatureImages(
      tasks: tasks, data: data, split: split, images: images,
      note: images.count == all.count
        ? nil
        : "\(grouped(images.count)) of \(grouped(all.count)) images, drawn evenly from each class")
  }

  /// The features of images, or what comes out of some layers, with a progress bar; Ctrl-C ends it.
  ///
  /// - Returns: [N, F]
  mutating func features(
    of images: [Int], _ split: DataSet.Split, _ data: DataSet, by source: FeatureSource,
    at layers: [Int]? = nil
  ) throws -> Tensor {
    let data = source.prepared(data)
    for network in source.networks { try checkFits(network, data, batch: nil) }
    var reader = FeatureReader(source.networks, at: layers, data, split: split, images: images)
    defer { console.progress.finish() }
    while reader.done < reader.total {
      reader.advance(on: training.device)
      console.progress.update(
        Progress(
          "features of \(source.name)", completed: reader.done, total: reader.total, unit: "image"))
      if training.isInterrupted() { throw SessionProblem.stopped }
    }
    return reader.result
  }

  mutating func features(
    of images: FeatureImages, by source: FeatureSource, at layers: [Int]? = nil
  ) throws -> Tensor {
    try features(of: images.images, images.split, images.data, by: source, at: layers)
  }
}
