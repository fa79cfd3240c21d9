import CommandLanguage

/// What `show` takes of a table.
struct TableParameters {
  enum Order: String, CaseIterable, Sendable {
    case rising
    case falling
  }

  let condition = Parameter.optional(
    "where", .condition, "Of a table, the rows that meet this: memory > 50 and strategy == kd.")
  let sort: Parameter<String?>
  let order = Parameter.option(
    "order", .choice(of: Order.self), default: .rising, "With sort=, which way.")
  let columns: Parameter<[String]?>
  let count = Parameter.optional("n", .integer(1...100_000), "Of a table, so many rows.")

  /// - Parameter table: The parameter that names the table.
  init(of table: Parameter<ObjectReference>) {
    sort = .optional(
      "sort", .column(of: table), "Of a table, by this column; sort=-memory from the largest on.")
    columns = .optional("columns", .list(of: .column(of: table)), "Of a table, these columns.")
  }

  var all: [any AnyParameter] { [condition, sort, order, columns, count] }
}
