import CommandLanguage
import Datasets
import Experiments
import Learning
import PlainText
import Plotting
import Sessions

extension Command<ShellContext> {
  static var showMemory: ShellCommand {
    let run = Parameter.positional(
      "run", .object(.run, .checkpoint), "The run, or a checkpoint of it: kd@2.")
    let classes = Parameter.optional(
      "class", .classes, "Only exemplars of these classes: 13, Stop, 0..7 or [13, 14].")
    let count = Parameter.optional(
      "n", .integer(1...100_000), "At most so many of each class, those chosen first.")
    let labels = Parameter.option(
      "labels", .flag, default: false, "Write each image's number below it.")
    return ShellCommand(
      "show memory", "Shows the exemplars that a run keeps.", category: .strategies, effect: .looks,
      searchWords: ["buffer"],
      parameters: [run, classes, count, labels] + PlotAppearance.options(of: .images),
      formats: .table + [String].picture.filter { $0 != "html" },
      examples: [
        Example("show memory kd", "How many of each class, as pictures and numbers."),
        Example("show memory kd@1 n=5 labels=on", "Five of each class as they were after task 1."),
      ],
      seeAlso: ["run", "status", "show image", "export memory"],
      discussion: """
        Exemplars stand in the order in which the strategy chose them; with herding the first lie \
        nearest to the mean of their class. Their numbers are those of training images, for 'show \
        image' and 'predict … split=train'. Those of two checkpoints side by side show which \
        were dropped.
        """
    ) { context, arguments in
      let (all, data) = try context.memory(of: arguments[run])
      let wanted = try arguments[classes].map {
        Set(try context.classes($0, of: data, at: classes))
      }
      let kept = all.filter { wanted?.contains($0.label) ?? true }
      guard !kept.isEmpty else { throw DataProblem.noImages }
      let shown = kept.map {
        (label: $0.label, images: Array($0.images.prefix(arguments[count] ?? .max)))
      }
      let rows = zip(kept, shown).map { exemplars, shown -> [Table.Cell] in
        [
          .integer(exemplars.label), .text(data.classNames[exemplars.label]),
          .integer(exemplars.images.count),
          .text(shown.images.map(String.init).joined(separator: " ")),
        ]
      }
      var tiles = data.plainTiles(shown.flatMap(\.images))
      if arguments[labels] {
        tiles = zip(tiles, shown.flatMap(\.images)).map { $0.captioned("\($1)") }
      }
      let whole = Table(
        ["class", "name", "exemplars", Table.Column("training images", key: "images")], rows: rows)
      let count = kept.reduce(0) { $0 + $1.images.count }
      let shownCount = shown.reduce(0) { $0 + $1.images.count }
      var output = CommandOutput(
        (shownCount < count ? "\(grouped(shownCount)) of " : "") + counted(count, "exemplar"),
        table: Table(Array(whole.columns.dropLast()), rows: rows),
        figure: .images(
          ImageGrid(
            title: "Exemplars of \(arguments[run].name)",
            key: arguments[labels] ? "below each image: its number in the training split" : nil,
            tiles: tiles,
            blocks: shown.map { exemplars in
              .init(
                name: "\(data.numberedName(exemplars.label)): "
                  + counted(exemplars.images.count, "image"),
                count: exemplars.images.count)
            }, perRow: arguments[labels] ? 10 : 20)))
      for form in ["csv", "md", "json"] { output.tablesOfForms[form] = whole }
      return output
    }
  }
}

extension ShellContext {
  /// What a run keeps, class by class, and the data set that it is of.
  ///
  /// - Throws: `RunProblem` if it keeps nothing.
  func memory(
    of reference: ObjectReference
  ) throws -> (kept: [Memory.Exemplars], data: DataSet) {
    let (run, state) = try state(of: reference)
    let data = try data(run.data)
    return (try memory(of: state, reference.name, data).classes, data)
  }

  /// - Throws: `RunProblem` if it keeps nothing.
  func memory(of run: Run, _ name: String, _ data: DataSet) throws -> Memory {
    let memory = run.learner.memory
    guard !memory.isEmpty else {
      throw run.keepsExemplars && !run.isFinished
        ? RunProblem.keepsNoImagesYet(run: name) : .keepsNoImages(run: name)
    }
    if let misfit = TrainingObjection.misfit(of: run, with: data) { throw misfit.failure(name) }
    return memory
  }
}
