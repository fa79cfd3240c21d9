import CommandLanguage
import Datasets
import Inspection
import Metrics

extension Command<ShellContext> {
  static var exportPredictions: ShellCommand {
    let of = Parameter.positional("of", .choice(["of"]), "The word 'of'.")
    let model = Parameter.positional(
      "model", .object(.run, .checkpoint, .network), "A run, a checkpoint or a network.")
    return ShellCommand(
      "export predictions", "Writes what a model answers to every image, for other programs.",
      category: .models, effect: .changes, searchWords: ["predict_proba", "logits"],
      parameters: [of, model, ModelImages.tasks, ModelImages.split, HeadChoice.parameter],
      formats: ["csv", "npz"],
      examples: [
        Example("export predictions of kd > p.csv", "A row for each test image."),
        Example("export predictions of kd@1 on=T.1 > p.npz", "numpy.load('p.npz')['logits']."),
      ],
      seeAlso: ["predict", "show mistakes", "export features"],
      discussion: """
        Columns of the CSV: image, track, label, prediction, probability, then a logit for every output, \
        named by its class. Arrays of the npz: images, tracks, labels and predictions [N]; \
        probabilities and logits [N, outputs]; classes [outputs], -1 where an output stands for no \
        class or for several.
        """
    ) { context, arguments in
      guard let target = arguments.output else {
        throw FileProblem.noTarget(
          command: "export predictions of \(arguments[model].name) > FILE.csv")
      }
      let asked = try context.askedImages(of: arguments[model], arguments)
      let answers = try context.predictions(of: asked)
      let set = asked.data[asked.split]
      var output = CommandOutput(warnings: asked.notes)
      guard (arguments.format ?? target.ending) == "npz" else {
        output.table = table(of: answers, set)
        return output
      }
      output.file = { path in
        try write(answers, set, to: path)
        return [path]
      }
      return output
    }
  }
}

private func table(of answers: Predictions, _ set: ImageSet) -> Table {
  let outputs = answers.classes.enumerated().map { output, classes in
    Table.Column(
      classes.isEmpty
        ? "output_\(output)" : "logit_" + classes.map(String.init).joined(separator: "_"))
  }
  let rows = (0..<answers.count).map { position -> [Table.Cell] in
    let answer = answers[position]
    let row: [Table.Cell] = [
      .integer(answer.image), set.tracks.isEmpty ? .missing : .integer(set.tracks[answer.image]),
      answer.label.map { .integer($0) } ?? .missing, answer.answer.map { .integer($0) } ?? .missing,
      .number(answer.probability, decimals: 6),
    ]
    return row + answers.scores(at: position).map { .number(Double($0), decimals: 6) }
  }
  return Table(["image", "track", "label", "prediction", "probability"] + outputs, rows: rows)
}

private func write(_ answers: Predictions, _ set: ImageSet, to path: String) throws {
  let shape = [answers.count, answers.classes.count]
  let single = (0..<answers.count).map { answers[$0] }
  var writer = try NPZWriter(path)
  try writer.add("images", answers.images)
  if !set.tracks.isEmpty { try writer.add("tracks", answers.images.map { set.tracks[$0] }) }
  try writer.add("labels", single.map { $0.label ?? -1 })
  try writer.add("predictions", single.map { $0.answer ?? -1 })
  try writer.add("classes", answers.classes.map { $0.count == 1 ? $0[0] : -1 })
  try writer.add(
    "probabilities",
    (0..<answers.count).flatMap { answers.probabilities(at: $0).map { Float($0) } }, shape: shape)
  try writer.add("logits", answers.scores, shape: shape)
  try writer.finish()
}
