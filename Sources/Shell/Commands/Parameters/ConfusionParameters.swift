import CommandLanguage
import Datasets

/// What `confusion` and `plot confusion` are asked for.
enum ConfusionParameters {
  static let model = Parameter.positional(
    "run", .object(.run, .runs, .checkpoint, .network),
    "The run, a checkpoint of it, or a network; of runs of several seeds the sum.")
  static let task = Parameter.optional(
    "task", .integer(1...1000), "After which task (default: the last).")
  static let tasks = Parameter.optional(
    "on", .object(.task, .tasks, .data),
    "Classify the images of these classes now, rather than show the last test.")
  static let classes = Parameter.optional(
    "classes", .classes, "Only these classes: [1, 2, Stop] or 0..7.")
  static let measure = Parameter.optional(
    "by", .choice(of: ConfusionMeasure.self) { $0.summary },
    "What the cells are (default: counts in a table, shares in a picture).")
  static let order = Parameter.optional(
    "sort", .choice(of: ConfusionOrder.self) { $0.summary },
    "In which order the classes stand (default: as they were learned).")
  static let minus = Parameter.optional(
    "minus", .object(.run, .runs, .checkpoint, .network),
    "Another model, whose cells are subtracted: what differs between the two.")

  static let all: [any AnyParameter] = [
    model, task, tasks, classes, measure, order, minus, HeadChoice.parameter,
  ]
}
