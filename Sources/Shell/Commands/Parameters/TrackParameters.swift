import CommandLanguage
import Tracking

/// What the commands that begin a log are told.
enum TrackParameters {
  static let folder = Parameter.positional(
    "folder", .path, "The folder that gets a folder for every run; made if it is not there.")
  static let file = Parameter.positional(
    "file", .path, "The file; continued if it is such a log already.")
  static let only = Parameter.optional(
    "only", .list(of: .name), "The names of the runs to log (default: all).")
  static let discussion = """
    Runs are written from the moment they are taken up: one that did something before is written \
    down from its beginning. What is on disk is complete up to the last task even when the \
    program is killed. A log that cannot be written says so once, and the training continues. \
    'track off' ends all logs.
    """
}
