import Datasets

/// Why images of a data set cannot be looked at in the way that was asked for.
enum SuspectProblem: Problem {
  /// The option says something of another kind of suspect.
  case foreignOption(String, kind: String)
  case sizesUnknown(data: String)
  case tracksUnknown(data: String, DataSet.Split)
  /// Not of the form CLASS/TRACK.
  case notATrack(String, example: String)
  case noTrack(Int, of: String, count: Int, label: Int)
  case noTracksOfClass(String, DataSet.Split)
  /// No class has a track in two folds, or features are not numbers.
  case nothingJudged(data: String)
  /// For a picture each.
  case tooManyClasses(Int, limit: Int)
}
