public import CommandLanguage
import Datasets
import Foundation
import Inspection
import Learning
import Networks
import PlainText
import Plotting
import Sessions
import System

extension ShellContext {
  /// The errors of the layers below, in words.
  public func describe(_ error: any Error) -> Failure {
    switch error {
    case let error as any Problem: error.failure
    case let error as ArchitectureError: Failure(error.message(layers: []))
    case let error as StrategyObjection: Failure(error.message)
    case let error as WeightFile.Failure: Failure(error.message)
    case let error as ProjectionError: error.failure
    case let error as TaskSequenceError: Failure(error.message, parameter: error.parameter)
    case is CancellationError: SessionProblem.stopped.failure
    case let error as CocoaError: Failure(error.fileMessage)
    case let error: Failure("\(error)")
    }
  }
}

extension ProjectionError {
  var failure: Failure {
    switch self {
    case .notFinite:
      Failure("the features are not finite: the network's numbers grew beyond all bounds")
    case .tooFewRows(let rows, let perplexity):
      rows < 4
        ? Failure("t-SNE needs 4 points or more, not \(rows)", parameter: "method")
        : Failure(
          "a perplexity of \(fixed(perplexity, 0)) needs more than \(grouped(rows)) points",
          suggestion: "at most \(fixed(TSNE.Settings.largestPerplexity(rows: rows), 1))",
          parameter: "perplexity")
    }
  }
}

extension TaskSequenceError {
  /// The parameter of `tasks` that asks for what is impossible.
  fileprivate var parameter: String {
    switch self {
    case .sizeOutOfRange, .tooFewClasses(_, 1, _): "size"
    case .countOutOfRange, .tooFewClasses: "count"
    case .sizesExceed, .unequalSizes: "sizes"
    case .repeatedClass, .classOutOfRange: "order"
    }
  }
}

extension ArchitectureError {
  /// - Parameter layers: The layers' names, to say which is meant.
  func message(layers: [String]) -> String {
    func layer(_ position: Int) -> String {
      position < layers.count
        ? "layer \(position + 1), \(layers[position])," : "layer \(position + 1)"
    }
    switch self {
    case .needsImage(let position):
      return "\(layer(position)) needs an image, but a vector comes in: put it before 'flatten'"
    case .needsVector(let position):
      return "\(layer(position)) needs a vector: put 'flatten' before it"
    case .imageTooSmall(let position, let height, let width):
      return "\(layer(position)) is too large for the \(width)×\(height) image that comes in"
    case .paddingTooLarge(let position):
      return "\(layer(position)) pads as much as its kernel is wide, or more"
    case .tooLarge(let parameters, let limit):
      return "\(grouped(parameters)) parameters are more than the \(grouped(limit)) allowed"
    case .notPositive(let position):
      return "\(layer(position)) has a size below 1"
    case .rateOutOfRange(let position):
      return "\(layer(position)) takes a rate from 0 to below 1"
    case .shapeChanges(let position, let from, let to):
      return "\(layer(position)) changes the shape from \(from.text) to \(to.text); "
        + "layers inside residual(…) must preserve it"
    case .notABlock(let position):
      return "\(layer(position)) needs layers, and none of them residual"
    }
  }
}

extension LayerShape {
  /// `16×16×32`, or a vector's length.
  var text: String {
    switch self {
    case .image(let height, let width, let channels): "\(width)×\(height)×\(channels)"
    case .vector(let count): "\(count) numbers"
    }
  }
}

