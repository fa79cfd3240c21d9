import CommandLanguage
import Datasets
import Inspection
import Networks
import PlainText
import Plotting
import Randomness

extension Command<ShellContext> {
  static var showRobustness: ShellCommand {
    let model = Parameter.positional(
      "model", .object(.run, .checkpoint, .network), "A run, a checkpoint or a network.")
    let subject = Parameter.words(
      "images",
      "A data set and the number of an image in a split of it: signs 17, or the number alone; several "
        + "for one way of spoiling; or image files.", shape: .path)
    let (split, tasks) = (ModelImages.numberedSplit, ModelImages.outputs)
    return ShellCommand(
      "show robustness", "Shows an image spoiled more and more, and what a model answers.",
      category: .strategies, effect: .looks, searchWords: ["adversarial"],
      parameters: [model, subject] + SpoilParameters.all + [split, tasks, HeadChoice.parameter]
        + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example(
          "show robustness kd signs 425 rotate=0..60", "One image, turned further and further."),
        Example(
          "show robustness kd signs [425, 515] darkness=0..90 > dusk.png", "Two, as at dusk."),
        Example(
          "show robustness kd signs 425 fgsm=0..12 > attack.png",
          "Against the network's own gradient."),
        Example(
          "show robustness kd signs 425 corruptions=all > seven.png",
          "A row for each of the seven corruptions."),
      ],
      seeAlso: ["plot robustness", "predict", "corrupt"],
      discussion: """
        Below each image stand its strength, the class that is answered and how probable the model calls \
        it. A wrong answer has an arrow before it. fgsm is the fast gradient sign method (Goodfellow et \
        al. 2015): every value is changed by the same small amount, in the direction in which the loss \
        of the true class grows.
        """
    ) { context, arguments in
      let reference = arguments[model]
      let ladders = try SpoilLadder.asked(arguments)
      let given = try arguments[tasks].map { try context.tasks($0.name) }
      let (model, learnedOn) = try context.model(reference, on: given, head: arguments.head)
      let chosen = try context.subject(
        arguments[subject], arguments[split], learnedOn: learnedOn, at: subject, arguments)
      guard ladders.count == 1 || chosen.images.count == 1 else {
        throw RobustnessProblem.severalImages(count: chosen.images.count)
      }
      // A row for each image, or for each way of spoiling the only one.
      let rows = chosen.images.enumerated().flatMap { position, image in
        ladders.map {
          SpoiledRow(
            image: image, split: chosen.split, file: chosen.files?[position], ladder: $0)
        }
      }
      if ladders[0].isAttack, let obstacle = model.gradientObstacle {
        throw ModelProblem.noGradient(obstacle, name: reference.name, parameter: "model")
      }
      let answered = try rows.map { row in
        let data: DataSet
        switch row.ladder.way {
        case .corruptions(let steps):
          data = chosen.data.spoiled(
            row.image, of: chosen.split, by: steps, on: context.training.device.pool)
        case .attack:
          let signs = try context.signs(
            of: model, chosen.data, split: chosen.split, images: [row.image],
            isLabelled: chosen.files == nil)
          data = signs.attacked(0, by: row.ladder.strengths)
        }
        let answers = try context.predictions(
          of: model, data, split: .test, images: Array(row.ladder.strengths.indices),
          isLabelled: chosen.files == nil)
        return (row: row, data: data, answers: answers)
      }
      var notes = context.classNamesNote(model, learnedOn: learnedOn, given: chosen.data)
      notes += chosen.photographNotes
      if !model.givesProbabilities { notes.append(AnswerSheet.noProbabilities) }
      let isGraded = ladders[0].isGraded
      var output = CommandOutput(
        table: Table(
          [
            chosen.imageColumn, "corruption",
            Table.Column(isGraded ? "severity" : "strength", key: "strength"),
            "class", "name", Table.Column("percent", key: "probability_percent"), "answer",
            Table.Column("% of true class", key: "true_probability_percent", short: "true %"),
          ], rows: answered.flatMap { $0.row.cells($0.answers, chosen.data) }),
        warnings: notes,
        figure: .panels(
          Panels(rows: answered.map { [$0.row.strip($0.answers, $0.data, of: chosen.data)] })))
      output.lines = answered.map { $0.row.sentence($0.answers, chosen.data) }
      return output
    }
  }
}

