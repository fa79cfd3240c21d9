import CommandLanguage
import Datasets
import Plotting

extension Command<ShellContext> {
  static var plotClasses: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let sort = Parameter.option(
      "sort", .choice(of: ClassSorting.self), default: .count, "The order of the bars.")
    return ShellCommand(
      "plot classes", "Draws how many images each class has.", category: .plots, effect: .looks,
      searchWords: ["countplot"], parameters: [data, sort] + PlotAppearance.options(of: .bars),
      formats: .picture,
      examples: [Example("plot classes signs > classes.png", "Training and test images.")],
      seeAlso: ["classes"]
    ) { context, arguments in
      let counts = try context.data(arguments[data].name).classCounts(
        orderedBy: arguments[sort].order())
      return .picture(
        table: Table(
          ["class", "name", "train", "test"],
          rows: counts.map {
            [.integer($0.label), .text($0.name), .integer($0.train), .integer($0.test)]
          }),
        figure: .bars(
          BarChart(
            title: "Images per class", labels: counts.map { "\($0.label) \($0.name)" },
            series: [
              .init(name: "train", values: counts.map { Double($0.train) }),
              .init(name: "test", values: counts.map { Double($0.test) }),
            ], valueLabel: "images")))
    }
  }
}
