import CommandLanguage
import Experiments
import Learning
import Networks
import PlainText

/// What can stand against a training, in words.
extension TrainingObjection {
  /// - Parameter label: What the run is called.
  func failure(_ label: String) -> Failure {
    switch self {
    case .otherImages:
      Failure(
        "the run began with other images than the data set has now; load those again, under the "
          + "data set's name, or begin another run", help: "status")
    case .misfit(let misfit):
      Failure("the run does not fit the data set: \(misfit)", help: "help restore session")
    case .rules(let change):
      Failure(
        "'\(label)' cannot continue: \(change.message)", help: "status \(label)", subject: label)
    }
  }
}

extension Divergence {
  /// What diverged, where, and what to try.
  ///
  /// - Parameters:
  ///   - label: What the run is called.
  ///   - place: Where the run is kept from, in words; nil if nothing of it is.
  func failure(_ label: String, keptAs place: String? = nil) -> Failure {
    let found =
      switch finding {
      case .loss(let position, let purpose, let isNaN):
        "its loss in task \(position.task + 1), \(purpose == .balance ? "balancing " : "")epoch "
          + "\(position.epoch + 1), batch \(position.batch + 1) is no longer a finite number "
          + "(\(isNaN ? "NaN" : "infinite"))"
      case .weights(let record):
        "after task \(record.task + 1), epoch \(record.epoch + 1), batch \(record.batches) some of "
          + "its weights are no longer finite numbers"
      }
    let rest = place.map { "; '\(label)' is kept as it was \($0)" } ?? ""
    return Failure("'\(label)' diverged: \(found)\(rest)", help: advice, parameter: "")
  }

  /// A tenth of the learning rate, in words.
  private var advice: String {
    guard let rate else { return "try a smaller learning rate" }
    // A tenth of 0.7 is 0.07, not 0.06999….
    let tenth = Double("\(Float(rate / 10))") ?? rate / 10
    return "try a smaller learning rate: lr=\(tenth.plainText) instead of lr=\(rate.plainText)"
  }
}

extension Infeasibility {
  /// - Parameter isTraining: Whether another network could be taken; else it is the images that have to
  ///   change.
  func failure(isTraining: Bool) -> Failure {
    switch self {
    case .images(let taken, let given):
      return Failure(
        "the network takes images of \(taken.text), the data set gives \(given.text)",
        help: Self.remedy(taken, given, isTraining: isTraining))
    case .memory(let needed, let limit, let images, let trains):
      return Failure(
        "this network takes \(grouped(needed >> 20)) MB for a batch of "
          + "\(counted(images, "image")), more than half of this machine's memory "
          + "(\(grouped(limit >> 20)) MB)",
        help: trains ? "a smaller batch=" : "a smaller network: help define model")
    }
  }

  /// What makes the images fit; nil if nothing does.
  private static func remedy(_ taken: LayerShape, _ given: LayerShape, isTraining: Bool) -> String?
  {
    guard case .image(let height, _, let channels) = taken,
      case .image(let givenHeight, _, let givenChannels) = given
    else { return nil }
    if isTraining { return "define model … size=\(givenHeight) channels=\(givenChannels)" }
    if channels > givenChannels { return "load the images in colour: the network was made for it" }
    let options =
      (height == givenHeight ? [] : ["resize=\(height)"])
      + (channels == givenChannels ? [] : ["grayscale=on"])
    return "transform … " + options.joined(separator: " ")
  }
}
