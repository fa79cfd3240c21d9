import CommandLanguage
import Datasets
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
    case .noneOfTheClasses(let name, let parameter):
      Failure("'\(name)' has learned none of these classes", parameter: parameter)
    case .notWatched(let run):
      Failure("'\(run)' is not watched", suggestion: "'watch \(run)'", help: "help watch")
    case .nothingMeasured(let run):
      Failure("nothing was measured yet", suggestion: "'step \(run)'", help: "help watch")
    }
  }
}
