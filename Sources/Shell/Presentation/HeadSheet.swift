import Datasets
import Inspection
import Learning
import PlainText
import Plotting

/// An output layer class by class, as `plot head` shows it.
struct HeadSheet {
  private let name: String
  private let weights: [ClassWeight]
  /// Of each output: none that no class has yet, several where tasks share it.
  private let classes: [[Int]]
  private let tasks: TaskSequence?
  private let data: DataSet?
  let notes: [String]

  /// - Parameters:
  ///   - tasks: Those learned or under way; nil if nobody knows what outputs stand for.
  ///   - data: Whose classes they are; nil if it is gone.
  init(
    name: String, _ layer: OutputLayer, tasks: TaskSequence?, data: DataSet?, notes: [String]
  ) {
    self.name = name
    self.tasks = tasks
    self.data = data
    let weights = ClassWeight.all(of: layer)
    self.weights = weights
    classes =
      tasks.map { OutputOrder($0).classes(ofOutputs: weights.count) }
      ?? weights.map { _ in [] }
    let cosine =
      "a cosine head divides every row by its length and has no biases: no class is preferred by them"
    self.notes = (layer.bias == nil ? [cosine] : []) + notes
  }

  /// The task of an output; nil if it has no class, or tasks share it.
  private func task(_ output: Int) -> Int? {
    guard let label = classes[output].first, classes[output].count == 1 else { return nil }
    return tasks?.taskOfClass[label]
  }

  private func label(_ output: Int, isShort: Bool) -> String {
    guard !classes[output].isEmpty else { return "output \(output)" }
    return classes[output].map { label in
      isShort ? "\(label)" : data?.numberedName(label) ?? "\(label)"
    }.joined(separator: ", ")
  }

  // MARK: Old and new classes

  /// Means over the classes learned last and over all older ones; nil unless there are both.
  private var sides: (new: Mean, old: Mean)? {
    guard let tasks, tasks.count > 1 else { return nil }
    let known = weights.filter { task($0.output) != nil }
    guard
      let new = Mean(known.filter { task($0.output) == tasks.count - 1 }),
      let old = Mean(known.filter { task($0.output) != tasks.count - 1 })
    else { return nil }
    return (new, old)
  }

  private struct Mean {
    let count: Int
    let norm: Double
    let bias: Double?

    init?(_ weights: [ClassWeight]) {
      guard !weights.isEmpty else { return nil }
      count = weights.count
      norm = weights.reduce(0) { $0 + $1.norm } / Double(count)
      let biases = weights.compactMap(\.bias)
      bias = biases.isEmpty ? nil : biases.reduce(0, +) / Double(count)
    }
  }

  var lines: [String] {
    guard let (new, old) = sides else {
      return Mean(weights).map { all in
        [
          "\(name): rows of weights of \(counted(all.count, "output")) are "
            + "\(fixed(all.norm, 3)) long on average"
        ]
      } ?? []
    }
    var lines = [
      "\(name): the rows of the \(counted(new.count, "class", "classes")) learned last are "
        + "\(fixed(new.norm, 3)) long on average, those of the \(old.count) older ones "
        + fixed(old.norm, 3)
    ]
    if let bias = new.bias, let other = old.bias {
      lines.append("mean bias: \(fixed(bias, 3)) and \(fixed(other, 3))")
    }
    return lines
  }

  // MARK: Forms

  var table: Table {
    Table(
      ["class", "name", "task", "norm", "bias"],
      rows: weights.map { weight in
        let classes = classes[weight.output]
        let single = classes.count == 1 ? classes.first : nil
        return [
          single.map { .integer($0) }
            ?? (classes.isEmpty
              ? .missing : .text(classes.map(String.init).joined(separator: " "))),
          .text(
            single.map { data?.className($0) ?? "" } ?? label(weight.output, isShort: true)),
          task(weight.output).map { .integer($0 + 1) } ?? .missing,
          .number(weight.norm, decimals: 3),
          weight.bias.map { .number($0, decimals: 3) } ?? .missing,
        ]
      })
  }

  func panels(_ title: String?) -> Panels {
    let norms = chart(
      "length of the row of weights", title: title ?? "Rows of the output layer of \(name)",
      isShort: false,
      hasLegend: false
    ) { $0.norm }
    let height = Panels.Panel(.bars(norms)).size.height
    let left = Panels.Panel(.bars(norms), width: 560, height: height)
    guard weights.contains(where: { $0.bias != nil }) else { return Panels(rows: [[left]]) }
    let biases = chart("bias", title: "biases", isShort: true, hasLegend: true) {
      $0.bias ?? .nan
    }
    return Panels(rows: [
      [left, .init(.bars(biases), width: 500, height: height)]
    ])
  }

  private func chart(
    _ valueLabel: String, title: String?, isShort: Bool, hasLegend: Bool,
    _ value: (ClassWeight) -> Double
  ) -> BarChart {
    let tasks = Set(weights.map { task($0.output) ?? -1 }).sorted()
    let decimals = weights.contains { abs(value($0)) >= 0.2 } ? 2 : 3
    let unit = decimals == 2 ? 100.0 : 1000
    return BarChart(
      title: title, labels: weights.map { label($0.output, isShort: isShort) },
      series: tasks.map { task in
        .init(
          name: task < 0 ? "no task" : "task \(task + 1)",
          values: weights.map { weight in
            guard (self.task(weight.output) ?? -1) == task else { return .nan }
            // As it is written; no −0.
            return (unit * value(weight)).rounded() / unit + 0
          })
      }, valueLabel: valueLabel, isExclusive: true, decimals: decimals, hasLegend: hasLegend)
  }

  var record: ResultRecord {
    let sides = sides
    return [
      "model": name, "norm_new": sides?.new.norm, "norm_old": sides?.old.norm,
      "bias_new": sides?.new.bias, "bias_old": sides?.old.bias,
      "rows": weights.map { weight -> ResultRecord in
        [
          "output": weight.output, "classes": classes[weight.output],
          "task": task(weight.output).map { $0 + 1 }, "norm": weight.norm, "bias": weight.bias,
        ]
      },
    ]
  }
}
