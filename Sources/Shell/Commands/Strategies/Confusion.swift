import CommandLanguage
import Datasets
import Inspection
import Learning
import Metrics
import PlainText
import Sessions

extension Command<ShellContext> {
  static var confusion: ShellCommand {
    let top = Parameter.option(
      "top", .integer(1...10_000), default: 20, "How many of the most frequent mistakes.")
    let examples = Parameter.option(
      "examples", .flag, default: true,
      "Name an image of each mistake, for 'show image' and 'predict'; takes a test's time.")
    return ShellCommand(
      "confusion", "Shows which classes are mistaken for which.", category: .strategies,
      effect: .looks, searchWords: ["confusion_matrix", "recency"],
      parameters: ConfusionParameters.all + [top, examples], formats: .table,
      examples: [
        Example("confusion kd top=5", "The five most frequent mistakes."),
        Example("confusion kd@1", "Those of the test after task 1."),
        Example("confusion kd classes=[14, 13, 17]", "Among a few classes."),
        Example(
          "confusion kd sort=task", "How often new classes are answered to old tasks."),
        Example("confusion kd minus=ft top=5", "What differs between two runs."),
        Example("confusion kd > confusion.csv", "The whole matrix."),
      ], seeAlso: ["plot confusion", "matrix", "show mistakes", "report"],
      discussion: """
        Of a run it is the last test, at the end of a task. With on=T the images are classified now: \
        in the middle of a task, or by a network; 'report' is always of now. The image of a mistake is \
        the one that its answer was surest of. Shares are of the images of the true class. sort=task \
        puts above the list how many of each task's images are answered with a class of which task: \
        in the last column a bias for what was learned last shows.
        """
    ) { context, arguments in
      let isMatrix = ["csv", "md"].contains(arguments.format ?? arguments.output?.ending ?? "")
      let sheet = try context.confusionSheet(
        arguments, by: arguments[ConfusionParameters.measure] ?? .count,
        withAnswers: arguments[examples] && !isMatrix)
      let confusion = sheet.confusion
      var warnings = context.confusionNotes(sheet, arguments)
      let left = sheet.rowCount - arguments[top]
      if left > 0, arguments.output == nil {
        warnings.append(
          "\(counted(left, "more row")) left out: top=\(left + arguments[top]) shows all")
      }
      var output = CommandOutput(
        "\(confusion.title): \(sheet.summary)", table: sheet.list(top: arguments[top]),
        warnings: warnings)
      if let outside = sheet.outside { output.lines.append(outside) }
      if arguments[ConfusionParameters.order] == .task, confusion.tasks.count > 1 {
        output.lines += [
          "answered with a class of which task, in percent of each task's images:",
          sheet.blocks.text(width: 100).trimmed,
        ]
      }
      var record = sheet.record(top: arguments[top])
      for form in ["csv", "md"] { output.tablesOfForms[form] = sheet.whole }
      if confusion.asked == nil, let run = confusion.run {
        record =
          record + [
            "afterTask": confusion.task, "figures": MetricAge(confusion.name, run),
          ] as ResultRecord
        if arguments[ConfusionParameters.task] == nil {
          for form in ["csv", "md"] {
            output.tablesOfForms[form] = sheet.whole.showing(confusion.name, run)
          }
        }
      }
      output.record = record
      return output
    }
  }
}

extension String {
  /// Without the line breaks at its end.
  fileprivate var trimmed: String {
    String(reversed().drop { $0.isNewline }.reversed())
  }
}

extension ConfusionSheet {
  /// `3,210 of 4,000 images right`; of a difference both.
  fileprivate var summary: String {
    func right(_ confusion: ModelConfusion) -> String {
      let evaluation = confusion.evaluation
      return "\(grouped(evaluation.correct)) of \(counted(evaluation.total, "image")) right"
    }
    guard let other else { return right(confusion) }
    return "\(right(confusion)); minus \(other.title): \(right(other))"
  }
}

extension ShellContext {
  /// What is asked for, arranged.
  mutating func confusionSheet(
    _ arguments: Arguments, by measure: ConfusionMeasure, withAnswers: Bool
  ) throws -> ConfusionSheet {
    let other = try arguments[ConfusionParameters.minus].map {
      try self.confusion(of: $0, arguments, withAnswers: false)
    }
    let confusion = try self.confusion(
      of: arguments[ConfusionParameters.model], arguments, withAnswers: withAnswers && other == nil)
    let data = try? self.data(confusion.data)
    let shown = try arguments[ConfusionParameters.classes].map { words -> [Int] in
      guard let data else { throw DataProblem.gone(name: confusion.data) }
      return try classes(words, of: data, at: ConfusionParameters.classes)
    }
    var sheet = ConfusionSheet(
      confusion, minus: other, only: shown, by: measure, sort: arguments[ConfusionParameters.order],
      names: data?.classNames ?? [])
    sheet.isOfTask = arguments[ConfusionParameters.task] != nil
    guard !sheet.table.rows.isEmpty else {
      throw ModelProblem.noneOfTheClasses(
        name: confusion.name,
        parameter: shown == nil
          ? ConfusionParameters.minus.name : ConfusionParameters.classes.name)
    }
    return sheet
  }

  func confusionNotes(_ sheet: ConfusionSheet, _ arguments: Arguments) -> [String] {
    var notes = momentNotes(sheet.confusion, arguments)
    if let other = sheet.other { notes += momentNotes(other, arguments) }
    let missing = sheet.classesNotCompared
    if !missing.isEmpty {
      notes.append(
        "\(listed(missing, "class", "classes")) left out: only one of the two has learned "
          + (missing.count == 1 ? "it" : "them"))
    }
    return notes
  }
}
