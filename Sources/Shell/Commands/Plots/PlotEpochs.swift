import CommandLanguage
import Learning
import Metrics
import PlainText
import Plotting
import Sessions

extension Command<ShellContext> {
  static var plotEpochs: ShellCommand {
    let runs = Parameter.positional(
      "runs", .list(of: .object(.run, .runs)),
      "The runs: kd or [kd, ft]; those of several seeds one by one.")
    return ShellCommand(
      "plot epochs",
      "Draws runs epoch by epoch: training and test accuracy, loss, learning rate, gradient norm.",
      category: .plots, effect: .looks, searchWords: ["learning curve"],
      parameters: [runs] + PlotAppearance.options(of: .panels),
      formats: .tableAndPicture,
      examples: [
        Example("plot epochs [kd, ft] > epochs.png", "Two runs beside each other."),
        Example("plot epochs kd > epochs.csv", "The same in numbers."),
      ],
      seeAlso: ["plot loss", "plot accuracy", "watch", "step"],
      discussion: """
        Epochs are counted through all tasks; lines through the picture say where a task begins. \
        Training accuracy judges each batch before its step. All test images are classified at the end \
        of each task only: these are single points. For test accuracy after every epoch, watch a run \
        before it learns: 'watch kd every=epoch'. The gradient norm is the mean over the epoch's \
        batches of the gradient's length (L2) over all parameters, before the optimizer. The learning \
        rate is that of the epoch's last batch.
        """
    ) { context, arguments in
      let references = arguments[runs].flatMap { context.members(of: $0) }
      let courses = try references.map { reference in
        let object = try context.run(reference.name)
        guard !object.run.history.epochs.isEmpty else {
          throw RunProblem.noEpoch(run: reference.name)
        }
        return EpochCourse(reference.name, object, try? context.data(object.data))
      }
      let names = references.map(\.name)
      let charts = charts(
        of: courses, titled: arguments[PlotAppearance.title], context.styles(of: names))
      var table = EpochCourse.table(courses)
      if courses.allSatisfy({ $0.watchedImages == nil }) {
        table = table.without("watched_accuracy")
      }
      table = table.telling(try names.map { ($0, try context.run($0).run) })
      return .picture(
        table: table,
        warnings: courses.flatMap(\.notes) + borderNotes(courses) + context.staleNotes(names),
        figure: .panels(
          Panels(rows: charts.map { [.init(.lines($0), width: 960, height: 330)] })))
    }
  }
}

/// Those of which there is something to draw.
private func charts(
  of courses: [EpochCourse], titled title: String?, _ styles: [Int]
) -> [LineChart] {
  let training = courses.map { $0.curve("\($0.name), training") { $0.record.accuracyIfAny } }
  let watched = courses.enumerated().compactMap { index, course in
    course.watchedImages.map {
      course.curve("\(course.name), \(counted($0, "test image"))", partner: index) { $0.watched }
    }
  }
  let tested = courses.enumerated().map { index, course in
    course.points("\(course.name), all test images", partner: index) { $0.test?.accuracy }
  }
  func chart(_ label: String, _ value: @escaping (EpochRecord) -> Double?) -> LineChart {
    LineChart(
      xLabel: "Epoch", yLabel: label,
      series: courses.map { course in course.curve(course.name) { value($0.record) } })
  }
  let sources = watched.isEmpty ? "" : "; watched test images after each epoch"
  var charts = [
    LineChart(
      title: title ?? "Training accuracy by epoch\(sources); all test images at task ends",
      xLabel: "Epoch", yLabel: "Accuracy (%)", yRange: 0...100, series: training + watched + tested),
    chart("Training loss") { $0.lossIfAny },
    chart("Learning rate") { $0.descent.map { Double($0.lastRate) } },
    chart("Gradient norm (mean)") { $0.descent?.gradientNorm },
  ]
  let borders = courses.map { Set($0.borders) }
  for index in charts.indices {
    for (course, style) in styles.enumerated() { charts[index].series[course].style = style }
    let top = charts[index].series.flatMap { $0.points.map(\.y).filter(\.isFinite) }.max()
    if index > 0, let top, top > 0 { charts[index].yRange = 0...top * 1.15 }
    charts[index].borders = courses[0].borders.filter { border in
      borders.allSatisfy { $0.contains(border) }
    }
  }
  return LineChart.aligned(
    charts.filter { chart in chart.series.contains { $0.points.contains { $0.y.isFinite } } })
}

/// That tasks of several runs end elsewhere, so that no line can stand for all.
private func borderNotes(_ courses: [EpochCourse]) -> [String] {
  guard Set(courses.map(\.borders)).count > 1 else { return [] }
  return ["the runs' tasks begin after different epochs: only borders that all have are drawn"]
}
