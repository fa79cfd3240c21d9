import CommandLanguage
import Datasets
import PlainText

extension SuspectProblem {
  var failure: Failure {
    switch self {
    case .foreignOption(let option, let kind):
      Failure("\(option)= works only with kind=\(kind)", parameter: option)
    case .sizesUnknown(let data):
      Failure(
        "'\(data)' does not know how large its images were before they were resized: only data sets "
          + "of image files do, such as GTSRB and folders", parameter: "kind")
    case .tracksUnknown(let data, let split):
      Failure(
        "the \(split.rawValue) images of '\(data)' have no tracks: nobody knows which of them show "
          + "the same sign", suggestion: split == .test ? "split=train" : nil,
        help: "explain tracks")
    case .notATrack(let text, let example):
      Failure(
        "'\(text)' does not name a track: it takes the class and the track's number in it",
        suggestion: "such as '\(example)'", parameter: "track")
    case .noTrack(let number, let name, let count, let label):
      Failure(
        "class \(name) has no track \(number), only \(label)/0"
          + (count == 1 ? "" : " to \(label)/\(count - 1)"),
        parameter: "track")
    case .noTracksOfClass(let name, let split):
      Failure("class \(name) has no \(split.rawValue) images", parameter: "track")
    case .nothingJudged(let data):
      Failure(
        "no label of '\(data)' can be judged: every class needs two tracks, so that one can be "
          + "judged by the other", help: "explain suspects")
    case .tooManyClasses(let count, let limit):
      Failure(
        "\(grouped(count)) classes are too many for a picture each: name up to \(limit)",
        parameter: "class")
    }
  }
}
