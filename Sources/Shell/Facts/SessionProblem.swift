import CommandLanguage

/// What is wrong with a command in this session.
enum SessionProblem: Problem {
  case taken(name: String, kind: ObjectKind)
  /// A person did not want it to be replaced.
  case kept(name: String)
  case keptForWalk(command: String, names: [String])
  case partOfAnObject(name: String)
  case noNumbers(name: String)
  /// A session stays, since its runs are in no file.
  case nothingRestored
  case noCopy
  case tooFewCopies(count: Int)
  case allAndOne
  case scriptsTooDeep(limit: Int)
  case stopped
  /// What was done is kept for the same command.
  case stoppedHalfway(place: String?)

  case safeCopies
  case safeShell
  case shellInScript
  case noShellLine
  case shellDoesNotStart(code: Int32)

  case emptyJournal(path: String)
  /// From what a verified session has; in words.
  case differs(String)
}

/// What `expect` did not find as it was asked for.
enum ExpectationProblem: Problem {
  case nothingExpected
  /// `or` without `stop`, or the other way round.
  case halfOfOrStop
  /// A script that a command carried out has gone to its end.
  case unmet(held: Int, of: Int)
  case noMetric(String, name: String, kind: String)
  case noTaskNumber(String)
  case noSplit(String)
  case digestIsNoNumber
  case noTasks
  /// A figure that `on=` means nothing for, or a task beside it.
  case noImages(String)
  case other(metric: String, name: String, found: String, expected: String)
}

/// What help, lessons and the tour do not have.
enum HelpProblem: Problem {
  case isObject(name: String, kind: ObjectKind)
  case isOption(name: String, text: String, help: String)
  case isCommand(verb: String)
  case noHelp(topic: String, meant: String?)
  case noTopic(String, meant: String?)
  case noStep(count: Int)
  case noWalk(kind: String)
  case noLesson(Int, count: Int)
  case noLessonFiles
}
