import Datasets
import Learning
import Metrics
import PlainText
import Plotting
import Sessions

/// A run epoch by epoch.
struct EpochCourse {
  struct Epoch {
    var record: EpochRecord
    /// On all test images of the classes so far; measured at the ends of tasks.
    var test: Evaluation?
    /// On the watched test images, if there are some of every class so far: percent.
    var watched: Double?
  }

  let name: String
  let epochs: [Epoch]
  /// Watched test images of all classes; nil if nothing of them can be shown.
  let watchedImages: Int?

  /// - Parameter data: nil if it is gone: then nothing is known of watched images.
  init(_ name: String, _ object: RunOnData, _ data: DataSet?) {
    self.name = name
    let history = object.run.history
    let watched = data.flatMap { data in object.watch.map { WatchedAccuracy($0, object.run, data) }
    }
    var steps = 0
    var epochs: [Epoch] = []
    for record in history.epochs {
      steps += record.batches
      let isLast =
        history.evaluationSteps.indices.contains(record.task)
        && history.evaluationSteps[record.task] == steps
      epochs.append(
        Epoch(
          record: record, test: isLast ? history.evaluations[record.task] : nil,
          watched: watched?.accuracy(after: steps, in: record.task)))
    }
    self.epochs = epochs
    watchedImages = epochs.contains { $0.watched != nil } ? watched?.count : nil
  }

  /// Between two epochs: 4.5 is a border behind the fourth.
  var borders: [LineChart.Border] {
    zip(epochs, epochs.dropFirst()).enumerated().compactMap { index, pair in
      pair.0.record.task == pair.1.record.task
        ? nil : .init(x: Double(index) + 1.5, label: "task \(pair.1.record.task + 1)")
    }
  }

  /// A curve over the epochs, from 1. The next task is another question: no curve goes over from one to
  /// the other.
  func curve(
    _ name: String, partner: Int? = nil, _ value: (Epoch) -> Double?
  ) -> LineChart.Series {
    var points: [LineChart.Point] = []
    for (index, epoch) in epochs.enumerated() {
      if index > 0, epochs[index - 1].record.task != epoch.record.task {
        points.append(.init(x: Double(index) + 0.5, y: .nan))
      }
      points.append(.init(x: Double(index + 1), y: value(epoch) ?? .nan))
    }
    return .init(name: name, points: points, partner: partner)
  }

  /// Points of which none is joined to another.
  func points(_ name: String, partner: Int, _ value: (Epoch) -> Double?) -> LineChart.Series {
    .init(
      name: name,
      points: epochs.enumerated().flatMap { index, epoch -> [LineChart.Point] in
        guard let value = value(epoch) else { return [] }
        let x = Double(index + 1)
        return [.init(x: x, y: value), .init(x: x, y: .nan)]
      }, partner: partner)
  }

  /// The epochs of which rate and gradient are not known, if any: those that an earlier version of the
  /// program trained.
  var notes: [String] {
    let unknown = epochs.indices.filter {
      epochs[$0].record.batches > 0 && epochs[$0].record.descent == nil
    }
    guard !unknown.isEmpty else { return [] }
    return [
      "\(name): learning rate and gradient norm of "
        + (unknown.count == epochs.count
          ? "its epochs" : listed(unknown.map { $0 + 1 }, "epoch", "epochs"))
        + " were not recorded: an earlier version of the program trained them"
    ]
  }

  static func table(_ courses: [EpochCourse]) -> Table {
    Table(
      [
        "run", "task", "stage", "epoch", "loss", Table.Column("train %", key: "train_accuracy"),
        Table.Column("test %", key: "test_accuracy"),
        Table.Column("watched %", key: "watched_accuracy"),
        Table.Column("rate", key: "learning_rate"),
        Table.Column("last rate", key: "last_learning_rate"),
        Table.Column("gradient norm", key: "gradient_norm", short: "gradient"),
      ],
      rows: courses.flatMap { course in
        course.epochs.map { epoch -> [Table.Cell] in
          let record = epoch.record
          func rate(_ rate: Float?) -> Table.Cell {
            rate.map { .significant(Double("\($0)") ?? Double($0), digits: 4) } ?? .missing
          }
          return [
            .text(course.name), .integer(record.task + 1), .text(record.purpose.rawValue),
            .integer(record.epoch + 1),
            record.lossIfAny.map { .number($0, decimals: 4) } ?? .missing,
            .percent(record.accuracyIfAny), .percent(epoch.test?.accuracy),
            .percent(epoch.watched), rate(record.descent?.firstRate),
            rate(record.descent?.lastRate),
            record.descent?.gradientNorm.map { .significant($0, digits: 4) } ?? .missing,
          ]
        }
      })
  }
}

/// The accuracy over all watched images, where there are some of every class so far.
private struct WatchedAccuracy {
  /// Those that count, of all targets.
  let count: Int
  private let rows: [Int: Watch.Row]
  /// Of each target, the classes of its images.
  private let labels: [[Int]]
  private let run: Run

  init(_ watch: Watch, _ run: Run, _ data: DataSet) {
    self.run = run
    rows = Dictionary(watch.rows.map { ($0.steps, $0) }) { $1 }
    labels = watch.targets.map { target in
      target.images.filter(data.test.labels.indices.contains).map { data.test.labels[$0] }
    }
    count = labels.reduce(0) { $0 + $1.count }
  }

  /// In percent.
  func accuracy(after steps: Int, in task: Int) -> Double? {
    let known = Set(run.tasks.classes(through: task))
    guard let row = rows[steps], known.isSubset(of: labels.joined()) else { return nil }
    var (right, images) = (0.0, 0)
    for (accuracy, labels) in zip(row.accuracies, labels) {
      guard let accuracy else { continue }
      let measured = labels.count(where: known.contains)
      right += accuracy * Double(measured)
      images += measured
    }
    return images == 0 ? nil : right / Double(images)
  }
}
