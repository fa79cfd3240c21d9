internal import Datasets
internal import GRDB
internal import Learning
internal import Metrics
internal import Networks

/// A run's figures as plain rows for other programs; nothing is restored from them. Tasks and epochs
/// count from 1.
struct RunRows {
  let name: String
  let run: Run
  let data: String
  let checkpoints: Checkpoints

  init(name: String, _ run: RunOnData) {
    self.name = name
    self.run = run.run
    data = run.data
    checkpoints = run.checkpoints
  }

  func insert(into db: Database) throws {
    try db.execute(
      sql: "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        name, run.setup.strategy, run.network.architecture.name, data, run.setup.seed,
        run.tasks.count, run.tasksDone, run.history.steps, run.seconds.value, run.isFinished,
      ])
    for (option, value) in run.setup.options.values.sorted(by: { $0.key < $1.key }) {
      try db.execute(
        sql: "INSERT INTO options VALUES (?, ?, ?, ?)",
        arguments: [name, option, value.spelling, value.number])
    }
    for record in run.history.epochs {
      try db.execute(
        sql: "INSERT OR REPLACE INTO epochs VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          name, record.task + 1, record.purpose.rawValue, record.epoch + 1, record.lossIfAny,
          record.accuracyIfAny,
        ])
    }
    for (task, evaluation) in run.history.evaluations.enumerated() {
      try db.execute(
        sql: "INSERT INTO evaluations VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          name, task + 1, evaluation.classes.count, evaluation.total, evaluation.accuracy,
          evaluation.macroAccuracy,
        ])
    }
    for state in checkpoints.states {
      try db.execute(
        sql: "INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          name, "\(state.place)", state.place.task, state.place.steps,
          state.history.evaluations.last?.accuracy, state.place == run.place,
        ])
    }
    for (after, row) in run.metrics().matrix.rows.enumerated() {
      for (task, accuracy) in row.enumerated() {
        try db.execute(
          sql: "INSERT INTO accuracies VALUES (?, ?, ?, ?)",
          arguments: [name, after + 1, task + 1, accuracy])
      }
    }
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
