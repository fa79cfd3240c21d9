import CommandLanguage
import Datasets
import Learning
import PlainText

extension ModelProblem {
  var failure: Failure {
    switch self {
    case .classesUnknown(let network):
      Failure(
        "nothing says which classes the outputs of '\(network)' stand for", suggestion: "on=T.1",
        help: "help tasks", parameter: "model")
    case .nothingLearned(let name, let run):
      Failure("'\(name)' has not learned a class yet", help: "step \(run)", parameter: "model")
    case .noSubject(let verb, let data):
      Failure(
        "nothing says which images",
        suggestion: "'\(verb) … \(data) 17', or the path of a photograph", parameter: "images")
    case .noNumbers(let data):
      Failure(
        "nothing says which images of '\(data)'", suggestion: "'\(data) 17'", parameter: "images")
    case .noPhotograph(let error, let meant):
      Failure(
        error.message, suggestion: meant.map { "did you mean '\($0)'?" }, parameter: "images")
    case .noImage(let index, let split, let count, let parameter):
      Failure(
        "there is no image \(index): the \(split.rawValue) split has \(grouped(count)), from 0",
        parameter: parameter)
    case .noClass(let label, let count, let parameter):
      Failure(
        "there is no class \(label): classes are 0 to \(count - 1)", parameter: parameter)
    case .noClassNamed(let name, let meant, let parameter):
      Failure(
        "there is no class '\(name)'", suggestion: meant.map { "did you mean '\($0)'?" },
        help: "help classes", parameter: parameter)
    case .noImages(let split):
      Failure("there are no \(split.rawValue) images of these classes", parameter: "on")
    case .nothingInCommon(let first, let second):
      Failure(
        "'\(first)' and '\(second)' have no images in common; name the same tasks with on=",
        parameter: "models")
    case .networkKeepsNoImages(let network):
      Failure(
        "'\(network)' is a network and keeps no images: a run does", suggestion: "among=train",
        parameter: "among")
    case .featuresDiffer(let first, let width, let other, let otherWidth):
      Failure(
        "'\(first)' makes \(grouped(width)) features of an image and '\(other)' \(grouped(otherWidth)): "
          + "no projection has both; name one of them", parameter: "models")
    case .noOutputs(let name):
      Failure("'\(name)' has no output layer", help: "summary \(name)", parameter: "model")
    case .noOutputLayer(let name, let classifiers):
      Failure(
        "'\(name)' has no output layer that was trained step by step: it classifies by its "
          + "\(classifiers.map(\.rawValue).joined(with: "and")) head", parameter: "model")
    case .nothingToCompare(let name):
      Failure(
        "'\(name)' is one state, and two are compared",
        suggestion: "'plot drift [\(name.prefix { $0 != "@" })@0, \(name)]'",
        help: "checkpoints \(name.prefix { $0 != "@" })", parameter: "models")
    case .notWatched(let run):
      Failure("'\(run)' is not watched", suggestion: "'watch \(run)'", help: "help watch")
    case .nothingMeasured(let run):
      Failure("nothing was measured yet", suggestion: "'step \(run)'", help: "help watch")
    }
  }
}
