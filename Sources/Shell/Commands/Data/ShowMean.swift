import CommandLanguage
import Datasets
import Networks
import PlainText
import Plotting

extension Command<ShellContext> {
  static var showMean: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let classes = Parameter.optional(
      "class", .classes, "Only these classes: 13, Stop, 0..7 or [13, 14].")
    let split = Parameter.split(default: .train)
    return ShellCommand(
      "show mean", "Shows the mean image of each class.", category: .data, effect: .looks,
      searchWords: ["average-image", "prototype"],
      parameters: [data, classes, split] + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("show mean signs class=[13, 14]", "Of two classes."),
        Example("show mean signs > means.png", "Of every class, in a file."),
      ],
      seeAlso: ["plot channels", "show batch", "classes"],
      discussion: """
        The mean over all images of a class, pixel by pixel, as they were loaded. What all have in \
        common stands out sharply, and what varies is blurred: a class whose mean is a blot varies much, \
        and two classes with like means are told apart by details only.
        """
    ) { context, arguments in
      let set = try context.data(arguments[data].name)
      let images = set[arguments[split]]
      let named = try arguments[classes].map { try context.classes($0, of: set, at: classes) }
      let pool = context.training.device.pool
      let means = (named ?? Array(set.classNames.indices)).compactMap { label -> ClassMean? in
        let own = images.indices(of: [label])
        return images.mean(of: own, on: pool).map {
          ClassMean(label: label, count: own.count, shape: images.shape, pixels: $0)
        }
      }
      guard !means.isEmpty else { throw DataProblem.noImages }
      let colours = images.shape.channelNames
      return CommandOutput(
        "mean images of \(counted(means.count, "class", "classes")), from \(arguments[split].adjective) images",
        table: Table(
          ["class", "name", "images"]
            + colours.map { Table.Column("mean \($0)", key: "mean_\($0)") },
          rows: means.map { mean in
            [.integer(mean.label), .text(set.className(mean.label)), .integer(mean.count)]
              + colours.indices.map { .number(mean.channel($0), decimals: 1) }
          }),
        figure: .images(
          ImageGrid(tiles: means.map { $0.tile("\($0.label): \(set.className($0.label))") })))
    }
  }
}

/// The mean image of a class.
private struct ClassMean {
  let label: Int
  let count: Int
  let shape: ImageShape
  /// [height, width, channels]
  let pixels: [Double]

  /// The mean over a channel.
  func channel(_ channel: Int) -> Double {
    let values = stride(from: channel, to: pixels.count, by: shape.channels).map { pixels[$0] }
    return values.reduce(0, +) / Double(values.count)
  }

  func tile(_ caption: String) -> ImageGrid.Tile {
    let channels = shape.channels
    let rgb = (0..<shape.height * shape.width).flatMap { pixel in
      (0..<3).map { UInt8(pixels[pixel * channels + min($0, channels - 1)].rounded()) }
    }
    return ImageGrid.Tile(width: shape.width, height: shape.height, rgb: rgb, caption: caption)
  }
}
