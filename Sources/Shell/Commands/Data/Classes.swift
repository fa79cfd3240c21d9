import CommandLanguage
import Datasets
import Sessions

extension Command<ShellContext> {
  static var classes: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let split = Parameter.option(
      "split", .choice(of: DataSet.Split.self), default: .train,
      "The split that sort=count and top= look at.")
    let sort = Parameter.option(
      "sort", .choice(of: ClassSorting.self), default: .label, "The order of the rows.")
    let top = Parameter.optional("top", .integer(1...100_000), "How many rows, from the first.")
    return ShellCommand(
      "classes", "Counts the images of every class.", category: .data, effect: .looks,
      searchWords: ["value_counts"], parameters: [data, split, sort, top], formats: .table,
      examples: [
        Example("classes signs sort=count top=10", "The ten largest classes."),
        Example("classes signs > classes.csv", "All of them as a table."),
      ], seeAlso: ["plot classes", "tasks"]
    ) { context, arguments in
      let counts = try context.data(arguments[data].name).classCounts(
        orderedBy: arguments[sort].order(by: arguments[split]))
      let rows = counts.prefix(arguments[top] ?? counts.count).map { count -> [Table.Cell] in
        [.integer(count.label), .text(count.name), .integer(count.train), .integer(count.test)]
      }
      return CommandOutput(
        table: Table([Table.Column("class"), "name", "train", "test"], rows: rows))
    }
  }
}
