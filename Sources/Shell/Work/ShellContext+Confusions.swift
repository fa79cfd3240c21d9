import CommandLanguage
import Datasets
import Inspection
import Learning
import Metrics
import PlainText
import Sessions

extension ShellContext {
  /// - Parameter withAnswers: Whether single images are asked for too, which takes a test's time where
  ///   the figures alone are known.
  mutating func confusion(
    of reference: ObjectReference, _ arguments: Arguments, withAnswers: Bool
  ) throws -> ModelConfusion {
    if reference.kind == .runs { return try summedConfusion(of: reference, arguments) }
    let name = reference.name
    let given = arguments[ConfusionParameters.tasks]
    if given != nil || session.kind(of: name) == .network {
      return try confusionNow(of: reference, on: given, head: arguments.head)
    }
    let (object, run) = try state(of: reference)
    guard !run.history.evaluations.isEmpty else { throw RunProblem.untested(run: name) }
    let evaluations = try HeadChoice.evaluations(of: run, name, arguments)
    let task = arguments[ConfusionParameters.task] ?? evaluations.count
    let evaluation = try evaluation(of: name, task: task, in: evaluations)
    var answers: Predictions?
    if withAnswers, let data = try? data(object.data), data.digest == run.setup.dataDigest {
      let isNow = task == evaluations.count && !run.hasMovedOn
      let tested = isNow ? run : session.checkpoint("\(reference.base)@\(task)")?.state
      let head = try HeadChoice.position(of: arguments.head, in: run, name)
      if let tested, let model = Model(tested, classifier: head) {
        answers = try predictions(
          of: model, data, split: .test, images: data.test.indices(of: evaluation.classes))
      }
    }
    return ModelConfusion(
      name: name, evaluation: evaluation, tasks: run.tasks.through(task - 1), data: object.data,
      asked: nil, task: task, run: run, answers: answers)
  }

  /// What the runs of several seeds took for what, added up.
  private mutating func summedConfusion(
    of reference: ObjectReference, _ arguments: Arguments
  ) throws -> ModelConfusion {
    let members = members(of: reference)
    let parts = try members.map { try confusion(of: $0, arguments, withAnswers: false) }
    let first = parts[0]
    let set = try runSet(reference.name)
    guard parts.allSatisfy({ $0.task == first.task }) else {
      throw RunProblem.unevenTasks(group: reference.name, finished: parts.map(\.task))
    }
    guard let sum = Evaluation(sumOf: parts.map(\.evaluation)) else {
      throw RunProblem.otherClasses(
        group: reference.name, members: members.map(\.name), task: first.task)
    }
    var notes = parts.flatMap(\.notes)
    var tasks = first.tasks
    if parts.contains(where: { $0.tasks.tasks != first.tasks.tasks }) {
      // No task is one of all seeds.
      tasks = TaskSequence(tasks: [sum.classes])
      notes.append(
        "the seeds learned the classes in other tasks: they stand in the order of \(first.name)")
    }
    notes += self.notes(on: [set])
    var said: Set<String> = []
    return ModelConfusion(
      name: reference.name, evaluation: sum, tasks: tasks, data: first.data, asked: first.asked,
      task: first.task, run: nil, answers: nil,
      notes: notes.filter { said.insert($0).inserted }, seeds: parts.count)
  }

  private mutating func confusionNow(
    of reference: ObjectReference, on given: ObjectReference?, head: Classifier?
  ) throws -> ModelConfusion {
    let (model, learnedOn, tasks) = try asked(reference, on: given, head: head)
    let classes = tasks.sequence.tasks.flatMap(\.self)
    guard Set(classes).isSubset(of: model.tasks.tasks.joined()) else {
      throw RunProblem.classesToCome(run: reference.name)
    }
    let data = try data(tasks.data)
    let images = data.test.indices(of: classes)
    guard !images.isEmpty else { throw ModelProblem.noImages(.test) }
    let answers = try predictions(of: model, data, split: .test, images: images)
    return ModelConfusion(
      name: reference.name, evaluation: answers.evaluation, tasks: model.tasks, data: tasks.data,
      asked: .init(name: given?.name ?? tasks.data, classes: classes), task: 0,
      run: try? state(of: reference).state, answers: answers,
      notes: classNamesNote(model, learnedOn: learnedOn, given: data))
  }

  /// Of when the figures are, if the run has trained on, and how to get those of the other time.
  func momentNotes(_ confusion: ModelConfusion, _ arguments: Arguments) -> [String] {
    confusion.notes + ageNotes(confusion, arguments)
  }

  private func ageNotes(_ confusion: ModelConfusion, _ arguments: Arguments) -> [String] {
    let base = String(confusion.name.prefix { $0 != "@" })
    guard let run = confusion.run else { return staleNotes([base]) }
    // Who names a task asks for what was then.
    if arguments[ConfusionParameters.task] != nil { return staleNotes([base]) }
    guard run.hasMovedOn else { return notes(on: confusion.name, run) }
    let stale = staleNotes([confusion.name])
    if confusion.asked != nil {
      return [
        "\(confusion.name) is in the middle of a task (\(place(of: run))); "
          + "'confusion \(confusion.name)' shows the test after task \(run.history.evaluations.count)"
      ] + stale
    }
    let tasks = (try? self.run(base).origin?.tasks) ?? nil
    let age = ageNote(confusion.name, run) ?? ""
    return ["\(age); 'confusion \(confusion.name) on=\(tasks ?? "TASKS")' tests it as it is now"]
      + stale
  }
}
