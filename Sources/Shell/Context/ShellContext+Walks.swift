import CommandLanguage
import PlainText

extension ShellContext {
  func shelf() throws -> LessonShelf {
    guard let shelf = LessonShelf() else {
      throw Failure(
        "the lessons' files are not here; set WAYMARK_LESSONS to their folder, which is "
          + "sessions/lessons where Waymark's sources are", help: "help lesson")
    }
    return shelf
  }

  /// Begins a walk, or goes on with it where it was left.
  mutating func follow(
    _ walk: Walk, _ command: String, _ arguments: Arguments, _ from: Parameter<Int?>
  ) throws -> CommandOutput {
    let first = arguments[from]
    if let first, first > walk.steps.count {
      throw arguments.failure(
        at: from, "there are only \(counted(walk.steps.count, "step"))")
    }
    if first == nil, guide.isGuiding, var left = self.guide.walk, left.command == command {
      left.goOn()
      self.guide.walk = left
      return .nothing
    }
    return try begin(walk, named: command, from: first ?? 1)
  }

  mutating func leaveWalk(_ kind: String) throws -> CommandOutput {
    guard var walk = followedWalk, walk.command.hasPrefix(kind) else {
      throw Failure("no \(kind) is under way", help: "help \(kind)")
    }
    walk.isFollowed = false
    self.guide.walk = walk
    return CommandOutput(
      "'\(walk.command)' continues here; in another session, "
        + "'\(walk.command) from=\(walk.position + 1)'")
  }
}
