import CommandLanguage
import Learning
import PlainText

/// The run that a checkpoint such as `kd@2` belongs to.
private func base(of name: String) -> Substring { name.prefix { $0 != "@" } }

extension RunProblem {
  var failure: Failure {
    switch self {
    case .noRun:
      Failure("there is no run yet", suggestion: "'run' or 'begin' makes one", help: "help run")
    case .noRunNamed(let known):
      Failure(
        "no run was used in this session yet, so it has to be named",
        suggestion: "one of these: \(known.abridged(with: "or"))", help: "objects")
    case .noMetrics:
      Failure(
        "no run has finished a task yet", suggestion: "'continue' resumes one",
        help: "help continue")
    case .untrained(let run):
      Failure(
        "'\(run)' has not been trained yet", help: "step \(base(of: run))",
        subject: run)
    case .untested(let run):
      Failure(
        "'\(run)' has not finished a task yet", help: "step \(base(of: run))",
        subject: run)
    case .noEpoch(let run):
      Failure(
        "'\(run)' has not finished an epoch yet", help: "step \(base(of: run)) unit=epoch",
        subject: run)
    case .tooFewTasks(let run):
      Failure(
        "'\(run)' has not finished enough tasks for that", help: "status \(base(of: run))",
        subject: run)
    case .taskToCome(let task, let run, let finished, let parameter):
      Failure(
        "'\(run)' has finished \(counted(finished, "task")), not \(task)",
        help: "status \(base(of: run))",
        parameter: parameter)
    case .noTrainingImages(let task, let run):
      Failure("task \(task) of '\(run)' has no training images", subject: run)
    case .noTestImages(let run):
      Failure(
        "the classes that '\(run)' has learned have no test images",
        help: "matrix \(base(of: run))",
        subject: run)
    case .classesToCome(let run):
      Failure(
        "'\(run)' has not learned all of these classes yet",
        suggestion: "on=DATA, a data set, asks about those that it has learned",
        help: "status \(base(of: run))", parameter: "on")
    case .finished(let run):
      Failure(
        "'\(run)' is finished",
        help: "'goto \(run)@1' takes it back, 'branch \(run) at=@1 … as NAME' makes a second one",
        subject: run)
    case .taskDone(let task): Failure("task \(task) is done already", parameter: "until")
    case .noSuchTask(let count):
      Failure("the run has only \(counted(count, "task"))", parameter: "until")
    case .allFinished(let group):
      Failure("all runs of '\(group)' are finished", help: "show \(group)", parameter: "run")
    case .otherTasks(let group, let members, let parameter):
      Failure(
        "the tasks of '\(group)' have other classes for each seed (shuffle=on), so there is no mean",
        suggestion: "take \(members.abridged(with: "or"))", parameter: parameter)
    case .otherClasses(let group, let members, let task):
      Failure(
        "after task \(task) the runs of '\(group)' have learned other classes each, so their mistakes "
          + "cannot be added up", suggestion: "take \(members.abridged(with: "or"))",
        parameter: "run")
    case .unevenTasks(let group, let finished):
      Failure(
        "the runs of '\(group)' have finished \(finished.map(String.init).joined(with: "and")) tasks: "
          + "their mistakes cannot be added up",
        suggestion: "task=\(max(1, finished.min() ?? 1)), or 'continue \(group)'", parameter: "run")
    case .severalRuns(let name, let members, let parameter):
      Failure(
        "'\(name)' is several runs", suggestion: "take \(members.abridged(with: "or"))",
        parameter: parameter)
    case .nameTaken(let name):
      Failure(
        "there is \(name) already", help: "choose another name after 'as', or add replace=on",
        parameter: "seeds")
    case .noCheckpoint(let name, let run, let known, let parameter):
      Failure(
        "there is no checkpoint \(name); there \(known.count == 1 ? "is" : "are") "
          + known.joined(with: "and"), help: "checkpoints \(run)", parameter: parameter)
    case .noEarlierCheckpoint(let run, let place, let count):
      Failure(
        count == 0
          ? "there is no checkpoint before \(run)\(place)"
          : "only \(counted(count, "checkpoint")) lie\(count == 1 ? "s" : "") before \(run)\(place)",
        help: "checkpoints \(run)", parameter: "n")
    case .checkpointTwice(let name):
      Failure("give the checkpoint once: \(name) or at=", parameter: "at")
    case .notACheckpoint(let text):
      Failure("at= takes a checkpoint such as @4, not '\(text)'", parameter: "at")
    case .cannotBranch(let objection, let run, let place):
      Failure(objection.message(of: run, place), help: "checkpoints \(run)", subject: run)
    case .unknownStrategy(let word):
      Failure("there is no strategy '\(word)'", parameter: "strategy")
    case .strategy(let objection): Failure(objection.message, parameter: "net")
    case .noOption(let option, let run, let known):
      Failure(
        "'\(run)' has no option '\(option)'",
        suggestion: Suggestion.nearest(to: option, among: known).map { "did you mean '\($0)'?" }
          ?? "it has \(known.joined(with: "and"))", help: "status \(base(of: run))")
    case .exclusive(let pair):
      Failure(
        "\(pair.first)= and \(pair.second)= both say "
          + (pair == .length ? "how long a task is trained" : "how many exemplars are kept"),
        suggestion: "leave one of them out", parameter: pair.second)
    case .noSuchHead(let run, let heads):
      Failure(
        "'\(run)' has no such head, only \(heads.map(\.rawValue).joined(with: "and"))",
        parameter: "head")
    case .keepsNoImages(let run):
      Failure("'\(run)' keeps no images", help: "strategies", subject: run)
    case .keepsNoImagesYet(let run):
      Failure(
        "'\(run)' keeps no images yet: the first are chosen at the end of a task",
        help: "help continue", subject: run)
    case .nothingToCompare(let name):
      Failure(
        "'\(name)' alone cannot be tested: name two runs or more", suggestion: "[\(name), …]",
        parameter: "runs")
    case .tooFewSeeds(let first, let second, let common):
      Failure(
        "'\(first)' and '\(second)' have \(counted(common, "seed")) in common, and a test over seeds "
          + "needs two or more",
        suggestion: "'run … seeds=6', or test=mcnemar for single runs", parameter: "test")
    case .tooManySeeds(let count, let limit):
      Failure(
        "\(count) seeds are too many to flip all signs in all ways (up to \(limit))",
        suggestion: "test=sign", parameter: "test")
    case .seedsInMcNemar(let name):
      Failure(
        "McNemar's test compares single runs, and '\(name)' has several seeds",
        suggestion: "test=permutation, or each=on", parameter: "test")
    case .tooManyCombinations(let limit):
      Failure("more than \(grouped(limit)) combinations would be tried", help: "fewer values")
    case .noResult: .stop("stopped before the first result: nothing was changed")
    }
  }
}

extension BranchObjection {
  /// - Parameters:
  ///   - run: The run's name.
  ///   - place: Where it should have branched.
  fileprivate func message(of run: String, _ place: Checkpoints.Place) -> String {
    switch self {
    case .withinTask(let options, let end):
      "task \(end.task + 1) was begun with the old \(options.joined(with: "and")): "
        + "'branch \(run) at=\(end) …' begins it again"
    case .finished(let options):
      "nothing comes after \(run)\(place), so \(options.joined(with: "and")) would change "
        + "nothing: choose an earlier checkpoint with at="
    case .changesTasks(let option):
      "'\(option)' decides what the tasks are, and some are done: it can be changed at=@0 only"
    case .objection(let objection): objection.message
    case .isPartOfThePast(let option):
      "what '\(run)' has learned depends on '\(option)', which can be changed at=@0 only"
    }
  }
}
