internal import Randomness
internal import System

/// Images and labels in an npz archive, by the names that are in use: `train_images` and
/// `train_labels` (what Waymark and MedMNIST write), `x_train` and `y_train` (Keras), or `images` and
/// `labels`, `x` and `y` alone. Without images for testing those for validation are taken (`val_images`,
/// `x_val`), or else a fifth of each class.
///
/// Images are bytes, [N, height, width], [N, height, width, channels] or
/// [N, channels, height, width]; labels whole numbers, [N] or [N, 1].
struct NPZImages {
  let path: String

  /// Images and labels for training, and those for testing, of which the first that are there count.
  private static let pairs: [(train: (String, String), tests: [(String, String)])] = [
    (
      ("train_images", "train_labels"),
      ["test", "val", "valid"].map { ("\($0)_images", "\($0)_labels") }
    ),
    (("x_train", "y_train"), ["test", "val", "valid"].map { ("x_\($0)", "y_\($0)") }),
    (("images", "labels"), []), (("x", "y"), []), (("X", "y"), []),
  ]

  func arrays() throws(DataSetError) -> LabelledImages {
    guard FileStatus(path) != nil else { throw .noSuchPath(path: path) }
    let names = try entryNames()
    guard
      let pair = Self.pairs.first(where: {
        names.contains($0.train.0) && names.contains($0.train.1)
      })
    else {
      throw .noFiles(
        path: path, format: "image",
        sought: Self.pairs.map { "\($0.train.0) and \($0.train.1)" })
    }
    let test = pair.tests.first { names.contains($0.0) && names.contains($0.1) }
    var wanted: Set = [pair.train.0, pair.train.1, "class_names", "train_tracks", "test_tracks"]
    if let test { wanted.formUnion([test.0, test.1]) }
    let arrays = try read(wanted)
    var notes: [LoadNote] = []
    let train = try set(pair.train, arrays, tracks: "train_tracks", &notes)
    var split: (ImageSet, ImageSet)?
    if let test {
      split = (train, try set(test, arrays, tracks: "test_tracks", &notes))
      if test != pair.tests[0] { notes.append(.validationIsTest(test.0)) }
    } else {
      notes.append(.testIsDrawn)
    }
    let (first, second) = split ?? train.divided()
    guard first.shape == second.shape else {
      throw .damagedFile(
        path: path, place: test?.0 ?? "", reason: "its images are not of the training images' shape"
      )
    }
    let others = names.subtracting(wanted).sorted()
    if !others.isEmpty { notes.append(.othersNotRead(others)) }
    let highest = (first.labels + second.labels).max() ?? 0
    let classNames = try classNames(arrays["class_names"], count: highest + 1, &notes)
    return LabelledImages(classNames: classNames, train: first, test: second, notes: notes)
  }

  /// The names, or numbers where there are none for `count` classes.
  private func classNames(
    _ array: NumPyArray?, count: Int, _ notes: inout [LoadNote]
  ) throws(DataSetError) -> [String] {
    let numbers = (0..<count).map(String.init)
    guard let array else { return numbers }
    guard let names = array.texts ?? array.integers?.map(String.init) else {
      throw .damagedFile(
        path: path, place: "class_names",
        reason: "names of the type '\(array.header.type)' are not read; save them as texts")
    }
    guard names.count >= count else {
      notes.append(.namesDoNotFit("class_names", names: names.count, classes: count))
      return numbers
    }
    return GTSRB.corrected(names)
  }

  private func entryNames() throws(DataSetError) -> Set<String> {
    var reader = try ArchiveReader(path)
    var names: Set<String> = []
    while try reader.next() {
      if reader.name.hasSuffix(".npy"), names.count < 1000 {
        names.insert(String(reader.name.dropLast(4)))
      }
    }
    return names
  }

  private func read(_ wanted: Set<String>) throws(DataSetError) -> [String: NumPyArray] {
    var reader = try ArchiveReader(path)
    var arrays: [String: NumPyArray] = [:]
    let buffer = ByteBuffer()
    while try reader.next() {
      let name = String(reader.name.dropLast(4))
      guard reader.name.hasSuffix(".npy"), wanted.contains(name), arrays[name] == nil else {
        continue
      }
      try reader.read(into: buffer)
      do throws(NumPyHeader.Fault) {
        arrays[name] = try NumPyArray(buffer.content)
      } catch {
        throw .damagedFile(
          path: path, place: "\(reader.name), byte \(error.place)", reason: error.reason)
      }
    }
    return arrays
  }

  private func set(
    _ names: (String, String), _ arrays: [String: NumPyArray], tracks: String,
    _ notes: inout [LoadNote]
  ) throws(DataSetError) -> ImageSet {
    guard let images = arrays[names.0], let labels = arrays[names.1] else {
      throw .noFiles(path: path, format: "image", sought: [names.0, names.1])
    }
    func fault(_ name: String, _ reason: String) -> DataSetError {
      .damagedFile(path: path, place: name, reason: reason)
    }
    guard images.header.type == "|u1" else {
      throw fault(
        names.0, "images of the type '\(images.header.type)' are not read; save them as uint8")
    }
    let extents = images.header.shape
    guard extents.count == 3 || extents.count == 4, extents[0] > 0 else {
      throw fault(names.0, "images of shape \(extents) are not read")
    }
    let isPlanar = extents.count == 4 && extents[3] > 4 && [1, 3].contains(extents[1])
    let (height, width, channels) =
      isPlanar
      ? (extents[2], extents[3], extents[1])
      : (extents[1], extents[2], extents.count == 4 ? extents[3] : 1)
    guard (1...4).contains(channels), ImageLimits.allow(width: width, height: height) else {
      throw fault(names.0, "images of shape \(extents) are not read")
    }
    guard let numbers = labels.integers, labels.header.shape.first == extents[0],
      numbers.count == extents[0]
    else { throw fault(names.1, "a whole number for each of the \(extents[0]) images is needed") }
    for (index, label) in numbers.enumerated() where !(0..<1 << 16).contains(label) {
      throw fault("\(names.1)[\(index)]", "\(label) is not a class")
    }
    let shape = ImageShape(height: height, width: width, channels: channels)
    let known = arrays[tracks]?.integers ?? []
    if arrays[tracks] != nil, known.count != numbers.count {
      notes.append(.tracksDoNotFit(tracks))
    }
    return ImageSet(
      shape: shape,
      pixels: isPlanar
        ? images.bytes.reordered(0..<height * width, of: shape, isPlanar: true) : images.bytes,
      labels: numbers, tracks: known.count == numbers.count ? known : [])
  }
}

extension ImageSet {
  fileprivate func divided() -> (train: ImageSet, test: ImageSet) {
    let test = labels.fifth(RandomStream(seed: 0).stream("test"))
    return (
      subset(labels.indices.filter { !test.contains($0) }),
      subset(labels.indices.filter(test.contains))
    )
  }
}
