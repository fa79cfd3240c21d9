import CommandLanguage
import Learning
import Metrics
import Plotting

extension Command<ShellContext> {
  static var plotConfusion: ShellCommand {
    let names = Parameter.optional(
      "names", .flag,
      "Names of the classes at both axes, or numbers alone (default: names at the rows).")
    return ShellCommand(
      "plot confusion", "Draws which classes are mistaken for which, in percent of each class.",
      category: .plots, effect: .looks,
      parameters: ConfusionParameters.all + [names] + PlotAppearance.options(of: .cells),
      formats: .picture,
      examples: [
        Example("plot confusion kd > confusion.png", "Row: true class."),
        Example("plot confusion kd sort=similar > confused.png", "Confused classes together."),
        Example("plot confusion kd names=on > names.png", "Every class by its name."),
        Example(
          "plot confusion kd sort=task > tasks.png", "Beside it which task's classes are answered."),
        Example("plot confusion kd minus=ft > kd-ft.png", "Blue: more in kd; red: more in ft."),
      ],
      seeAlso: ["confusion"],
      discussion: """
        Lines separate the tasks. White is zero. sort=similar orders the classes by average linkage over how often they \
        are taken for each other.
        """
    ) { context, arguments in
      let sheet = try context.confusionSheet(
        arguments, by: arguments[ConfusionParameters.measure] ?? .share, withAnswers: false)
      return .picture(
        table: sheet.list(top: 20), warnings: context.confusionNotes(sheet, arguments),
        figure: sheet.figure(title: arguments[PlotAppearance.title], names: arguments[names]))
    }
  }
}
