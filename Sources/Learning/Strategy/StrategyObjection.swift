import Datasets
import Networks

/// Why a strategy cannot do what it is asked.
public enum StrategyObjection: Error, Hashable, Sendable {
  /// The options `network` and `hog` are off, or the images are too small for what is on.
  case noFeatures
  case needsHeads(Int, found: Int)
  /// From some task on, a class would have fewer exemplars than it needs.
  case memoryTooSmall(Int, classes: Int, perClass: Int)
  /// Nothing would be left to fit a correction with.
  case emptyHoldOut
  /// The strategy takes the head's output for a sum over the features, which a cosine is not.
  case needsLinearHead
  /// Labels teach new outputs only, and where tasks share their outputs none is new.
  case needsOutputsOfItsOwn
  /// So many exemplars of every class are fewer than the strategy needs.
  case tooFewOfEachClass(Int, least: Int)
  /// A reservoir and a queue follow the stream of images, whatever their classes.
  case streamCountsNoClasses
  /// The strategy compares outputs that are new with those that were there before.
  case growsItsHead
  /// The strategy needs an output for every class.
  case needsClassScenario
  /// A covariance of so many features would not fit into memory.
  case tooManyFeatures(Int, limit: Int)
}

extension Strategy {
  /// The strategy's own objection, or that its head cannot be as wide as the tasks ask.
  func anyObjection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection? {
    if tasks.hasAllOutputs, !Self.takesAllOutputs { return .growsItsHead }
    return objection(to: architecture, tasks)
  }
}

extension Architecture {
  /// Objects unless the network has so many heads.
  func objection(heads count: Int) -> StrategyObjection? {
    heads.count == count ? nil : .needsHeads(count, found: heads.count)
  }
}

extension TaskSequence {
  /// Objects to a memory that cannot hold so many exemplars of every class.
  func objection(memory: Int, perClass: Int = 1) -> StrategyObjection? {
    let classes = tasks.joined().count
    return memory / perClass >= classes
      ? nil : .memoryTooSmall(memory, classes: classes, perClass: perClass)
  }
}
