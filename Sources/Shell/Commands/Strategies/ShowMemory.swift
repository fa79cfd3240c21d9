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
      "labels", .flag, default: false, "Write each image's number and class below it.")
    return ShellCommand(
      "show memory", "Shows the exemplars that a run keeps.", category: .strategies, effect: .looks,
      searchWords: ["buffer"], parameters: [run, classes, count, labels],
      formats: .table + [String].picture.filter { $0 != "html" },
      examples: [
        Example("show memory kd", "How many of each class, as pictures and numbers."),
        Example("show memory kd@1 n=5 labels=on", "Five of each class as they were after task 1."),
      ],
      seeAlso: ["run", "status", "show image", "export memory"],
      discussion: """
        Exemplars stand in the order in which the strategy chose them; with herding the first lie \
        nearest to the mean of their class. Their numbers are positions in the training split, for \
        'show image' and 'predict … split=train'. Those of two checkpoints side by side show which \
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
        let captions = shown.flatMap { exemplars in
          exemplars.images.map { "\($0): \(data.numberedName(exemplars.label))" }
        }
        tiles = zip(tiles, captions).map { $0.captioned($1) }
      }
      let whole = Table(["class", "name", "exemplars", "images"], rows: rows)
      var output = CommandOutput(
        counted(kept.reduce(0) { $0 + $1.images.count }, "exemplar"),
        table: Table(Array(whole.columns.dropLast()), rows: rows),
        figure: .images(.init(tiles: tiles, perRow: arguments[labels] ? 8 : 20)))
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
    let name = reference.name
    let (run, state) = try state(of: reference)
    let memory = state.learner.memory
    guard !memory.isEmpty else {
      throw state.keepsExemplars && !state.isFinished
        ? RunProblem.keepsNoImagesYet(run: name) : .keepsNoImages(run: name)
    }
    let data = try data(run.data)
    if let misfit = TrainingObjection.misfit(of: state, with: data) { throw misfit.failure(name) }
    return (memory.classes, data)
  }
}
