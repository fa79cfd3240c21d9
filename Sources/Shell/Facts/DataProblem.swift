import CommandLanguage
import Datasets
import Networks

/// What is wrong with a data set, with tasks, or with a name that should be one of them.
enum DataProblem: Problem {
  case gone(name: String)
  case wrongKind(name: String, expected: ObjectKind)
  case missing(data: String, reason: String)
  /// `option` names a folder all the same.
  case noStandardFolder(option: String)
  case notDownloaded
  case misfit(tasks: String, reason: String)
  case notTasks(name: String)
  case sizesDiffer(sizes: Int, count: Int)
  case noImages
  case noTestImages(tasks: String, data: String)
  case nothingToHoldOut
  case transform(TransformRefusal)
}

/// What is wrong with a network, or with its description.
enum NetworkProblem: Problem {
  case unknown(String)
  case noDescription
  /// Numbers in place of layers, and no word of a perceptron.
  case widthsAlone([Int])
  /// A perceptron of layers that are no widths.
  case noWidths
  /// A copy of a run's network is to be made, and nobody said what to call it.
  case copyWithoutName(verb: String, origin: String)
  case layers(ArchitectureError, names: [String])
  case wholeNumber(layer: String, range: ClosedRange<Int>, found: String)
  case share(layer: String, found: String)
  case tooFewOutputs(Int, classes: Int)
  case noWeights(path: String)
}
