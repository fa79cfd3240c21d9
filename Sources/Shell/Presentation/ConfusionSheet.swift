import CommandLanguage
import Datasets
import Inspection
import Learning
import Metrics
import PlainText
import Plotting

/// A confusion, or the difference of two, as tables and as a heat map.
struct ConfusionSheet {
  let confusion: ModelConfusion
  /// What is subtracted.
  let other: ModelConfusion?
  let table: ConfusionTable
  private let otherTable: ConfusionTable?
  private let measure: ConfusionMeasure
  private let order: ConfusionOrder?
  private let names: [String]
  /// Whether only some of the classes were asked for.
  private let isOfSomeClasses: Bool

  /// - Parameters:
  ///   - shown: Only these classes.
  ///   - names: Of all classes.
  init(
    _ confusion: ModelConfusion, minus other: ModelConfusion?, only shown: [Int]?,
    by measure: ConfusionMeasure, sort order: ConfusionOrder?,
    names: [String]
  ) {
    self.confusion = confusion
    self.other = other
    self.measure = measure
    self.order = order
    self.names = names
    isOfSomeClasses = shown != nil
    let evaluation = confusion.evaluation
    let allowed = Set(shown ?? evaluation.classes)
      .intersection(other?.evaluation.classes ?? evaluation.classes)
    let columns = evaluation.classes.filter(allowed.contains)
    let arranged: [Int] =
      switch order {
      case nil, .task: columns
      case .label: columns.sorted()
      case .similar:
        evaluation.limited(to: columns).similarityOrder.map { columns[$0] }
      }
    let asked = confusion.asked.map { Set($0.classes) }
    let rows = arranged.filter { asked?.contains($0) ?? true }
    table = ConfusionTable(evaluation, rows: rows, columns: arranged)
    otherTable = other.map { ConfusionTable($0.evaluation, rows: rows, columns: arranged) }
  }

  /// Classes of the other model that this one cannot answer with, or the other way round.
  var classesNotCompared: [Int] {
    guard let other else { return [] }
    let (own, others) = (Set(confusion.evaluation.classes), Set(other.evaluation.classes))
    return own.symmetricDifference(others).sorted()
  }

  /// `14 Stop`.
  func label(_ label: Int?) -> String {
    guard let label else { return "another class" }
    return names.indices.contains(label) ? "\(label) \(names[label])" : "\(label)"
  }

  // MARK: Cells

  private var hasOthers: Bool { table.hasOthers || otherTable?.hasOthers == true }

  /// [row][column], with a last column of all other classes if there are any.
  var cells: [[Double?]] {
    let own = Self.cells(of: table, measure, hasOthers)
    guard let otherTable else { return own }
    return zip(own, Self.cells(of: otherTable, measure, hasOthers)).map { row, other in
      zip(row, other).map { a, b in a.flatMap { a in b.map { a - $0 } } }
    }
  }

  private static func cells(
    of table: ConfusionTable, _ measure: ConfusionMeasure, _ hasOthers: Bool
  ) -> [[Double?]] {
    let cells: [[Double?]] =
      measure == .share ? table.shares : table.counts.map { $0.map { Double($0) } }
    guard hasOthers, !table.hasOthers else { return cells }
    return cells.map { $0 + [0] }
  }

  // MARK: Tables

  /// Of chosen classes: what else was answered to their images, and which others were taken for
  /// them. nil where all classes are shown.
  var outside: String? {
    guard isOfSomeClasses else { return nil }
    let evaluation = confusion.evaluation
    let columns = Set(table.columns)
    let own = table.counts.reduce(0) { $0 + $1.reduce(0, +) }
    let inside = table.counts.reduce(0) { $0 + $1.prefix(table.columns.count).reduce(0, +) }
    let right = table.rows.enumerated().reduce(0) { sum, row in
      sum + (table.columns.firstIndex(of: row.element).map { table.counts[row.offset][$0] } ?? 0)
    }
    var strangers = 0
    for (row, label) in evaluation.classes.enumerated() where !columns.contains(label) {
      for (column, answer) in evaluation.classes.enumerated() where columns.contains(answer) {
        strangers += evaluation.confusion[row][column]
      }
    }
    return "\(counted(own, "image")) of \(table.rows.count == 1 ? "this class" : "these classes"): "
      + "\(grouped(right)) right, \(grouped(inside - right)) taken for another of them, "
      + "\(grouped(own - inside)) for a class that is left out; \(counted(strangers, "image")) of "
      + "classes left out taken for one of them"
  }

