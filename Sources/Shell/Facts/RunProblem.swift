import Learning

/// What is wrong with a run, or with what is asked of it.
enum RunProblem: Problem {
  case noRun
  /// There are runs, but none was used, and none is named.
  case noRunNamed(known: [String])
  /// No run has been tested.
  case noMetrics
  case untrained(run: String)
  case untested(run: String)
  case noEpoch(run: String)
  case tooFewTasks(run: String)
  /// `parameter` is the one that asks for the task.
  case taskToCome(Int, run: String, finished: Int, parameter: String)
  case noTrainingImages(task: Int, run: String)
  case noTestImages(run: String)
  case classesToCome(run: String)

  case finished(run: String)
  case taskDone(Int)
  case noSuchTask(count: Int)
  case allFinished(group: String)
  /// Of runs with a common name, whose classes are dealt out otherwise for each seed.
  case otherTasks(group: String, members: [String], parameter: String)
  case otherClasses(group: String, members: [String], task: Int)
  /// So many tasks have been finished by each.
  case unevenTasks(group: String, finished: [Int])
  case severalRuns(name: String, members: [String], parameter: String)
  case nameTaken(String)

  case noCheckpoint(name: String, run: String, known: [String], parameter: String)
  /// Before `place`, so many are there.
  case noEarlierCheckpoint(run: String, place: Checkpoints.Place, count: Int)
  case checkpointTwice(name: String)
  case notACheckpoint(String)
  case cannotBranch(BranchObjection, run: String, place: Checkpoints.Place)

  case unknownStrategy(String)
  case strategy(StrategyObjection)
  case noOption(String, run: String, known: [String])
  case exclusive(ExclusiveOptions)
  case noSuchHead(run: String, heads: [Classifier])
  case keepsNoImages(run: String)
  case keepsNoImagesYet(run: String)
  case nothingToCompare(name: String)
  /// Of two rows that shall be tested over seeds.
  case tooFewSeeds(String, String, common: Int)
  case tooManySeeds(Int, limit: Int)
  case seedsInMcNemar(name: String)

  case tooManyCombinations(limit: Int)
  /// A search was stopped before anything was found.
  case noResult
}
