import CommandLanguage
import Datasets
import Inspection
import PlainText
import Plotting
import Randomness

extension Command<ShellContext> {
  static var showMistakes: ShellCommand {
    let model = Parameter.positional(
      "model", .object(.run, .checkpoint, .network), "A run, a checkpoint or a network.")
    let truth = Parameter.optional(
      "true", .classes, "Only images of these classes: 13, Stop, 0..7 or [13, 14].")
    let answer = Parameter.optional(
      "as", .classes, "Only images that were taken for these classes.")
    let order = Parameter.option(
      "sort", .choice(of: Predictions.MistakeOrder.self), default: .confidence,
      "The surest mistakes first, the widest margins, or the largest losses.")
    let count = Parameter.option("n", .integer(1...most), default: 16, "How many to show.")
    return ShellCommand(
      "show mistakes", "Shows the images that a model gets wrong.", category: .strategies,
      effect: .looks, searchWords: ["errors", "misclassified"],
      parameters: [
        model, ModelImages.tasks, truth, answer, order, count, ModelImages.split,
        HeadChoice.parameter,
      ] + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("show mistakes kd n=4", "The four that it was surest of."),
        Example("show mistakes kd on=T.1 sort=loss > lost.png", "Of task 1, in a file."),
        Example(
          "show mistakes kd true=17 as=Stop", "Signs of class 17 that were taken for a stop sign."),
      ],
      seeAlso: ["predict", "confusion", "compare mistakes"],
      discussion: """
        Below each image stand its number, what it is and what it was taken for. Numbers are those of \
        test images, as 'predict' takes them; 'show image' and 'relabel' need split=test. The margin is how far the answer's score lies above the true \
        class's; the loss is -log of the true class's probability.
        """
    ) { context, arguments in
      let asked = try context.askedImages(of: arguments[model], arguments)
      let answers = try context.predictions(of: asked)
      let truths = try arguments[truth].map { try context.classes($0, of: asked.data, at: truth) }
      let taken = try arguments[answer].map { try context.classes($0, of: asked.data, at: answer) }
      let found = answers.mistakes(true: truths, as: taken, by: arguments[order])
      let shown = Array(found.prefix(arguments[count]))
      let (data, split) = (asked.data, asked.split)
      let name = arguments[model].name
      func text(_ label: Int?) -> String { label.map(data.className) ?? "-" }
      let table = Table(
        [
          .image(of: split), "class", "name", Table.Column("taken for", key: "taken_for"),
          Table.Column("taken for name", key: "taken_for_name", short: "name"),
          Table.Column("percent", key: "probability_percent"), "margin", "loss",
        ],
        rows: shown.map { _, mistake in
          [
            .integer(mistake.image), mistake.label.map { .integer($0) } ?? .missing,
            .text(text(mistake.label)), mistake.answer.map { .integer($0) } ?? .missing,
            .text(text(mistake.answer)), .number(100 * mistake.probability, decimals: 2),
            mistake.margin.map { .number($0, decimals: 2) } ?? .missing,
            mistake.loss.map { .number($0, decimals: 3) } ?? .missing,
          ]
        })
      var tiles = data.tiles(
        shown.map(\.prediction.image), of: split, captions: false, plain: true,
        RandomStream(seed: 0))
      for (index, (_, mistake)) in shown.enumerated() {
        tiles[index] = tiles[index].captioned(
          "\(mistake.image): \(mistake.label.map(String.init) ?? "?") → "
            + "\(mistake.answer.map(String.init) ?? "?"), \(fixed(100 * mistake.probability, 0)) %")
      }
      let wrong = (0..<answers.count).count { !answers[$0].isRight }
      var output = CommandOutput(
        "\(name): \(grouped(wrong)) of \(split.images(answers.count)) wrong"
          + (found.count == wrong ? "" : ", \(grouped(found.count)) of them as asked"),
        table: table,
        warnings: asked.notes + unlearned(truths, taken, asked, arguments[model].name))
      if let first = shown.first?.prediction.image {
        output.figure = .images(
          ImageGrid(
            title: "Mistakes of \(name): \(grouped(shown.count)) of \(grouped(found.count))",
            key: "below each image: its number: its class → what it was taken for, how surely",
            tiles: tiles))
        output.notes.insert(
          "the numbers are those of \(split.adjective) images: 'show image \(asked.dataName) \(first) "
            + "split=\(split.rawValue)' shows one", at: 0)
      }
      if shown.count < found.count {
        output.notes.insert(
          "\(grouped(found.count - shown.count)) more: "
            + (found.count <= most
              ? "n=\(found.count) shows all"
              : "n= shows up to \(grouped(most)), 'export predictions' writes all"),
          at: 0)
      }
      return output
    }
  }
}

/// What cannot be found because a class was not learned, or is none of those asked about.
private func unlearned(
  _ truths: [Int]?, _ answers: [Int]?, _ asked: ModelImages.Asked, _ name: String
) -> [String] {
  let known = Set(asked.model.tasks.tasks.joined())
  let present = Set(asked.images.map { asked.data[asked.split].labels[$0] })
  func list(_ labels: [Int]) -> String {
    labels.map { "class \(asked.data.numberedName($0))" }.abridged(to: 4)
  }
  var notes: [String] = []
  let strange = (truths ?? []).filter { !present.contains($0) && !known.contains($0) }
  let absent = (truths ?? []).filter { !present.contains($0) && known.contains($0) }
  if !strange.isEmpty {
    notes.append(
      "'\(name)' has not learned \(list(strange)): without on= only classes that it has learned are "
        + "looked at")
  }
  if !absent.isEmpty { notes.append("no image of \(list(absent)) is among those looked at") }
  let unanswered = (answers ?? []).filter { !known.contains($0) }
  if !unanswered.isEmpty {
    notes.append("'\(name)' has not learned \(list(unanswered)): it never answers so")
  }
  return notes
}

/// How many images are looked at side by side.
private let most = 1024
