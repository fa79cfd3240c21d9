import CommandLanguage
import Datasets
import PlainText

extension SuspectProblem {
  var failure: Failure {
    switch self {
    case .foreignOption(let option, let kind):
      Failure("\(option)= says something of kind=\(kind) only", parameter: option)
    case .sizesUnknown(let data):
      Failure(
        "'\(data)' does not know how large its images were before they were resized: that is kept "
          + "where images are files, as in GTSRB and in folders", parameter: "kind")
    case .tracksUnknown(let data, let split):
      Failure(
        "the \(split.rawValue) images of '\(data)' have no tracks: nobody knows which of them show "
          + "the same sign", suggestion: split == .test ? "split=train" : nil,
        help: "explain tracks")
    case .notATrack(let text, let example):
      Failure(
        "'\(text)' does not name a track: it takes the class and the track's number in it",
        suggestion: "'\(example)'", parameter: "track")
    case .noTrack(let number, let name, let count, let label):
      Failure(
        "class \(name) has no track \(number): its \(counted(count, "track")) "
          + (count == 1 ? "is \(label)/0" : "are \(label)/0 to \(label)/\(count - 1)"),
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
