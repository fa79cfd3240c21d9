import CommandLanguage
import Datasets
import PlainText
import Sessions

extension Command<ShellContext> {
  static var tasks: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set to divide.")
    let size = Parameter.option(
      "size", .integer(1...1000), default: 8, "Classes of a task.",
      searchWords: ["classes_per_task", "increment", "step"])
    let sizes = Parameter.optional(
      "sizes", ValueKind.integers(1...1000), "Classes of each task, one by one, instead of size.")
    let all = Parameter.option(
      "all", .flag, default: false, "A last, smaller task of the classes that are left over.")
    let scenario = Parameter.option(
      "scenario",
      .choice(of: Scenario.self) { scenario in
        switch scenario {
        case .classIncremental: "an output for every class, all compete"
        case .taskIncremental: "the task of an image is told: only its outputs compete"
        case .domainIncremental: "all tasks share their outputs: the n-th class of each is output n"
        }
      }, default: .classIncremental,
      "What a classifier is told and which outputs it has (van de Ven and Tolias 2019).")
    let outputs = Parameter.option(
      "outputs",
      ValueKind.choice([
        .init("so-far", "those of the classes so far"),
        .init("all", "those of all classes from the first task on"),
      ]), default: "so-far", "The outputs that a network has while a task is learned.")
    let count = Parameter.optional(
      "count", .integer(1...1000), "How many tasks (default: as many as there are classes for).",
      searchWords: ["n_tasks", "num_tasks", "n_experiences"])
    let order = Parameter.option(
      "order",
      ValueKind.choice([.init("natural", "0, 1, 2, …"), .init("shuffled", "at random, by seed")])
        .map { $0 == "natural" ? ClassOrder.natural : .shuffled }
        .or(ValueKind.integers(0...100_000).map { .listed($0) }),
      default: .natural, "How the classes are dealt out: a word or a list of classes.")
    let seed = Parameter.optional(
      "seed", .seed, "Random seed of order=shuffled (default: the session's).")
    return ShellCommand(
      "tasks", "Divides the classes into tasks that are taught one after the other.",
      category: .data, effect: .changes, searchWords: ["experiences"],
      parameters: [data, size, sizes, count, all, order, seed, scenario, outputs], result: .tasks,
      formats: .table,
      examples: [
        Example(
          "tasks signs size=8 count=5 as T", "Five tasks of eight classes; T.1 is the first."),
        Example("tasks signs size=4 order=shuffled seed=1 as S", "In random order."),
        Example("tasks signs sizes=[20, 4, 4] as U", "A large first task, then small ones."),
        Example("tasks signs size=8 all=on as A", "All 43 classes: the last task has three."),
        Example("tasks signs size=8 scenario=domain as D", "Five times the same eight outputs."),
      ], seeAlso: ["run", "classes"],
      discussion: """
        With 'outputs=so-far' a network gets the outputs of a task when the task begins. With \
        'outputs=all' it has those of all classes from the start: the classes to come compete in \
        training before there is an image of them, and are pushed down. Published results differ in \
        this; van de Ven and others (2022) and most replay programs have all. Images are classified \
        among the classes so far in either case.
        """
    ) { context, arguments in
      let name = arguments[data].name
      let set = try context.data(name)
      let chosen: TaskSequence.Order =
        switch arguments[order] {
        case .natural: .natural
        case .shuffled:
          .shuffled(
            seed: arguments[seed].map { Int(truncatingIfNeeded: $0) }
              ?? context.session.settings.seed)
        case .listed(let classes): .listed(classes)
        }
      let sequence = try sequence(
        of: arguments[size], sizes: arguments[sizes], count: arguments[count],
        all: arguments[all], order: chosen, scenario: arguments[scenario],
        classCount: set.classNames.count
      ).withAllOutputs(arguments[outputs] == "all")
      let result = arguments.resultName ?? "tasks"
      context.session.set(result, to: .tasks(Tasks(sequence, of: name)))
      return CommandOutput(
        context.described(result), table: context.table(of: sequence, set, named: result),
        warnings: notes(
          of: sequence, set, named: result,
          mayTakeAll: arguments[count] == nil && !arguments[all]
            && arguments[order].isOfAllClasses))
    }
  }
}

/// The tasks that `tasks` is asked for.
///
/// - Parameter all: Whether classes that are left over make up a last task.
private func sequence(
  of size: Int, sizes: [Int]?, count: Int?, all: Bool, order: TaskSequence.Order,
  scenario: Scenario, classCount: Int
) throws -> TaskSequence {
  if let sizes, let count, count != sizes.count {
    throw DataProblem.sizesDiffer(sizes: sizes.count, count: count)
  }
  var available = classCount
  if case .listed(let classes) = order { available = classes.count }
  if let sizes {
    let rest = available - sizes.reduce(0, +)
    return try .groups(
      sizes: all && rest > 0 ? sizes + [rest] : sizes, order: order, scenario: scenario,
      classCount: classCount)
  }
  let (full, rest) = available.quotientAndRemainder(dividingBy: size)
  guard all, rest > 0, count == nil else {
    return try .groups(
      of: size, count: count, order: order, scenario: scenario, classCount: classCount)
  }
  return try .groups(
    sizes: Array(repeating: size, count: full) + [rest], order: order, scenario: scenario,
    classCount: classCount)
}

/// What `order=` says.
enum ClassOrder: Hashable, Sendable {
  case natural
  case shuffled
  case listed([Int])

  var isOfAllClasses: Bool {
    if case .listed = self { false } else { true }
  }
}

/// What the tasks leave out, and which of them lack images.
///
/// - Parameter mayTakeAll: Whether `all=on` would make a task of the classes that are left over.
private func notes(
  of sequence: TaskSequence, _ data: DataSet, named name: String, mayTakeAll: Bool
) -> [String] {
  let dealt = Set(sequence.tasks.flatMap(\.self))
  let left = data.classNames.indices.filter { !dealt.contains($0) }
  var notes: [String] = []
  if !left.isEmpty {
    notes.append(
      "note: \(listed(left, "class", "classes")) \(left.count == 1 ? "belongs" : "belong") to no task"
        + (mayTakeAll ? "; all=on makes a last task of what is left over" : ""))
  }
  for (split, kind) in [(data.train, "training"), (data.test, "test")] {
    let present = Set(split.labels)
    let bare = sequence.tasks.indices.filter { present.isDisjoint(with: sequence.tasks[$0]) }
    guard !bare.isEmpty else { continue }
    notes.append(
      "note: \(listed(bare.map { $0 + 1 }, "task")) of \(name) without \(kind) images"
        + (kind == "test" ? ": - in all figures, and in no mean" : ""))
  }
  return notes
}
