import CommandLanguage
import Inspection
import Learning
import Metrics
import PlainText
import Plotting

extension Command<ShellContext> {
  static var report: ShellCommand {
    let model = Parameter.positional(
      "model", .object(.run, .runs, .checkpoint, .network),
      "A run, a checkpoint or a network; runs of several seeds one after the other.")
    let bins = Parameter.option(
      "bins", .integer(2...100), default: Calibration.standardBinCount,
      "Parts of the confidence axis for calibration.")
    return ShellCommand(
      "report", "Judges a model: precision, recall and F1 of each class, calibration.",
      category: .strategies, effect: .looks,
      searchWords: ["classification_report", "f1_score", "ece", "precision", "recall"],
      parameters: [model, ModelImages.tasks, ModelImages.split, bins, HeadChoice.parameter]
        + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("report kd", "Class by class, with means, top-5 accuracy and calibration."),
        Example("report kd on=T.1 > report.csv", "Of the images of task 1."),
      ],
      seeAlso: ["evaluate", "confusion", "show mistakes", "compare mistakes"],
      discussion: """
        Precision is the share of the images taken for a class that are of it, recall the share of a \
        class's images that were found, F1 their harmonic mean. The expected calibration error (ECE) \
        is the mean distance between how sure the model is and how often it is right. Of a part of \
        the images (on=T.1) precision comes out too high: images of other classes that were taken \
        for these are not seen.
        """
    ) { context, arguments in
      try context.forEach(arguments[model]) { context, member in
        try context.report(on: member ?? arguments[model], bins: arguments[bins], arguments)
      }
    }
  }
}

extension ShellContext {
  fileprivate mutating func report(
    on reference: ObjectReference, bins: Int, _ arguments: Arguments
  ) throws -> CommandOutput {
    let asked = try askedImages(of: reference, arguments)
    let answers = try predictions(of: asked)
    let evaluation = answers.evaluation
    guard evaluation.total > 0 else {
      throw RunProblem.classesToCome(run: reference.name)
    }
    let report = ClassificationReport(evaluation)
    let judged = answers.judged
    let isSure = asked.model.givesProbabilities
    let calibration = isSure ? judged.calibration(bins: bins) : nil
    let rows = zip(report.classes, report.byClass).filter { $1.support > 0 }.map {
      label, figures in
      row([.integer(label), .text(asked.data.className(label))], figures)
    }
    let means = [
      row([.missing, "macro"], report.macro), row([.missing, "weighted"], report.weighted),
      row([.missing, "micro"], report.micro),
    ]
    var lines = [
      "\(reference.name): top-1 \(percentText(judged.accuracy(top: 1))), "
        + "top-5 \(percentText(judged.accuracy(top: 5))) of \(counted(answers.count, "image"))"
    ]
    if let calibration {
      lines.append(
        "calibration: ECE \(fixed(100 * calibration.expectedError, 2)), largest gap "
          + "\(fixed(100 * calibration.maximumError, 2)) points; Brier score "
          + "\(fixed(judged.brierScore ?? 0, 3)), negative log-likelihood "
          + fixed(judged.negativeLogLikelihood ?? 0, 3))
    }
    var warnings = asked.notes + presentNotes(on: reference)
    if !isSure { warnings.append(AnswerSheet.noProbabilities) }
    let silent = report.neverPredicted.filter { !report.withoutImages.contains($0) }
    if !silent.isEmpty {
      warnings.append(
        "\(listed(silent, "class", "classes")) never answered, so without a precision")
    }
    var output = CommandOutput(
      table: Table(
        [
          "class", "name", Table.Column("precision %", key: "precision"),
          Table.Column("recall %", key: "recall"), Table.Column("F1 %", key: "f1"), "images",
        ], rows: rows + means), warnings: warnings)
    output.lines = lines
    if let calibration { output.figure = .panels(diagram(calibration, reference.name)) }
    return output
  }
}

extension ShellContext {
  /// That a run in the middle of a task is judged as it is now, and where its last test is.
  fileprivate func presentNotes(on reference: ObjectReference) -> [String] {
    guard let run = try? state(of: reference).state, run.hasMovedOn else { return [] }
    return [
      "\(reference.name) is judged as it is now, in the middle of a task (\(place(of: run))); "
        + "'confusion \(reference.name)' shows the test after task \(run.history.evaluations.count)"
    ]
  }
}

private func row(
  _ name: [Table.Cell], _ figures: ClassificationReport.Rates
) -> [Table.Cell] {
  name + [
    .percent(figures.precision), .percent(figures.recall), .percent(figures.f1),
    .integer(figures.support),
  ]
}

/// How often the model is right where it is so sure, and how many images there are.
private func diagram(_ calibration: Calibration, _ name: String) -> Panels {
  let known = calibration.bins.filter { $0.count > 0 }
  let reliability = LineChart(
    title: "\(name): right as often as sure?", xLabel: "confidence %", yLabel: "right %",
    yRange: 0...100,
    series: [
      .init(
        name: "measured",
        points: known.map { .init(x: 100 * ($0.confidence ?? 0), y: 100 * ($0.accuracy ?? 0)) }),
      .init(name: "ideal", points: [.init(x: 0, y: 0), .init(x: 100, y: 100)]),
    ])
  let counts = BarChart(
    title: "images by confidence",
    labels: known.map { "\(fixed(100 * $0.lower, 0))–\(fixed(100 * $0.upper, 0)) %" },
    series: [.init(name: "images", values: known.map { Double($0.count) })], valueLabel: "images")
  return Panels(rows: [
    [
      .init(.lines(reliability), width: 560, height: 420),
      .init(.bars(counts), width: 480, height: 420),
    ]
  ])
}
