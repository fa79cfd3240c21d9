import CommandLanguage
import Datasets
import Experiments
import Inspection
import Learning
import Metrics
import Networks
import PlainText
import Sessions

/// What can be measured or counted of an object, as `expect` names it.
enum ObjectMetric: String, CaseIterable, Sendable {
  case accuracy
  case final
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
    case .accuracy:
      "percent of test images that a run classifies right; with on=, of those images, now"
    case .final: "a run's accuracy after its last task: the same as accuracy"
    case .macro: "the accuracy as the mean over classes"
    case .average: "the mean of a run's accuracies after each task"
    case .acc: "a run's accuracy on each task after the last one, as the mean over tasks"
    case .forgetting: "points that a run has lost on earlier tasks"
    case .backwardTransfer: "points that a run has gained on earlier tasks; below 0 if it lost some"
    case .loss: "a run's mean loss in its last epoch"
    case .exemplars: "how many images a run keeps"
    case .tasks: "how many tasks a run has finished, or a task sequence has"
    case .classes: "how many classes a data set or tasks have, or a run has learned so far"
    case .images: "how many training images a data set has"
    case .testImages: "how many test images a data set has"
    case .parameters: "how many parameters a network has, or a run's network"
    case .outputs: "how many outputs a network has, or a run's network"
    case .digest: "SHA-256 over all numbers of an object"
    }
  }

  /// Whether it is measured at the end of a task, rather than known of a run at any time.
  var isTested: Bool {
    switch self {
    case .accuracy, .final, .macro, .average, .acc, .forgetting, .backwardTransfer: true
    case .loss, .exemplars, .tasks, .classes, .images, .testImages, .parameters, .outputs, .digest:
      false
    }
  }

  /// Whether it can be measured of a model on any images.
  var isTestedAnywhere: Bool { self == .accuracy || self == .macro }

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
  ///   - images: On whose test images it is tested now, rather than at the end of a task.
  mutating func value(
    of metric: ObjectMetric, _ name: String, after task: Int? = nil,
    on images: ObjectReference? = nil
  ) throws -> ObjectMetric.Value {
    let members = session.kind(of: name) == .runs ? session.runs(of: name) : []
    if metric == .digest {
      guard members.isEmpty else {
        throw RunProblem.severalRuns(name: name, members: members, parameter: "object")
      }
      return .text(session.digest(of: name) ?? "")
    }
    if !members.isEmpty {
      // Of runs of several seeds the mean.
      var values: [Double] = []
      var shown = 0
      for member in members {
        guard
          case .number(let number, let decimals) = try value(
            of: metric, member, after: task, on: images)
        else { continue }
        values.append(number)
        shown = decimals
      }
      let mean = Spread(values)?.mean ?? .nan
      return .number(mean, decimals: shown == 0 && mean != mean.rounded() ? 2 : shown)
    }
    if let images {
      guard metric.isTestedAnywhere, task == nil else {
        throw ExpectationProblem.noImages(metric.rawValue)
      }
      let kind = session.kind(of: name) ?? .unknown
      return try accuracy(
        of: ObjectReference(name: name, kind: kind, span: images.span), on: images,
        isMacro: metric == .macro)
    }
    let value: ObjectMetric.Value? =
      switch session[name] {
      case .run(let run)?: try self.value(of: metric, name, run.run, after: task)
      case .data(let data)?:
        switch metric {
        case .classes: .count(data.classNames.count)
        case .images: .count(data.train.count)
        case .testImages: .count(data.test.count)
        default: nil
        }
      case .network(let network)?:
        switch metric {
        case .parameters: .count(network.architecture.parameterCount)
        case .outputs: .count(network.architecture.outputs)
        case .accuracy, .macro: throw ExpectationProblem.noTasks
        default: nil
        }
      default:
        switch metric {
        case .tasks: .count(try self.tasks(name).sequence.count)
        case .classes: .count(try self.tasks(name).sequence.tasks.reduce(0) { $0 + $1.count })
        default: nil
        }
      }
    guard let value else {
      let kind = session[name]?.objectKind.phrase ?? "a task"
      throw ExpectationProblem.noMetric(metric.rawValue, name: name, kind: kind)
    }
    return value
  }

  func value(
    of metric: ObjectMetric, _ name: String, _ run: Run, after task: Int?
  ) throws -> ObjectMetric.Value? {
    let all = run.history.evaluations
    if let task, task > all.count {
      throw RunProblem.taskToCome(task, run: name, finished: all.count, parameter: "after")
    }
    let last = all.prefix(task ?? all.count).last
    func percent(_ number: Double?) throws -> ObjectMetric.Value {
      guard let number else {
        throw last != nil && last?.accuracy == nil
          ? RunProblem.noTestImages(run: name) : .tooFewTasks(run: name)
      }
      return .number(number, decimals: 2)
    }
    let metrics = run.metrics(after: task)
    switch metric {
    case .accuracy, .final: return try percent(metrics.final)
    case .macro: return try percent(last?.macroAccuracy)
    case .average: return try percent(metrics.average)
    case .acc: return try percent(metrics.meanOverTasks)
    case .forgetting: return try percent(metrics.forgetting)
    case .backwardTransfer: return try percent(metrics.backwardTransfer)
    case .loss:
      let epoch = run.history.epochs.last { task == nil || $0.task + 1 == task }
      guard let epoch else { return try percent(nil) }
      guard let loss = epoch.lossIfAny else {
        throw RunProblem.noTrainingImages(task: epoch.task + 1, run: name)
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
    of reference: ObjectReference, on images: ObjectReference, isMacro: Bool
  ) throws -> ObjectMetric.Value {
    let (model, _, tasks) = try asked(reference, on: images)
    let result = try evaluation(
      of: model, reference.name, try data(tasks.data), .test, tasks.sequence.tasks.flatMap(\.self))
    guard let percent = isMacro ? result.macroAccuracy : result.accuracy else {
      throw DataProblem.noTestImages(tasks: images.name, data: tasks.data)
    }
    return .number(percent, decimals: 2)
  }
}
