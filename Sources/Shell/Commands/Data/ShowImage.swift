import CommandLanguage
import Datasets
import Plotting
import Randomness

extension Command<ShellContext> {
  static var showImage: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let number = Parameter.positional(
      "number", .integer(0...Int.max), "The image's position in the split, from 0.")
    let splitOption = Parameter.numberedSplit
    return ShellCommand(
      "show image", "Shows one image, and says what it is.", category: .data, effect: .looks,
      parameters: [data, number, splitOption] + PlotAppearance.options(of: .images),
      formats: .picture,
      examples: [
        Example("show image signs 123", "One training image."),
        Example("show image signs 17 split=test", "One that 'show mistakes' named."),
      ], seeAlso: ["show batch", "show mistakes"]
    ) { context, arguments in
      let set = try context.data(arguments[data].name)
      let (index, split) = (arguments[number], arguments[splitOption])
      let images = set[split]
      guard index < images.count else {
        throw ModelProblem.noImage(
          index, split, count: images.count, parameter: number.name, other: set[split.other].count)
      }
      let label = images.labels[index]
      let track = images.tracks.isEmpty ? "" : ", track \(images.tracks[index])"
      let shape = images.shape
      var origin = ""
      if set.isSelection {
        origin =
          "; \(split.image(set.originals(of: split)[index])) of "
          + (context.nameOfUnrevised(set).map { "'\($0)'" } ?? "the data set it was chosen from")
      }
      return CommandOutput(
        "\(split.image(index)): class \(label), "
          + "\(set.classNames[label])\(track), \(shape.width)×\(shape.height)\(origin)",
        notes: arguments.isGiven(splitOption)
          ? [] : set.numberNote(index, "show image \(arguments[data].name) \(index)"),
        figure: .images(
          ImageGrid(
            tiles: set.tiles(
              [index], of: split, captions: true, plain: true, RandomStream(seed: 0)))))
    }
  }
}
