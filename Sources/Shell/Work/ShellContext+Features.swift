import CommandLanguage
import Datasets
import Inspection
import Learning
import Networks
import PlainText
import Sessions
import Tensors

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
        : "\(grouped(images.count)) of \(grouped(all.count)) images, drawn in proportion to the classes"
    )
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
    try carryOut(&reader, "features of \(source.name)")
    return reader.result
  }

  mutating func features(
    of images: FeatureImages, by source: FeatureSource, at layers: [Int]? = nil
  ) throws -> Tensor {
    try features(of: images.images, images.split, images.data, by: source, at: layers)
  }
}
