import CommandLanguage
import Datasets
import Inspection
import Metrics
import PlainText
import Plotting

extension Command<ShellContext> {
  static var plotRobustness: ShellCommand {
    let models = Parameter.positional(
      "models", .list(of: .object(.run, .runs, .checkpoint, .network), count: 1...12),
      "A run, a checkpoint or a network, or several: [ft, kd].")
    return ShellCommand(
      "plot robustness", "Draws how accuracy falls when the test images are spoiled.",
      category: .plots, effect: .looks, searchWords: ["corruption", "perturbation"],
      parameters: [models] + SpoilParameters.all + [
        ModelImages.tasks, ModelImages.split, HeadChoice.parameter,
      ] + PlotAppearance.options(of: .curvesOfSeeds),
      formats: .tableAndPicture,
      examples: [
        Example(
          "plot robustness [ft, kd] rotate=0..30 > turned.png", "Turned by up to 30 degrees."),
        Example(
          "plot robustness kd darkness=0..90 on=T.1 > dark.png", "Images of task 1, as at dusk."),
        Example(
          "plot robustness kd corruptions=all > corruptions.png",
          "The seven common corruptions at five severities."),
        Example("plot robustness kd noise=[0, 5, 10, 20] > noise.csv", "In numbers."),
      ],
      seeAlso: ["show robustness", "corrupt", "evaluate"],
      discussion: """
        The network stays as it is; only test images change, the same way for every model and on \
        every machine. A single curve takes as many tests as it has points. The seven corruptions are \
        those of the corrupted GTSRB test sets that papers use, with the strengths of CIFAR-10-C for \
        images of 32 × 32 (Hendrycks and Dietterich 2019); their mean is the mean over all severities. \
        fgsm alone is made for each model by itself: one step along the sign of its own gradient \
        (Goodfellow et al. 2015).
        """
    ) { context, arguments in
      let ladders = try SpoilLadder.asked(arguments)
      let curves: [any AnyParameter] = [
        PlotAppearance.xLimits, PlotAppearance.yLimits, PlotAppearance.xLabel,
        PlotAppearance.yLabel, PlotAppearance.errors,
      ]
      if ladders[0].isGraded, let option = curves.first(where: { arguments.isGiven($0) }) {
        throw arguments.failure(
          at: option, "corruptions= draws bars and maps: \(option.name)= is for curves")
      }
      let asked = try context.spoiledModels(arguments[models], arguments)
      let accuracies = try context.accuracies(of: asked, under: ladders)
      let sheet = RobustnessSheet(
        names: asked.map(\.name), ladders: ladders, accuracies: accuracies,
        styles: context.styles(of: asked.map(\.name)))
      var output = CommandOutput(
        table: sheet.table,
        warnings: Set(asked.flatMap(\.members).flatMap(\.notes)).sorted(),
        figure: sheet.figure(title: arguments[PlotAppearance.title]), record: sheet.record)
      output.lines = sheet.lines
      output.tablesOfForms["csv"] = sheet.rows
      return output
    }
  }
}
