import CommandLanguage
import Datasets
import Experiments
import Learning
import Metrics
import Networks
import PlainText
import Sessions

/// A figure of an object, as `expect` names it.
enum ObjectFigure: String, CaseIterable, Sendable {
  case accuracy
  case macro
  case average
  case acc
  case forgetting
  case backwardTransfer = "backward-transfer"
  case loss
  case exemplars
  case tasks
  case classes
  case images
  case testImages = "test-images"
  case parameters
  case outputs
  case digest

  var summary: String {
    switch self {
    case .accuracy: "percent of test images, of a run or of a network with on="
    case .macro: "the same as the mean over classes"
    case .average: "a run's accuracy averaged over tasks"
    case .acc: "mean over tasks of a run's accuracy on each after the last"
    case .forgetting: "points that a run lost on old tasks"
    case .backwardTransfer: "its counterpart with a sign"
    case .loss: "a run's mean loss in its last epoch"
    case .exemplars: "images that a run keeps"
    case .tasks: "tasks that a run has done, or in a sequence"
    case .classes: "of data, tasks or a run so far"
    case .images: "training images"
    case .testImages: ""
    case .parameters: "of a network, or of a run's"
    case .outputs: "of a network, or of a run's"
    case .digest: "SHA-256 over all numbers"
    }
  }

  /// Whether it is measured at the end of a task, rather than known of a run at any time.
  var isTested: Bool {
    switch self {
    case .accuracy, .macro, .average, .acc, .forgetting, .backwardTransfer: true
    default: false
    }
  }

  enum Value: Hashable {
    case number(Double, decimals: Int)
    case text(String)

    static func count(_ count: Int) -> Value { .number(Double(count), decimals: 0) }

    var text: String {
      switch self {
      case .number(let number, let decimals): fixed(number, decimals)
      case .text(let text): text
      }
    }

    /// Without the decimals that it is shown with, to be compared.
    var rounded: Value {
      if case .number(let number, _) = self { .number(number, decimals: 0) } else { self }
    }
  }
}

extension ShellContext {
  /// - Parameters:
  ///   - task: After which task of a run, from 1; else after the last.
  ///   - tasks: Whose test images a network is tested on.
  mutating func value(
    of figure: ObjectFigure, _ name: String, after task: Int? = nil, on tasks: String? = nil
  ) throws -> ObjectFigure.Value {
    if figure == .digest { return .text(session.digest(of: name) ?? "") }
    let value: ObjectFigure.Value? =
      switch session[name] {
      case .run(let run)?: try self.value(of: figure, name, run.run, after: task)
      case .data(let data)?:
        switch figure {
        case .classes: .count(data.classNames.count)
        case .images: .count(data.train.count)
        case .testImages: .count(data.test.count)
        default: nil
        }
      case .network(let network)?:
        switch figure {
        case .parameters: .count(network.architecture.parameterCount)
        case .outputs: .count(network.architecture.outputs)
        case .accuracy, .macro: try accuracy(of: name, on: tasks, isMacro: figure == .macro)
        default: nil
        }
      default:
        switch figure {
        case .tasks: .count(try self.tasks(name).sequence.count)
        case .classes: .count(try self.tasks(name).sequence.tasks.reduce(0) { $0 + $1.count })
        default: nil
        }
      }
    guard let value else {
      let kind = session[name]?.objectKind.phrase ?? "a task"
      throw Failure("'\(name)' is \(kind), which has no \(figure.rawValue)", help: "help expect")
    }
    return value
  }

  private func value(
    of figure: ObjectFigure, _ name: String, _ run: Run, after task: Int?
  ) throws -> ObjectFigure.Value? {
    let all = run.history.evaluations
    if let task, task > all.count {
      throw Failure("'\(name)' has not done task \(task) yet", help: "status \(name)")
    }
    let last = all.prefix(task ?? all.count).last
    func percent(_ number: Double?) throws -> ObjectFigure.Value {
      guard let number else {
        throw last != nil && last?.accuracy == nil
          ? Failure(
            "the classes that '\(name)' had learned have no test images", help: "matrix \(name)")
          : Failure("'\(name)' has not done enough tasks for that", help: "status \(name)")
      }
      return .number(number, decimals: 2)
    }
    let metrics = run.metrics(after: task)
    switch figure {
    case .accuracy: return try percent(metrics.final)
    case .macro: return try percent(last?.macroAccuracy)
    case .average: return try percent(metrics.average)
    case .acc: return try percent(metrics.meanOverTasks)
    case .forgetting: return try percent(metrics.forgetting)
    case .backwardTransfer: return try percent(metrics.backwardTransfer)
    case .loss:
      let epoch = run.history.epochs.last { task == nil || $0.task + 1 == task }
      guard let epoch else { return try percent(nil) }
      guard let loss = epoch.lossIfAny else {
        throw Failure("task \(epoch.task + 1) of '\(name)' has no training images")
      }
      return .number(loss, decimals: 4)
    case .exemplars: return .count(run.learner.memory.count)
    case .tasks: return .count(run.tasksDone)
    case .classes: return .count(last?.classes.count ?? 0)
    case .parameters: return .count(run.network.architecture.parameterCount)
    case .outputs: return .count(run.network.architecture.outputs)
    case .images, .testImages, .digest: return nil
    }
  }

  private mutating func accuracy(
    of name: String, on tasks: String?, isMacro: Bool
  ) throws -> ObjectFigure.Value {
    guard let tasks else {
      throw Failure("say on whose images: on=T.1", help: "help expect")
    }
    let wanted = try self.tasks(tasks)
    let result = try evaluation(of: try network(name), wanted)
    guard let percent = isMacro ? result.macroAccuracy : result.accuracy else {
      throw Failure("the classes of '\(tasks)' have no test images", help: "classes \(wanted.data)")
    }
    return .number(percent, decimals: 2)
  }
}
