internal import Datasets
internal import GRDB
internal import Learning
internal import Metrics
internal import Networks

extension Database {
  /// Adds a row to a table, a value for each of its columns.
  func add(_ table: String, _ values: (any DatabaseValueConvertible)?...) throws {
    let places = repeatElement("?", count: values.count).joined(separator: ", ")
    try cachedStatement(sql: "INSERT INTO \(table) VALUES (\(places))")
      .execute(arguments: StatementArguments(values))
  }

  /// Adds a run's figures as plain rows for other programs; nothing is restored from them. Tasks and
  /// epochs count from 1.
  func addFigures(of object: RunOnData, named name: String) throws {
    let run = object.run
    try add(
      "runs", name, run.setup.strategy, run.network.architecture.name, object.data,
      run.setup.seed, run.tasks.count, run.tasksDone, run.history.steps, run.seconds.value,
      run.isFinished)
    for (option, value) in run.setup.options.values.sorted(by: { $0.key < $1.key }) {
      try add("options", name, option, value.spelling, value.number)
    }
    for record in run.history.epochs {
      try execute(
        sql: "INSERT OR REPLACE INTO epochs VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          name, record.task + 1, record.purpose.rawValue, record.epoch + 1, record.lossIfAny,
          record.accuracyIfAny,
        ])
    }
    for (task, evaluation) in run.history.evaluations.enumerated() {
      try add(
        "evaluations", name, task + 1, evaluation.classes.count, evaluation.total,
        evaluation.accuracy, evaluation.macroAccuracy)
    }
    for state in object.checkpoints.states {
      try add(
        "checkpoints", name, "\(state.place)", state.place.task, state.place.steps,
        state.history.evaluations.last?.accuracy, state.place == run.place)
    }
    for (after, row) in run.metrics().matrix.rows.enumerated() {
      for (task, accuracy) in row.enumerated() {
        try add("accuracies", name, after + 1, task + 1, accuracy)
      }
    }
  }
}

extension Row {
  /// What stands in a column; nil if that is no such value.
  func value<Value: DatabaseValueConvertible>(_ column: String) -> Value? {
    Value.fromDatabaseValue(self[column])
  }
}

extension OptionValue {
  /// nil for words.
  fileprivate var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    case .flag, .choice: nil
    }
  }
}
