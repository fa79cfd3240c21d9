import CommandLanguage
import Datasets
import Learning
import Metrics
import Networks
import PlainText
import Sessions

extension ShellContext {
  /// An object in one line: `signs: 43 classes, …`.
  func described(_ name: String) -> String {
    session[name].map { "\(name): \(description(of: $0, named: name))" } ?? name
  }

  /// With a mark if it is stale.
  func description(of object: Object, named name: String) -> String {
    description(of: object) + (session.staleness(of: name).isEmpty ? "" : ", stale")
  }

  /// What a command says of an object that it made or changed.
  func told(_ name: String, notes: [String] = []) -> CommandOutput {
    CommandOutput(described(name), notes: notes, record: record(of: name))
  }

  func description(of object: Object) -> String {
    switch object {
    case .data(let data): describe(data)
    case .tasks(let tasks):
      "\(counted(tasks.sequence.count, "task")) of \(tasks.data), "
        + counted(tasks.sequence.tasks.reduce(0) { $0 + $1.count }, "class", "classes")
    case .network(let network):
      "\(network.architecture.name), \(counted(network.architecture.parameterCount, "parameter")), "
        + counted(network.architecture.outputs, "output")
    case .run(let run): describe(run.run)
    case .table(let table):
      "\(counted(table.rows.count, "row")), columns " + table.columns.abridged()
    case .unavailable(let data): data.message
    case .unknown(let object): "kept for the version that saved it (\(object.kind))"
    }
  }

  /// What was done to a data set since it was loaded.
  private func revision(of data: DataSet) -> [String] {
    let changed = DataSet.Split.allCases.reduce(0) { $0 + data.relabelledImages(of: $1).count }
    return (data.isSelection ? ["selected"] : [])
      + (changed > 0 ? [counted(changed, "label changed", "labels changed")] : [])
      + (data.hasOwnNames ? ["own class names"] : [])
  }

  private func describe(_ data: DataSet) -> String {
    let shape = data.transform.output(of: data.train.shape)
    let parts = [
      counted(data.classNames.count, "class", "classes"),
      "\(grouped(data.train.count)) training and \(grouped(data.test.count)) test images",
      "\(shape.width)×\(shape.height)×\(shape.channels)",
    ]
    let spoiled = data.source.corruptions.map(\.description)
    return (parts + spoiled + data.transform.words + revision(of: data)).joined(separator: ", ")
  }

  /// How far a run is, in one line.
  func describe(_ run: Run) -> String {
    let done = "\(run.tasksDone)/\(run.tasks.count) tasks"
    let accuracy = run.history.evaluations.last.map {
      ", \(percentText($0.accuracy)) on \(counted($0.classes.count, "class", "classes"))"
        + (run.hasMovedOn ? " after task \(run.history.evaluations.count), now" : "")
    }
    return "\(run.setup.strategy), \(done)\(accuracy ?? "")"
      + (run.isFinished ? "" : "\(run.hasMovedOn ? "" : ",") \(place(of: run))")
  }

  /// Where an unfinished run stands, in words.
  func place(of run: Run) -> String {
    let position = run.position
    switch run.phase {
    case .finished: return "finished"
    case .beginTask: return "before task \(position.task + 1)"
    case .train, .endEpoch:
      return "task \(position.task + 1), after \(counted(run.place.steps, "batch", "batches")), "
        + "in epoch \(position.epoch + 1)"
    case .evaluate: return "evaluating task \(position.task + 1)"
    case .endStage, .nextStage: return "at the end of task \(position.task + 1)"
    }
  }

  /// What other programs read of an object.
  func record(of name: String) -> ResultRecord? {
    guard let object = session[name] else { return nil }
    let common: ResultRecord = [
      "name": name, "kind": object.objectKind.word, "description": description(of: object),
    ]
    switch object {
    case .data(let data):
      // What was left out of a data set, guessed or found lacking.
      let notes = data.notes.isEmpty ? nil : data.notes.map(\.message)
      return common + [
        "classes": data.classNames.count, "train": data.train.count, "test": data.test.count,
        "notes": notes,
      ]
    case .tasks(let tasks): return common + ["tasks": tasks.sequence.count]
    case .network(let network):
      return common + ["parameters": network.architecture.parameterCount]
    case .run(let run):
      return common + [
        "strategy": run.run.setup.strategy, "tasks": run.run.tasks.count,
        "tasksDone": run.run.tasksDone, "stale": !session.staleness(of: name).isEmpty,
      ]
    case .table(let table):
      return common + ["columns": table.columns, "rows": table.rows.count]
    case .unavailable, .unknown: return common
    }
  }
}