  /// The mistakes, or the cells that differ most, with an image of each.
  func list(top: Int) -> Table { other == nil ? mistakes(top) : differences(top) }

  /// Of the whole list.
  var rowCount: Int { other == nil ? table.mistakes.count : changes.count }

  private func mistakes(_ top: Int) -> Table {
    Table(
      [
        "count", "is", Table.Column("was taken for", key: "taken_for"),
        Table.Column("% of class", key: "share_percent"), .image(of: .test),
      ],
      rows: table.mistakes.prefix(top).map { pair in
        [
          .integer(pair.count), .text(label(pair.truth)), .text(label(pair.answer)),
          .number(pair.share, decimals: 1),
          example(pair.truth, pair.answer).map { .integer($0) } ?? .missing,
        ]
      })
  }

  private func differences(_ top: Int) -> Table {
    let (unit, decimals) = measure == .share ? ("points", 1) : ("images", 0)
    let rows = changes.prefix(top).map { change -> [Table.Cell] in
      [
        .number(change.difference, decimals: decimals), .text(label(change.truth)),
        .text(change.truth == change.answer ? "right" : label(change.answer)),
        .number(change.own, decimals: decimals), .number(change.other, decimals: decimals),
      ]
    }
    return Table(
      [
        Table.Column("\(unit) more", key: "difference"), "is",
        Table.Column("was taken for", key: "taken_for"), Table.Column(confusion.name),
        Table.Column(other?.name ?? ""),
      ], rows: Array(rows))
  }

  private struct Change {
    var truth: Int
    var answer: Int?
    var difference: Double
    var own: Double
    var other: Double
  }

  /// The cells that differ, the most first.
  private var changes: [Change] {
    guard let otherTable else { return [] }
    let own = Self.cells(of: table, measure, hasOthers)
    let others = Self.cells(of: otherTable, measure, hasOthers)
    var changes: [Change] = []
    for (row, truth) in table.rows.enumerated() {
      for column in own[row].indices {
        guard let a = own[row][column], let b = others[row][column], a != b else { continue }
        changes.append(
          Change(
            truth: truth, answer: column < table.columns.count ? table.columns[column] : nil,
            difference: a - b, own: a, other: b))
      }
    }
    let places = changes.indices.sorted {
      (changes[$1].difference.magnitude, $0) < (changes[$0].difference.magnitude, $1)
    }
    return places.map { changes[$0] }
  }

  /// The image of a true class that this answer was surest of; of a difference the first model's.
  private func example(_ truth: Int, _ answer: Int?) -> Int? {
    guard let answers = confusion.answers else { return nil }
    let found = answers.mistakes(true: [truth], as: answer.map { [$0] }, by: .confidence)
    let columns = Set(table.columns)
    return found.first { answer != nil || !($0.prediction.answer.map(columns.contains) ?? false) }?
      .prediction.image
  }

  /// All cells, for files.
  var whole: Table {
    let columns = table.columns.map { Table.Column("\($0)") } + (hasOthers ? ["others"] : [])
    return Table(
      ["class"] + columns,
      rows: zip(table.rows, cells).map { label, row in
        [.integer(label)]
          + row.map { value in
            guard let value else { return .missing }
            return measure == .count ? .integer(Int(value)) : .number(value, decimals: 2)
          }
      })
  }

  /// A row for each task's images, a column for each task whose classes are answered.
  var blocks: Table {
    let rows = blockCells
    return Table(
      [Table.Column("images of", key: "task")]
        + (rows.first ?? []).indices.map { column in
          column < confusion.tasks.count
            ? Table.Column("task \(column + 1)", key: "task_\(column + 1)") : "others"
        },
      rows: rows.enumerated().map { task, row in
        [.text("task \(task + 1)")] + row.map { .percent($0) }
      })
  }

  private var blockCells: [[Double?]] {
    let own = confusion.evaluation.taskBlocks(confusion.tasks.tasks)
    guard let other else { return own }
    let others = other.evaluation.taskBlocks(confusion.tasks.tasks)
    return zip(own, others).map { row, other in
      zip(row, other).map { a, b in a.flatMap { a in b.map { a - $0 } } }
    }
  }

  // MARK: Pictures

