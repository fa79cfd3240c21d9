import CommandLanguage
import Datasets
import PlainText
import System

extension DataProblem {
  var failure: Failure {
    switch self {
    case .gone(let name): Failure("'\(name)' is not here any more", help: "objects", subject: name)
    case .wrongKind(let name, let expected):
      Failure("'\(name)' is not \(expected.phrase)", help: "objects", subject: name)
    case .missing(let data, let reason):
      Failure("the data set '\(data)' is missing: \(reason)", help: "objects", subject: data)
    case .noStandardFolder(let option): Failure("there is no home folder; give \(option)=DIR")
    case .notDownloaded:
      Failure(
        "GTSRB is not downloaded yet: 'download gtsrb' fetches it, path=DIR reads it from elsewhere",
        help: "help download gtsrb")
    case .misfit(let tasks, let reason):
      Failure("'\(tasks)' does not fit its data set: \(reason)", help: "help tasks", subject: tasks)
    case .notTasks(let name):
      Failure("'\(name)' is neither a task sequence nor one of its tasks", help: "help tasks")
    case .sizesDiffer(let sizes, let count):
      Failure("\(sizes) sizes are not \(counted(count, "task"))", parameter: "count")
    case .noImages: Failure("there are no images of these classes", parameter: "class")
    case .noTestImages(let tasks, let data):
      Failure(
        "the classes of '\(tasks)' have no test images", help: "classes \(data)", subject: tasks)
    case .nothingToHoldOut:
      Failure(
        "every class has a single track, so none can be held out; load more images of each class")
    case .transform(let refusal): Failure(refusal.message, parameter: refusal.option)
    }
  }
}

extension NetworkProblem {
  var failure: Failure {
    switch self {
    case .unknown(let name): Failure("there is no network '\(name)'", parameter: "network")
    case .noDescription:
      Failure(
        "'define model' takes the name of a network, layers=[…] or from=NETWORK",
        help: "help define model")
    case .widthsAlone(let widths):
      Failure(
        "numbers are widths of the hidden layers of an mlp",
        suggestion: "define model mlp layers=[\(widths.map(String.init).joined(separator: ", "))]",
        help: "help define model")
    case .noWidths:
      Failure(
        "an mlp takes the widths of its hidden layers, such as layers=[400, 400]; without 'mlp' "
          + "layers=[…] is a network of your own", help: "help define model")
    case .copyWithoutName(let verb, let origin):
      Failure(
        "'\(verb)' makes a copy of the network of '\(origin)', which needs a name of its own",
        suggestion: "add 'as NAME'", parameter: "net")
    case .layers(let error, let names):
      Failure(error.message(layers: names), parameter: "layers")
    case .wholeNumber(let layer, let range, let found):
      Failure(
        "\(layer) takes whole numbers from \(range.lowerBound) to \(range.upperBound), not '\(found)'",
        parameter: "layers")
    case .share(let layer, let found):
      Failure("\(layer) takes a number from 0 to below 1, not '\(found)'", parameter: "layers")
    case .tooFewOutputs(let outputs, let classes):
      Failure(
        "the network has \(counted(outputs, "output")) for \(counted(classes, "class", "classes"))",
        help: "help pretrain")
    case .noWeights(let path):
      Failure(
        FileFailure.missing(path),
        suggestion: [".safetensors", ".pth", ".pt"].contains(where: path.hasSuffix)
          ? nil : "'import' reads weights, such as net.pth; Python's modules are not needed",
        parameter: "file")
    }
  }
}