/// One image, spoiled step by step.
private struct SpoiledRow {
  var image: Int
  var split: DataSet.Split
  /// Of a photograph.
  var file: String?
  var ladder: SpoilLadder

  private var name: String { file ?? split.image(image) }

  /// What the strengths measure, in a title.
  private var axis: String {
    ladder.isGraded
      ? "\(ladder.name), severity" : ladder.isAttack ? "fgsm, \(ladder.measure)" : ladder.measure
  }

  private func strength(_ step: Int) -> String { SpoilLadder.plain(ladder.strengths[step]) }

  /// From where on the answer is wrong.
  func sentence(_ answers: Predictions, _ data: DataSet) -> String {
    let first = answers[0]
    let truth = first.label.map { ": \(data.numberedName($0))" } ?? ""
    let begin = "\(name)\(truth), \(ladder.name)"
    guard first.label != nil else {
      let changed = (0..<answers.count).first { answers[$0].answer != first.answer }
      return changed.map { "\(begin): another answer from \(strength($0)) on" }
        ?? "\(begin): the same answer throughout"
    }
    let wrong = (0..<answers.count).filter { !answers[$0].isRight }
    switch wrong.count {
    case 0: return "\(begin): right throughout"
    case answers.count: return "\(begin): wrong throughout"
    default:
      return "\(begin): right \(answers.count - wrong.count) of \(answers.count) times, wrong at "
        + wrong.map(strength).joined(separator: ", ")
    }
  }

  func cells(_ answers: Predictions, _ data: DataSet) -> [[Table.Cell]] {
    (0..<answers.count).map { step in
      let answer = answers[step]
      return [
        file.map { .text($0) } ?? .integer(image), .text(ladder.name),
        .number(ladder.strengths[step], decimals: ladder.isGraded ? 0 : 2),
        answer.answer.map { .integer($0) } ?? .missing,
        .text(answer.answer.map(data.className) ?? "-"),
        .number(100 * answer.probability, decimals: 2),
        answer.label == nil ? .missing : .text(answer.isRight ? "right" : "wrong"),
        .percent(answer.ofTruth.map { 100 * $0 }),
      ]
    }
  }

  func strip(_ answers: Predictions, _ spoiled: DataSet, of data: DataSet) -> Panels.Panel {
    let tiles = spoiled.tiles(
      Array(0..<answers.count), of: .test, captions: false, plain: true, RandomStream(seed: 0))
    let captioned = tiles.enumerated().map { step, tile in
      let answer = answers[step]
      let mark = answer.isRight || answer.label == nil ? "" : "→ "
      let said = answer.answer.map { data.numberedName($0) } ?? "none"
      return tile.captioned(
        "\(strength(step)): \(fixed(100 * answer.probability, 0)) % \(mark)\(said)")
    }
    let truth = answers[0].label.map { ", \(data.numberedName($0))" } ?? ""
    let perRow = min(8, answers.count)
    let lines = (answers.count + perRow - 1) / perRow
    // As large as whole factors make them near 128 pixels, with room for captions of two lines.
    let side = spoiled.test.shape.width
    let factor = max(1, 128 / side)
    let tile = (side + 2) * factor
    return .init(
      .images(
        ImageGrid(title: "\(name)\(truth): \(axis)", tiles: captioned, perRow: perRow)),
      width: perRow * tile + 2 * factor + 2, height: 36 + lines * (tile + 32) + 2 * factor + 2)
  }
}
