import CommandLanguage
import Datasets
import Plotting
import Randomness
import Sessions
import Tensors

extension Command<ShellContext> {
  static var showBatch: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let count = Parameter.option("n", .integer(1...1024), default: 64, "Images.")
    let task = Parameter.optional("task", .object(.task), "Only classes of this task.")
    let classes = Parameter.optional(
      "class", .integers(0...100_000), "Only these classes: 13, 0..7 or [13, 14].")
    let labels = Parameter.option(
      "labels", .flag, default: false, "Write the class below each image.")
    let split = Parameter.option(
      "split", .choice(of: DataSet.Split.self), default: .train, "Which images.")
    let seed = Parameter.optional("seed", .seed, "Which batch; else the session's.")
    return ShellCommand(
      "show batch", "Shows images drawn at random, as a grid.", category: .data,
      searchWords: ["imshow", "make_grid"],
      parameters: [data, count, task, classes, labels, split, seed],
      formats: .picture,
      examples: [
        Example("show batch signs", "64 training images."),
        Example("show batch signs n=16 task=T.2 labels=on > batch.png", "With names, in a file."),
      ],
      seeAlso: ["show image", "classes", "transform"],
      discussion: """
        Training images are shown after the transform's random parts and its equalisation, if there \
        are any.
        """
    ) { context, arguments in
      let set = try context.data(arguments[data].name)
      var wanted = arguments[classes] ?? Array(set.classNames.indices)
      if let task = arguments[task] {
        let allowed = try context.tasks(task.name).sequence.tasks[0]
        wanted = arguments[classes] == nil ? allowed : wanted.filter(allowed.contains)
      }
      if let unknown = wanted.first(where: { !set.classNames.indices.contains($0) }) {
        throw arguments.failure(
          at: classes, "there is no class \(unknown): classes are 0 to \(set.classNames.count - 1)")
      }
      let images = set[arguments[split]].indices(of: wanted)
      guard !images.isEmpty else { throw Failure("there are no images of these classes") }
      let seed = arguments[seed] ?? UInt64(bitPattern: Int64(context.session.settings.seed))
      var random = RandomStream(seed: seed).stream("show batch")
      let chosen = random.sample(arguments[count], from: images)
      let tiles = set.tiles(chosen, of: arguments[split], captions: arguments[labels], random)
      let rows = chosen.map { index -> [Table.Cell] in
        let label = set[arguments[split]].labels[index]
        return [.integer(index), .integer(label), .text(set.classNames[label])]
      }
      return CommandOutput(
        table: Table([Table.Column("image"), "class", "name"], rows: rows),
        figure: .images(ImageGrid(tiles: tiles)))
    }
  }

  static var showImage: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let number = Parameter.positional(
      "number", .integer(0...Int.max), "Its place in the split, from 0.")
    let split = Parameter.option(
      "split", .choice(of: DataSet.Split.self), default: .train, "Which images.")
    return ShellCommand(
      "show image", "Shows one image, and says what it is.", category: .data,
      parameters: [data, number, split], formats: .picture,
      examples: [Example("show image signs 123", "One training image.")],
      seeAlso: ["show batch"]
    ) { context, arguments in
      let set = try context.data(arguments[data].name)
      let images = set[arguments[split]]
      let index = arguments[number]
      guard index < images.count else {
        throw arguments.failure(
          at: number, "there is no image \(index): the split has \(images.count)")
      }
      let label = images.labels[index]
      let track = images.tracks.isEmpty ? "" : ", track \(images.tracks[index])"
      let shape = images.shape
      return CommandOutput(
        "image \(index) of \(arguments[split].rawValue): class \(label), "
          + "\(set.classNames[label])\(track), \(shape.width)×\(shape.height)",
        figure: .images(
          ImageGrid(
            tiles: set.tiles(
              [index], of: arguments[split], captions: true, plain: true, RandomStream(seed: 0)))))
    }
  }
}

extension DataSet {
  /// Training images as tiles of a grid, as they are.
  func plainTiles(_ indices: [Int]) -> [ImageGrid.Tile] {
    tiles(indices, of: .train, captions: false, plain: true, RandomStream(seed: 0))
  }

  /// Images as tiles of a grid, after the transform, but for normalisation.
  fileprivate func tiles(
    _ indices: [Int], of split: Split, captions: Bool, plain: Bool = false, _ random: RandomStream
  ) -> [ImageGrid.Tile] {
    var set = self
    set.transform.normalization = nil
    set.transform.standardize = false
    if plain { set.transform = Transform() }
    let batch = set.batch(
      indices, of: split, training: split == .train && !plain, random: random)
    let (height, width, channels) = (
      batch.images.shape[1], batch.images.shape[2], batch.images.shape[3]
    )
    return batch.labels.enumerated().map { position, label in
      let pixels = height * width
      let start = position * pixels * channels
      let rgb = (0..<pixels * 3).map { index -> UInt8 in
        let (pixel, channel) = index.quotientAndRemainder(dividingBy: 3)
        let value = batch.images.elements[start + pixel * channels + min(channel, channels - 1)]
        return UInt8(max(0, min(255, (value * 255).rounded())))
      }
      return ImageGrid.Tile(
        width: width, height: height, rgb: rgb, caption: captions ? classNames[label] : nil)
    }
  }
}
