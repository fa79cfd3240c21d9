import CommandLanguage
import Datasets
import PlainText
import Sessions

extension Command<ShellContext> {
  static var transform: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let resize = Parameter.optional(
      "resize", .integer(8...256), "Height and width; images are read again from their source.")
    let grayscale = Parameter.optional("grayscale", .flag, "One channel instead of three.")
    let normalize = Parameter.optional(
      "normalize",
      .choice([
        .init("on", "subtract the mean and divide by the deviation of each channel"),
        .init("image", "mean 0 and deviation 1 over each image by itself"),
        .init("off", "values from 0 to 1"),
      ]), "How values are centred.", searchWords: ["Normalize", "standardize"])
    let mean = Parameter.optional(
      "mean", .list(of: .real(-10...10), count: 1...4),
      "Instead of the notebook's for GTSRB, or of their mean where there are not three channels.")
    let deviation = Parameter.optional(
      "std", .list(of: .real(above: 0, through: 10), count: 1...4),
      "Instead of the notebook's for GTSRB, as mean.")
    let crop = Parameter.optional(
      "crop", .choice([.init("random", "RandomResizedCrop, when training"), .init("none")]),
      "Which part of an image is used.", searchWords: ["RandomResizedCrop"])
    let flip = Parameter.optional(
      "hflip", FlipChoice.kind,
      "Mirror half of the training images: on, off, symmetric (signs that stay what they are), or "
        + "the classes.", searchWords: ["RandomHorizontalFlip"])
    let jitter = Parameter.optional(
      "jitter", .flag, "Turn, size and move training images at random; as the next three say.",
      searchWords: ["RandomAffine", "augment", "augmentation"])
    let rotate = Parameter.optional(
      "rotate", .real(0...180), "Jitter: the largest turn in degrees; 14 if not given.")
    let scale = Parameter.optional(
      "scale", .fraction(0...0.9), "Jitter: the largest change of size; 15% if not given.",
      searchWords: ["zoom"])
    let shift = Parameter.optional(
      "shift", .fraction(0...1), "Jitter: the largest move, of the side; 12% if not given.",
      searchWords: ["translate"])
    let brightness = Parameter.optional(
      "brightness", .fraction(0...1), "The largest share of the range added or taken off.",
      searchWords: ["ColorJitter"])
    let contrast = Parameter.optional(
      "contrast", .fraction(0...1), "The largest change of the contrast.",
      searchWords: ["ColorJitter"])
    let clahe = Parameter.optional(
      "clahe", .flag, "Equalise brightness locally, contrast limited.",
      searchWords: ["equalize", "histogram"])
    return ShellCommand(
      "transform", "Says what images go through on their way to a network.", category: .data,
      searchWords: ["augment"],
      parameters: [
        data, resize, grayscale, normalize, mean, deviation, crop, flip, jitter, rotate, scale,
        shift, brightness, contrast, clahe,
      ],
      effects: [.keepsImages],
      examples: [
        Example("transform signs normalize=on", "Values around 0 instead of 0 … 1."),
        Example("transform signs crop=random hflip=on", "Training images vary."),
        Example(
          "transform signs jitter=on normalize=image clahe=on", "What road signs learn best by."),
        Example(
          "transform signs hflip=symmetric brightness=20% contrast=30%",
          "Light varies; only signs that stay what they are get mirrored."),
      ],
      seeAlso: ["show batch"],
      discussion: """
        What is not named stays as it is. Crops, flips, jitter, brightness and contrast are random \
        and apply to training batches only; a run keeps the transform that it began with. A mirror \
        makes 19 of 20, 33 of 34, 36 of 37 and 38 of 39 and the other way round: hflip=symmetric \
        leaves those alone. 'show batch' shows what comes out.
        """
    ) { context, arguments in
      let name = arguments[data].name
      var set = try context.data(name)
      var transform = set.transform
      transform.grayscale = arguments[grayscale] ?? transform.grayscale
      transform.randomCrop = arguments[crop].map { $0 == "random" } ?? transform.randomCrop
      var notes: [String] = []
      if let choice = arguments[flip] {
        try choice.apply(to: &transform, set, &notes) { arguments.failure(at: flip, $0) }
      }
      let changes = [arguments[scale], arguments[shift]].compactMap(\.self)
      if arguments[jitter] == false {
        guard changes.isEmpty, arguments[rotate] == nil else {
          throw arguments.failure(at: jitter, "rotate=, scale= and shift= need jitter=on")
        }
        transform.jitter = nil
      } else if arguments[jitter] == true || !changes.isEmpty || arguments[rotate] != nil {
        var figures = transform.jitter ?? .standard
        if let rotate = arguments[rotate] { figures.rotation = Float(rotate) }
        if let scale = arguments[scale] { figures.scale = Float(scale) }
        if let shift = arguments[shift] { figures.shift = Float(shift) }
        transform.jitter = figures
      }
      transform.brightness = arguments[brightness].map { Float($0) } ?? transform.brightness
      transform.contrast = arguments[contrast].map { Float($0) } ?? transform.contrast
      switch arguments[clahe] {
      case true?: transform.equalization = transform.equalization ?? ContrastEqualization()
      case false?: transform.equalization = nil
      case nil: break
      }
      let standard = Transform.Normalization.gtsrb(channels: set.train.shape.channels)
      switch arguments[normalize] {
      case "off"?:
        transform.normalization = nil
        transform.standardize = false
      case "on"?:
        transform.normalization = transform.normalization ?? standard
        transform.standardize = false
      case "image"?:
        transform.normalization = nil
        transform.standardize = true
      default: break
      }
      if arguments[mean] != nil || arguments[deviation] != nil {
        guard arguments[normalize] ?? "on" == "on" else {
          throw arguments.failure(at: normalize, "mean= and std= need normalize=on")
        }
        var normalization = transform.normalization ?? standard
        if let mean = arguments[mean] { normalization.mean = mean.map { Float($0) } }
        if let std = arguments[deviation] { normalization.deviation = std.map { Float($0) } }
        transform.normalization = normalization
        transform.standardize = false
      }
      try transform.validate(channels: set.train.shape.channels)
      if let size = arguments[resize], size != set.train.shape.height {
        set = try context.loadData(set.source.resized(to: size))
      }
      set.transform = transform
      context.session.set(name, to: .data(set))
      var output = CommandOutput(context.described(name), record: context.record(of: name))
      output.notes = notes
      return output
    }
  }
}

