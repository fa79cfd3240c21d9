import CommandLanguage
import Datasets
import Sessions

extension Command<ShellContext> {
  static var transform: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let resize = Parameter.optional(
      "resize", .integer(8...256), "Height and width; images are read again from their source.")
    let grayscale = Parameter.optional("grayscale", .flag, "One channel instead of three.")
    let normalize = Parameter.optional(
      "normalize", .flag, "Subtract the mean and divide by the deviation of each channel.")
    let mean = Parameter.optional(
      "mean", .list(of: .real(-10...10), count: 1...3), "Instead of the notebook's for GTSRB.")
    let deviation = Parameter.optional(
      "std", .list(of: .real(above: 0, through: 10), count: 1...3),
      "Instead of the notebook's for GTSRB.")
    let crop = Parameter.optional(
      "crop", .choice([.init("random", "RandomResizedCrop, when training"), .init("none")]),
      "Which part of an image is used.", searchWords: ["RandomResizedCrop"])
    let flip = Parameter.optional(
      "hflip", .flag, "Mirror half of the training images.", searchWords: ["RandomHorizontalFlip"])
    return ShellCommand(
      "transform", "Says what images go through on their way to a network.", category: .data,
      searchWords: ["augment"],
      parameters: [data, resize, grayscale, normalize, mean, deviation, crop, flip],
      examples: [
        Example("transform signs normalize=on", "Values around 0 instead of 0 … 1."),
        Example("transform signs crop=random hflip=on", "Training images vary."),
      ],
      seeAlso: ["show batch"],
      discussion: """
        What is not named stays as it is. Crops and flips are random and apply to training batches \
        only; a run keeps the transform that it began with.
        """
    ) { context, arguments in
      let name = arguments[data].name
      var set = try context.data(name)
      var transform = set.transform
      transform.grayscale = arguments[grayscale] ?? transform.grayscale
      transform.randomCrop = arguments[crop].map { $0 == "random" } ?? transform.randomCrop
      transform.horizontalFlip = arguments[flip] ?? transform.horizontalFlip
      switch arguments[normalize] {
      case false?: transform.normalization = nil
      case true?: transform.normalization = transform.normalization ?? .gtsrb
      case nil: break
      }
      if arguments[mean] != nil || arguments[deviation] != nil {
        guard arguments[normalize] != false else {
          throw arguments.failure(at: normalize, "mean= and std= need normalize=on")
        }
        var normalization = transform.normalization ?? .gtsrb
        if let mean = arguments[mean] { normalization.mean = mean.map { Float($0) } }
        if let std = arguments[deviation] { normalization.deviation = std.map { Float($0) } }
        transform.normalization = normalization
      }
      try transform.validate(channels: set.train.shape.channels)
      if let size = arguments[resize], size != set.train.shape.height {
        set = try context.loadData(set.source.resized(to: size))
      }
      set.transform = transform
      context.session.set(name, to: .data(set))
      return CommandOutput(context.described(name), record: context.record(of: name))
    }
  }
}