extension StrategyObjection {
  var message: String {
    switch self {
    case .needsHeads(2, _):
      "this strategy needs a network with two heads: 'define model dercnn as …' makes one"
    case .needsHeads(let count, let found):
      "this strategy needs a network with \(counted(count, "head")), this one has \(found)"
    case .noFeatures:
      "there is nothing to classify by: network=on or hog=on, and images that are not tiny"
    case .memoryTooSmall(let count, let classes, let perClass):
      "\(counted(count, "exemplar")) for \(counted(classes, "class", "classes")) would leave classes "
        + (perClass == 1 ? "without any" : "with fewer than \(perClass)")
        + ": memory=\(classes * perClass) or more"
    case .emptyHoldOut:
      "a hold-out of 0 leaves no image to fit the correction with: hold-out=0.1, say"
    case .needsLinearHead:
      "this strategy splits the head by backbones, a cosine head cannot be split: define the model "
        + "with head=linear"
    case .needsOutputsOfItsOwn:
      "this strategy teaches labels to outputs that are new, and with scenario=domain none is new after "
        + "the first task: scenario=class or scenario=task"
    case .growsItsHead:
      "this strategy compares new outputs with those that were there before: make the tasks with "
        + "outputs=so-far"
    case .tooFewOfEachClass(let count, let least):
      "\(counted(count, "exemplar")) of every class are too few for this strategy: per-class=\(least) "
        + "or more"
    case .streamCountsNoClasses:
      "per-class= counts exemplars of every class, which reservoir and fifo do not: policy=random or "
        + "policy=herding"
    case .needsClassScenario:
      "this strategy needs an output for every class, all competing: scenario=class"
    case .tooManyFeatures(let count, let limit):
      "a covariance of \(grouped(count)) features takes too much memory, at most \(grouped(limit)) "
        + "are possible: add 'pool' or 'dense' layers to the network"
    }
  }
}

extension WeightFile.Failure {
  var message: String {
    switch self {
    case .cutShort(let path, let size, let part):
      "\(path): the weights are cut short at byte \(size), within \(part)"
    case .notWeights(let path, let reason): "\(path): not a file of weights: \(reason)"
    case .otherFingerprint(let path):
      "\(path): these weights were made from another network, data set, setting or seed; name "
        + "another file, or delete this one"
    case .missing(let path, let parameter): "\(path): the weights of '\(parameter)' are missing"
    case .otherShape(let path, let parameter, let expected, let found):
      "\(path): '\(parameter)' has the shape \(found), the network needs \(expected)"
    case .unused(let path, let network, let tensors):
      "\(path): \(network) has no place for \(Self.list(tensors)): define a network that has these "
        + "layers and say like=NET"
    case .notFinite(let path, let tensor):
      "\(path): there are numbers in '\(tensor)' that are not finite (NaN or infinity): the training "
        + "that wrote the file diverged; import what was written earlier"
    case .severalParts(let path, let parts):
      "\(path): there are several state dicts in it, \(Self.list(parts)): say which, such as "
        + "part=\(parts.first ?? "")"
    case .noPart(let path, let part, let parts):
      "\(path): there is no part '\(part)' in it"
        + (parts.isEmpty ? ": leave part= out" : ", only \(Self.list(parts))")
    }
  }
}

extension WeightFile.Failure {
  /// The first few names, and how many there are besides.
  fileprivate static func list(_ names: [String]) -> String {
    names.map { "'\($0.prefix(60))'" }.abridged()
  }
}

extension CocoaError {
  /// What happened to which file, without Foundation's numbers.
  fileprivate var fileMessage: String {
    let path = (userInfo[NSFilePathErrorKey] as? String) ?? url?.path ?? "the file"
    let number = (underlying as? POSIXError)?.code.rawValue
    if number == ENOENT || [.fileNoSuchFile, .fileReadNoSuchFile].contains(code) {
      return FileFailure.missing(path)
    }
    let reason = number.map { systemError($0) } ?? Self.reasons[code] ?? localizedDescription
    return "\(path): \(reason)"
  }

  private static let reasons: [CocoaError.Code: String] = [
    .fileReadNoPermission: "no permission", .fileWriteNoPermission: "no permission",
    .fileWriteOutOfSpace: "the disk is full", .fileWriteVolumeReadOnly: "the disk is read-only",
  ]
}