/// Which images are mirrored, as it is typed.
private enum FlipChoice: Sendable {
  case all
  case nothing
  case symmetric
  case classes([Int])

  static let kind = ValueKind<String>.choice([
    .init("on", "all"), .init("off", "none"), .init("symmetric", "signs that stay what they are"),
  ])
  .map { $0 == "on" ? FlipChoice.all : $0 == "off" ? .nothing : .symmetric }
  .or(ValueKind<[Int]>.integers(0...100_000).map { FlipChoice.classes($0) })

  /// - Parameters:
  ///   - notes: Told of what a mirror makes of signs.
  ///   - failure: Makes an error with the option's place.
  func apply(
    to transform: inout Transform, _ data: DataSet, _ notes: inout [String],
    failure: (String) -> any Error
  ) throws {
    let pairs = data.mirrorPairs
    transform.horizontalFlip = true
    transform.flippedClasses = nil
    switch self {
    case .nothing: transform.horizontalFlip = false
    case .all:
      guard !pairs.isEmpty else { break }
      let names = pairs.map { "\($0.0)/\($0.1)" }.joined(with: "and")
      notes.append(
        "warning: a mirror makes each of the classes \(names) the other; hflip=symmetric leaves "
          + "them alone")
    case .symmetric:
      guard data.hasSignClasses else {
        throw failure("which classes stay what they are is known of GTSRB's only; list them")
      }
      transform.flippedClasses = data.symmetricClasses
    case .classes(let classes):
      if let unknown = classes.first(where: { !data.classNames.indices.contains($0) }) {
        throw failure(
          "there is no class \(unknown): classes are 0 to \(data.classNames.count - 1)")
      }
      if let pair = pairs.first(where: { classes.contains($0.0) || classes.contains($0.1) }) {
        throw failure(
          "a mirror makes \(pair.0) of \(pair.1), \(data.classNames[pair.1]), and the other way "
            + "round; leave both out")
      }
      transform.flippedClasses = classes
    }
  }
}
