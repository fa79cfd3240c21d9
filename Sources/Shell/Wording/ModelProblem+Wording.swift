import CommandLanguage
import Datasets
import Inspection
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
    case .numbersWithoutData(let statement):
      Failure(
        "nothing says which data set these numbers count in", suggestion: "'\(statement)'",
        parameter: "images")
    case .noPhotograph(let error, let meant):
      Failure(
        error.message, suggestion: meant.map { "did you mean '\($0)'?" }, parameter: "images")
    case .noImage(let index, let split, let count, let parameter, let other):
      Failure(
        "there is no \(split.image(index)): the \(split.adjective) split has \(grouped(count)), from 0",
        suggestion: other.flatMap { index < $0 ? "split=\(split.other.rawValue)" : nil },
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
    case .tooManyImages(let count, let limit, let parameter):
      Failure(
        "\(grouped(count)) images are too many to look at: name \(limit) at most",
        parameter: parameter)
    case .sizeUnknown(let network):
      Failure(
        "nothing says what size photographs take for '\(network)'", suggestion: "on=T",
        help: "help tasks", parameter: "images")
    case .severalClasses(let count, let parameter):
      Failure("these are \(counted(count, "class", "classes")): name one", parameter: parameter)
    case .classNotLearned(let label, let name, let parameter):
      Failure("'\(name)' has no output for class \(label) yet", parameter: parameter)
    case .noScore(let name):
      Failure("'\(name)' has no scores to look into yet", parameter: "model")
    case .noConvolution(let name):
      Failure(
        "'\(name)' has no convolution: there are no filters and no maps to show",
        help: "summary \(name)", parameter: "model")
    case .noLayer(let layer, let name, let known, let parameter):
      Failure(
        "'\(name)' has no layer '\(layer)' that can be seen; there "
          + (known.count == 1 ? "is " : "are ") + known.joined(with: "and"),
        suggestion: Suggestion.nearest(to: layer, among: known).map { "did you mean '\($0)'?" },
        help: "summary \(name)", parameter: parameter)
    case .noInputChannel(let channel, let layer, let count, let parameter):
      Failure(
        "\(layer) reads no channel \(channel): it reads \(counted(count, "channel")), from 0",
        parameter: parameter)
    case .noGradient(.severalNetworks(let count), let name, let parameter):
      Failure(
        "'\(name)' reads \(count) networks together, and gradients are taken of one network only",
        suggestion: "method=occlusion", help: "explain saliency", parameter: parameter)
    case .noGradient(.classifier(let classifier, let others), let name, let parameter):
      Failure(
        "'\(name)' classifies by its \(classifier.rawValue) head, and gradients are taken of a linear "
          + "head only",
        suggestion: others.contains(.linear)
          ? "head=linear or method=occlusion" : "method=occlusion", help: "explain saliency",
        parameter: parameter)
    case .optionOfAnotherMethod(let option, let method):
      Failure(
        "\(option)= belongs to method=\(method) only",
        help: "help show saliency", parameter: option)
    case .nothingInCommon(let first, let second):
      Failure(
        "'\(first)' and '\(second)' have no images in common; name the same tasks with on=",
        parameter: "models")
    case .sameTwice(let name):
      Failure(
        "'\(name)' is compared with itself", suggestion: "name two different models",
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
        suggestion: "name two in brackets: checkpoints of a run, or networks", parameter: "models")
    case .noneOfTheClasses(let name, let parameter):
      Failure("'\(name)' has learned none of these classes", parameter: parameter)
    case .notWatched(let run):
      Failure(
        "'\(run)' is not watched", suggestion: "'watch \(run)'", help: "help watch",
        subject: run)
    case .nothingMeasured(let run):
      Failure(
        "nothing was measured yet", suggestion: "'step \(run)'", help: "help watch",
        subject: run)
    }
  }
}
