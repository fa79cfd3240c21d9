import CommandLanguage
import Datasets
import Learning
import PlainText
import Plotting
import Randomness
import Sessions

extension Command<ShellContext> {
  static var showTransform: ShellCommand {
    let subject = Parameter.positional(
      "data", .object(.data, .run, .checkpoint),
      "A data set, or a run: its transform is the one that it began with.")
    let number = Parameter.positional(
      "number", .integer(0...Int.max), "The image's position in the split, from 0.")
    let count = Parameter.option(
      "n", .integer(1...32), default: 3,
      "How many times it is drawn, where the transform is random.")
    let splitOption = Parameter.numberedSplit
    let seed = Parameter.optional(
      "seed", .seed, "Random seed of the draws (default: the session's).")
    return ShellCommand(
      "show transform", "Shows an image before and after every step of the transform.",
      category: .data, effect: .looks, searchWords: ["augmentation", "Compose"],
      parameters: [subject, number, count, splitOption, seed] + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("show transform signs 17", "Each step of one training image, three times."),
        Example("show transform signs 17 n=6 seed=1 > steps.png", "Six other draws, in a file."),
        Example("show transform kd 17", "As the run's batches have it."),
      ], seeAlso: ["transform", "show batch", "show image"],
      discussion: """
        A row is one pass through the transform, as a training batch would have it; test images go \
        without the random steps. The last image is what the network gets: its darkest value is \
        drawn black and its lightest white, and the range stands below. A crop is its width and \
        height and where it begins; jitter is the turn, the size, and how far to the right and down.
        """
    ) { context, arguments in
      let subject = arguments[subject]
      var data: DataSet
      if subject.kind == .data {
        data = try context.data(subject.name)
      } else {
        let (run, state) = try context.state(of: subject)
        data = try context.data(run.data)
        data.transform = state.setup.transform
      }
      let (index, split) = (arguments[number], arguments[splitOption])
      guard index < data[split].count else {
        throw ModelProblem.noImage(
          index, split, count: data[split].count, parameter: number.name,
          other: data[split.other].count)
      }
      let seed = arguments[seed] ?? UInt64(bitPattern: Int64(context.session.settings.seed))
      let isTraining = split == .train
      let isRandom = isTraining && data.transform.isRandom
      let random = RandomStream(seed: seed).stream("show transform")
      let draws = (0..<(isRandom ? arguments[count] : 1)).map {
        data.stages(of: index, split: split, training: isTraining, random: random.stream($0))
      }
      let name = data.numberedName(data[split].labels[index])
      var line = "\(split.image(index)): \(name); "
      line += isRandom ? "\(counted(draws.count, "draw")) with seed=\(seed)" : "nothing is random"
      return CommandOutput(
        line, table: table(of: draws),
        notes: arguments.isGiven(splitOption)
          ? [] : data.numberNote(index, "show transform \(subject.name) \(index)"),
        figure: .images(
          ImageGrid(
            tiles: draws.enumerated().flatMap { draw, stages in
              stages.enumerated().map { place, stage in
                stage.tile(
                  place > 0
                    ? stage.caption : "image \(index)" + (isRandom ? ", draw \(draw + 1)" : ""))
              }
            }, perRow: draws[0].count)))
    }
  }
}

private func table(of draws: [[TransformStage]]) -> Table {
  let rows = draws.enumerated().flatMap { draw, stages in
    stages.map { stage -> [Table.Cell] in
      let range = stage.range
      return [
        .integer(draw + 1), .text(stage.name), .text(stage.text),
        .number(Double(range.lowerBound), decimals: 2),
        .number(Double(range.upperBound), decimals: 2),
        .number(
          stage.values.reduce(0) { $0 + Double($1) } / Double(stage.values.count), decimals: 2),
      ]
    }
  }
  return Table(
    [
      "draw", "step", Table.Column("what it did", key: "done"), Table.Column("min", key: "minimum"),
      Table.Column("max", key: "maximum"), "mean",
    ], rows: rows)
}

extension TransformStage {
  /// The smallest and the largest value.
  fileprivate var range: ClosedRange<Float> { (values.min() ?? 0)...(values.max() ?? 0) }

  fileprivate var isLast: Bool { name == "network" }

  /// The stage as an image: what a network gets is spread from black to white.
  fileprivate func tile(_ caption: String) -> ImageGrid.Tile {
    let range = range
    let (black, width) =
      isLast
      ? (range.lowerBound, max(range.upperBound - range.lowerBound, .leastNormalMagnitude))
      : (0, 255)
    let pixels = shape.height * shape.width
    let rgb = (0..<pixels * 3).map { place -> UInt8 in
      let (pixel, channel) = place.quotientAndRemainder(dividingBy: 3)
      let value = values[pixel * shape.channels + min(channel, shape.channels - 1)]
      return UInt8(max(0, min(255, (255 * (value - black) / width).rounded())))
    }
    return ImageGrid.Tile(width: shape.width, height: shape.height, rgb: rgb, caption: caption)
  }

  fileprivate var caption: String {
    if isLast {
      return
        "network: \(fixed(Double(range.lowerBound), 2)) … \(fixed(Double(range.upperBound), 2))"
    }
    return text.isEmpty ? name : "\(name): \(text)"
  }
}
