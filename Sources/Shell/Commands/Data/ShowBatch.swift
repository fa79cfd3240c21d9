import CommandLanguage
import Datasets
import PlainText
import Plotting
import Randomness
import Sessions

extension Command<ShellContext> {
  static var showBatch: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let count = Parameter.option("n", .integer(1...1024), default: 64, "How many images.")
    let task = Parameter.optional("task", .object(.task), "Only classes of this task.")
    let classes = Parameter.optional(
      "class", .classes, "Only these classes: 13, Stop, 0..7 or [13, 14].")
    let labels = Parameter.option(
      "labels", .flag, default: false, "Write each image's number below it.")
    let split = Parameter.split(default: .train)
    let seed = Parameter.optional(
      "seed", .seed, "Random seed of the choice (default: the session's).")
    return ShellCommand(
      "show batch", "Shows images drawn at random, class by class.", category: .data,
      effect: .looks,
      searchWords: ["imshow", "make_grid"],
      parameters: [data, count, task, classes, labels, split, seed]
        + PlotAppearance.options(of: .images), formats: .picture,
      examples: [
        Example("show batch signs", "64 training images."),
        Example("show batch signs n=16 task=T.2 labels=on > batch.png", "With names, in a file."),
      ], seeAlso: ["show image", "classes", "transform"],
      discussion: """
        Training images are shown after the transform's random parts and its equalization, if there \
        are any.
        """
    ) { context, arguments in
      let set = try context.data(arguments[data].name)
      let named = try arguments[classes].map { try context.classes($0, of: set, at: classes) }
      var wanted = named ?? Array(set.classNames.indices)
      if let task = arguments[task] {
        let allowed = try context.tasks(task.name).sequence.tasks[0]
        wanted = named == nil ? allowed : wanted.filter(allowed.contains)
      }
      let images = set[arguments[split]].indices(of: wanted)
      guard !images.isEmpty else { throw DataProblem.noImages }
      let seed = arguments[seed] ?? UInt64(bitPattern: Int64(context.session.settings.seed))
      var random = RandomStream(seed: seed).stream("show batch")
      let chosen = random.sample(arguments[count], from: images)
      let all = set[arguments[split]].labels
      var drawn = Array(
        zip(chosen, set.tiles(chosen, of: arguments[split], captions: false, random)))
      if arguments[labels] { drawn = drawn.map { ($0, $1.captioned("\($0)")) } }
      // Each image as it was drawn, in the order of the classes.
      let blocks = Dictionary(grouping: drawn) { all[$0.0] }.sorted { $0.key < $1.key }
      let rows = chosen.map { index -> [Table.Cell] in
        let label = set[arguments[split]].labels[index]
        return [.integer(index), .integer(label), .text(set.classNames[label])]
      }
      let of = arguments[split]
      return CommandOutput(
        "\(of.images(chosen.count)) of \(grouped(images.count))",
        table: Table([.image(of: of), "class", "name"], rows: rows),
        figure: .images(
          ImageGrid(
            title: "\(counted(chosen.count, "image")) of \(arguments[data].name), "
              + arguments[split].rawValue,
            key: arguments[labels] ? "below each image: its number" : nil,
            tiles: blocks.flatMap { $0.value.map(\.1) },
            blocks: blocks.map { .init(name: set.numberedName($0.key), count: $0.value.count) },
            perRow: 12)))
    }
  }
}
