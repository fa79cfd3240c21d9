import CommandLanguage
import PlainText
import System

extension SessionProblem {
  /// For those who were asked whether something may go.
  static let keepingAdvice = "'save session FILE' keeps everything"

  var failure: Failure {
    switch self {
    case .taken(let name, let kind):
      Failure(
        "'\(name)' is \(kind.phrase) already",
        help: "choose another name after 'as', or add replace=on", parameter: Failure.result)
    case .kept(let name):
      Failure("'\(name)' stays as it was", help: "choose another name after 'as'")
    case .keptForWalk(let command, let names):
      Failure(
        "'\(command)' makes \(names.joined(with: "and")), and there is something of that name already",
        help: "drop \(names[0])")
    case .partOfAnObject(let name):
      Failure("'\(name)' is a part of an object; drop the whole", parameter: "object")
    case .noNumbers(let name): Failure("'\(name)' has no numbers", help: "objects", subject: name)
    case .nothingRestored: Failure("nothing was restored", suggestion: Self.keepingAdvice)
    case .noCopy: Failure("there is no copy of an unfinished session", help: "sessions")
    case .tooFewCopies(let count):
      Failure("only \(count) \(count == 1 ? "was" : "were") found", parameter: "n")
    case .allAndOne: Failure("all=on forgets every one: leave out the number", parameter: "n")
    case .scriptsTooDeep(let limit): Failure("scripts call each other more than \(limit) deep")
    case .stopped: .stop("stopped: nothing was changed")
    case .stoppedHalfway(let place):
      .stop("stopped\(place.map { " \($0)" } ?? ""): the same command goes on from there")
    case .safeCopies: Failure("--safe: copies outside the working directory are not removed")
    case .safeShell: Failure("--safe: 'shell' is forbidden")
    case .shellInScript:
      Failure("'shell' works only where a person types it: scripts and pipes run no other programs")
    case .noShellLine:
      Failure("what shall the shell do?", suggestion: "shell 'ls -l'", parameter: "command")
    case .shellDoesNotStart(let code): Failure("/bin/sh does not start: \(systemError(code))")
    case .emptyJournal(let path):
      Failure("the journal of \(path) is empty: there is nothing to compare with")
    case .differs(let difference): Failure(difference)
    }
  }
}

extension Failure {
  /// That somebody stopped what was under way.
  static func stop(_ message: String) -> Failure {
    var failure = Failure(message)
    failure.isStop = true
    return failure
  }
}

extension FileProblem {
  var failure: Failure {
    switch self {
    case .noneNamed:
      Failure("no file is named", suggestion: "name a file, such as day1.waymark")
    case .noTarget(let command): Failure("where to? '\(command) > FILE'")
    case .cannotAppend:
      Failure(
        "this form is written as a whole file; use > instead of >>", parameter: Failure.output)
    case .noTable:
      Failure("this result has no table; write it as .json or .txt", parameter: Failure.output)
    case .noPicture(let path):
      Failure("there is no picture to write to '\(path)'", parameter: Failure.output)
    case .wrongForm(let form, let kind, let known):
      Failure(
        "\(kind.phrase) is written as \(known.joined(with: "or")), not as \(form)",
        parameter: Failure.output)
    case .notAReport(let name):
      Failure("'\(name)' ends neither in .html nor in .md", parameter: "file")
    case .denied(let path, let denial, let parameter):
      Failure("--safe: '\(path)' \(denial.words)", parameter: parameter)
    case .unwritable(let failure, let parameter):
      Failure(failure.description, parameter: parameter)
    case .kept(let path): Failure("'\(path)' stays as it was", parameter: "file")
    case .isSession(let path):
      Failure(
        "'\(path)' is a session file, not a script",
        suggestion: "'restore session \(TextExpression(path))' brings it back",
        help: "help restore session", parameter: "file")
    case .scriptTooLarge(let path, let limit):
      Failure("'\(path)' is larger than \(limit / 1_000_000) MB", parameter: "file")
    case .notUTF8(let path): Failure("'\(path)' is not a text in UTF-8", parameter: "file")
    case .live(let name):
      Failure("'\(name)' is live already; add replace=on to replace it", parameter: "only")
    case .noSessions(let folder): Failure("there is no session file in \(folder)")
    }
  }
}

extension Permissions.Denial {
  fileprivate var words: String {
    switch self {
    case .outside: "is outside the working directory"
    case .notRegular: "is a device or a pipe, which may lead anywhere"
    case .severalNames: "has another name too (a hard link), which may lie anywhere"
    }
  }
}

extension ExpectationProblem {
  var failure: Failure {
    switch self {
    case .nothingExpected:
      Failure(
        "say what to expect of it: above=, below=, is=, over=, under=, same= or differs=",
        parameter: "what")
    case .halfOfOrStop:
      Failure("a script stops with both words, 'or stop'", help: "help expect", parameter: "or")
    case .unmet(let held, let count):
      Failure("expect: \(held) of \(count) hold", help: "help expect")
    case .noMetric(let metric, let name, let kind):
      Failure(
        "'\(name)' is \(kind), which has no \(metric)", help: "help expect", parameter: "what")
    case .noTaskNumber(let found):
      Failure("'\(found)' is no task: task= takes a number from 1", help: "help functions")
    case .noSplit(let found):
      Failure("there is no split '\(found)'", suggestion: "train or test", help: "help functions")
    case .digestIsNoNumber:
      Failure(
        "a digest is not a number", suggestion: "same= compares it with another's",
        parameter: "what")
    case .noTasks: Failure("say on whose images: on=T.1", help: "help expect", parameter: "object")
    case .noImages(let metric):
      Failure(
        "on= measures accuracy or macro now, so it does not go with \(metric) or a task",
        help: "help expect", parameter: "on")
    case .other(let metric, let name, let found, let expected):
      Failure(
        "\(metric) of \(name) is \(found), expected \(expected)", help: "show \(name)",
        parameter: "object")
    }
  }
}

extension HelpProblem {
  var failure: Failure {
    switch self {
    case .isObject(let name, let kind):
      Failure(
        "'\(name)' is \(kind.phrase)", suggestion: "see 'show \(name)'", help: "help",
        parameter: "topic")
    case .isOption(let name, let text, let help):
      Failure("'\(name)' is \(text)", suggestion: "see '\(help)'", help: "help", parameter: "topic")
    case .isCommand(let verb):
      Failure(
        "'\(verb)' is a command", suggestion: "'help \(verb)' tells about it", help: "help \(verb)",
        parameter: "topic")
    case .noHelp(let topic, let meant):
      Failure(
        "there is no help on '\(topic)'", suggestion: meant.map { "did you mean '\($0)'?" },
        help: "help", parameter: "topic")
    case .noTopic(let topic, let meant):
      Failure(
        "there is nothing on '\(topic)'", suggestion: meant.map { "did you mean '\($0)'?" },
        help: "explain", parameter: "topic")
    case .noStep(let count):
      Failure("there are only \(counted(count, "step"))", parameter: "from")
    case .noWalk(let kind): Failure("no \(kind) is under way", help: "help \(kind)")
    case .noLesson(let number, let count):
      Failure(
        "there is no lesson \(number): there are 1 to \(count)", help: "lessons",
        parameter: "lesson")
    case .noLessonFiles:
      Failure(
        "the lessons' files are not here; set WAYMARK_LESSONS to their folder, which is "
          + "sessions/lessons where Waymark's sources are", help: "help lesson")
    }
  }
}
