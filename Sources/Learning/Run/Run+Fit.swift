public import Datasets
import Metrics
import Networks

/// What must hold of a run that was decoded before any step of it, since a step reaches for images,
/// classes and outputs by their numbers.
extension Run {
  /// Why this data set, whose digest is the run's, cannot be the one that it learns from; nil if it
  /// can.
  public func misfit(with data: DataSet) -> String? {
    let known = data.classNames.indices
    guard tasks.tasks.joined().allSatisfy(known.contains) else {
      return "there is a class in its tasks that the data set does not have"
    }
    let shape = setup.transform.output(of: data.train.shape)
    let images = LayerShape.image(
      height: shape.height, width: shape.width, channels: shape.channels)
    guard network.architecture.input == images else {
      return "its network takes other images than the data set has"
    }
    do throws(TransformError) {
      try setup.transform.validate(channels: data.train.shape.channels)
    } catch {
      return "its transform does not fit the images"
    }
    return memoryMisfit(data.train) ?? countMisfit(data.test)
  }

  /// Every exemplar is an image of its class, and its class was met.
  private func memoryMisfit(_ train: ImageSet) -> String? {
    let met = Set(tasks.classes(through: min(position.task, tasks.count - 1)))
    for exemplars in learner.memory.classes {
      let isThere = exemplars.images.allSatisfy {
        train.labels.indices.contains($0) && train.labels[$0] == exemplars.label
      }
      guard isThere, met.contains(exemplars.label) else {
        return "there is an exemplar that is not an image of its class"
      }
    }
    guard
      strategy.base.keptImages.allSatisfy({
        train.labels.indices.contains($0) && met.contains(train.labels[$0])
      })
    else { return "there is an image kept that the data set does not have" }
    return nil
  }

  /// The evaluation under way counts images that there are.
  private func countMisfit(_ test: ImageSet) -> String? {
    let task = min(position.task, tasks.count - 1)
    let classes = tasks.classes(through: task)
    let next = task + 1 < tasks.count ? tasks.tasks[task + 1] : []
    let isEvaluating = phase == .evaluate
    guard
      history.counted.fits(
        images: isEvaluating ? test.indices(of: classes).count : 0, classes: classes.count,
        classifiers: isEvaluating ? classifiers.count : 0),
      history.countedAhead.fits(
        images: isEvaluating ? test.indices(of: next).count : 0, classes: next.count,
        classifiers: isEvaluating ? 1 : 0)
    else { return "the evaluation under way is of other images" }
    return nil
  }

  /// Whether everything that was measured is of the run's own classes.
  public var hasPlausibleHistory: Bool {
    let all = [history.evaluations] + history.others.map(\.evaluations)
    return Set(history.others.map(\.classifier)).count == history.others.count
      && all.allSatisfy { evaluations in
        evaluations.count <= tasks.count
          && evaluations.enumerated().allSatisfy { $1.classes == tasks.classes(through: $0) }
      }
      && history.ahead.count < tasks.count
      && history.ahead.enumerated().allSatisfy { $1.classes == tasks.tasks[$0 + 1] }
      && (0..<1 << 40).contains(history.epoch.correct)
      && (0..<1 << 40).contains(history.epoch.count)
  }

  /// Whether the strategy is the one that the setup names, with its options.
  public var hasPlausibleOptions: Bool {
    strategy.name == setup.strategy && strategy.isMade(by: setup.options)
  }

  /// Whether the teacher, if there is one, is an earlier state of the network.
  public var hasPlausibleTeacher: Bool {
    guard let teacher = learner.teacher else { return true }
    return teacher.isBody(like: network)
      && zip(teacher.architecture.heads, network.architecture.heads).allSatisfy {
        $0.outputs <= $1.outputs
      }
  }
}