  /// - Parameter names: Whether both axes have names, or numbers alone; nil for names at the rows.
  func figure(title: String?, names: Bool?) -> Figure {
    let map = heatMap(title: title, names: names)
    guard order == .task, confusion.tasks.count > 1 else { return .heatMap(map) }
    let tasks = (1...confusion.tasks.count).map { "\($0)" }
    let rows = blockCells
    var blocks = HeatMap(
      title: "Answered with a class of which task, %", rowTitle: "images of task",
      columnTitle: "answered: task", rowLabels: tasks,
      columnLabels: (rows.first?.count ?? 0) > tasks.count ? tasks + ["others"] : tasks,
      cells: rows, range: other == nil ? 0...100 : nil, scaleLabel: other == nil ? "%" : "points")
    blocks.isDiverging = other != nil
    let side = max(460, 64 * rows.count + 180)
    return .panels(
      Panels(rows: [
        [
          .init(.heatMap(map), width: map.size.width, height: map.size.height),
          .init(.heatMap(blocks), width: side, height: min(side, map.size.height)),
        ]
      ]))
  }

  private func heatMap(title: String?, names: Bool?) -> HeatMap {
    let unit = measure == .count ? "images" : other == nil ? "% of each class" : "points"
    var heading = "Confusion of \(confusion.heading)"
    if let run = confusion.run, confusion.asked == nil, !isOfTask { heading += run.ageMark }
    if let other { heading += " minus \(other.heading)" }
    func text(_ label: Int, isNamed: Bool) -> String { isNamed ? self.label(label) : "\(label)" }
    let columns =
      table.columns.map { text($0, isNamed: names == true) } + (hasOthers ? ["others"] : [])
    var map = HeatMap(
      title: title ?? "\(heading), \(unit)", rowTitle: "true class", columnTitle: "predicted class",
      rowLabels: table.rows.map { text($0, isNamed: names != false) }, columnLabels: columns,
      cells: cells,
      range: measure == .share && other == nil ? 0...100 : nil,
      scaleLabel: measure == .count ? "images" : other == nil ? "%" : "points")
    map.isDiverging = other != nil
    map.numbersFrom = 1
    map.hidesZeros = true
    if order == nil || order == .task {
      map.rowBreaks = breaks(table.rows)
      map.columnBreaks = breaks(table.columns) + (hasOthers ? [table.columns.count] : [])
      map.columnGroups = groups(table.columns)
    }
    return map
  }

  /// Whether a task was named, so that it does not matter where the run stands now.
  var isOfTask = false

  /// Where the first class of another task stands; none where every task has one class.
  private func breaks(_ classes: [Int]) -> [Int] {
    let taskOfClass = confusion.tasks.taskOfClass
    let places = classes.indices.dropFirst().filter {
      taskOfClass[classes[$0]] != taskOfClass[classes[$0 - 1]]
    }
    return places.count == classes.count - 1 ? [] : places
  }

  /// The tasks of the columns; none where there is one task, or a task for each class.
  private func groups(_ classes: [Int]) -> [HeatMap.Group] {
    let starts = [0] + breaks(classes)
    guard starts.count > 1 else { return [] }
    var groups = starts.map { start -> HeatMap.Group in
      let task = confusion.tasks.tasks.firstIndex { $0.contains(classes[start]) } ?? 0
      return .init(start: start, name: "task \(task + 1)", shortName: "\(task + 1)")
    }
    if hasOthers { groups.append(.init(start: classes.count, name: "", shortName: "")) }
    return groups
  }

  // MARK: Other programs

  /// Counts are [true class][predicted class].
  func record(top: Int) -> ResultRecord {
    let pairs = table.mistakes.prefix(top).map { pair -> ResultRecord in
      [
        "true": pair.truth, "answered": OrNull(pair.answer), "count": pair.count,
        "sharePercent": pair.share, "image": OrNull(example(pair.truth, pair.answer)),
      ]
    }
    var record: ResultRecord = [
      "run": confusion.name, "classes": table.rows, "counts": table.counts,
      "shares": table.shares.map { $0.map { OrNull($0) } }, "mistakes": pairs,
    ]
    if table.columns != table.rows || hasOthers {
      record = record + ["columns": table.columns, "othersLast": hasOthers] as ResultRecord
    }
    if let other, let otherTable {
      record =
        record + [
          "minus": other.name, "minusCounts": otherTable.counts,
          "differences": cells.map { $0.map { OrNull($0) } },
          "unit": measure == .share ? "points" : "images",
        ] as ResultRecord
    }
    if order == .task {
      record =
        record + [
          "tasks": confusion.tasks.tasks, "taskBlocks": blockCells.map { $0.map { OrNull($0) } },
        ] as ResultRecord
    }
    return record
  }
}
