import CommandLanguage
import PlainText

extension SelectionProblem {
  var failure: Failure {
    switch self {
    case .noCondition:
      Failure("nothing says which images", suggestion: "'class=14', 'brightness=..40' or another")
    case .strayWord(let word, let meant):
      Failure(
        "'\(word)' is no condition",
        suggestion: meant ?? "conditions stand as class=14 and split=test",
        parameter: "conditions")
    case .nothingBehind(let word):
      Failure("no condition follows '\(word)'", parameter: "conditions")
    case .nothingChosen(let alone, let measured):
      Failure(
        "no image meets the conditions"
          + [
            alone.count > 1
              ? alone.map { "\($0.condition) alone has \(grouped($0.count))" }.joined(with: "and")
              : nil,
            measured.isEmpty
              ? nil
              : measured.map {
                "\($0.name) is from \(fixed($0.range.lowerBound, 1)) to "
                  + "\(fixed($0.range.upperBound, 1))"
              }.joined(with: "and"),
          ].compactMap(\.self).enumerated().map { ($0.offset == 0 ? ": " : "; ") + $0.element }
          .joined())
    case .noSizes(let data):
      Failure(
        "the sizes of the files are not known of '\(data)'", suggestion: "'load gtsrb' knows them",
        parameter: "size")
    case .noTracks(let data):
      Failure("the tracks are not known of '\(data)'", parameter: "track")
    case .noTrack(let track, let data):
      Failure(
        "'\(data)' has no track '\(track)'",
        suggestion: "a track is a class and its number there: 24/3", parameter: "track")
    case .severalClasses(let count):
      Failure("one class is needed, not \(count)", parameter: "class")
    case .nothingToRelabel(let name):
      Failure("all of these images are of class \(name) already", parameter: "class")
    case .noNames:
      Failure("nothing says what the classes are called", suggestion: "names=[Stop, Yield]")
    case .names(let reason, let parameter): Failure(reason, parameter: parameter)
    case .namesDoNotFit(let names, let classes, let parameter):
      Failure(
        "\(counted(names, "name")) for \(counted(classes, "class", "classes"))",
        parameter: parameter)
    }
  }
}
