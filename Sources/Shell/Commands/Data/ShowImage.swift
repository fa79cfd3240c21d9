import CommandLanguage
import Datasets
import Plotting
import Randomness

extension Command<ShellContext> {
  static var showImage: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let number = Parameter.positional(
      "number", .integer(0...Int.max), "The image's position in the split, from 0.")
    let split = Parameter.split(default: .train)
    return ShellCommand(
      "show image", "Shows one image, and says what it is.", category: .data, effect: .looks,
      parameters: [data, number, split], formats: .picture,
      examples: [Example("show image signs 123", "One training image.")], seeAlso: ["show batch"]
    ) { context, arguments in
      let set = try context.data(arguments[data].name)
      let images = set[arguments[split]]
      let index = arguments[number]
      guard index < images.count else { throw DataProblem.noImage(index, count: images.count) }
      let label = images.labels[index]
      let track = images.tracks.isEmpty ? "" : ", track \(images.tracks[index])"
      let shape = images.shape
      var origin = ""
      if set.isSelection {
        origin =
          "; image \(set.originals(of: arguments[split])[index]) of "
          + (context.nameOfUnrevised(set).map { "'\($0)'" } ?? "the data set it was chosen from")
      }
      return CommandOutput(
        "image \(index) of \(arguments[split].rawValue): class \(label), "
          + "\(set.classNames[label])\(track), \(shape.width)×\(shape.height)\(origin)",
        figure: .images(
          ImageGrid(
            tiles: set.tiles(
              [index], of: arguments[split], captions: true, plain: true, RandomStream(seed: 0)))))
    }
  }
}
