import System

/// The four files of MNIST and its kin (LeCun, Cortes and Burges, "The MNIST database"): images and
/// labels for training and for testing, plain or compressed by gzip.
///
/// A file begins with two zeros, the type (8: bytes) and the number of extents, then has the
/// extents, 4 bytes each, big-endian.
struct IDXFiles {
  let path: String

  func arrays() throws(DataSetError) -> LabelledImages {
    try LocalFile.checkFolder(path)
    let names = try FolderContents(path).names
    var others: [String] = []
    let train = try set(in: names, ["train"], &others)
    let test = try set(in: names, ["t10k", "test"], &others)
    guard train.shape == test.shape else {
      throw .damagedFile(
        path: path, place: "the test images",
        reason: "they are not of the training images' height and width")
    }
    let classCount = ((train.labels + test.labels).max() ?? 0) + 1
    return LabelledImages(
      classNames: (0..<classCount).map(String.init), train: train, test: test,
      notes: others.isEmpty ? [] : [.othersNotRead(others)])
  }

  private func set(
    in names: [String], _ words: [String], _ others: inout [String]
  ) throws(DataSetError) -> ImageSet {
    let images = try file("images", in: names, words, &others)
    let labels = try file("labels", in: names, words, &others)
    var labelFile = try CompressedFile(labels)
    let labelCount = try extents(&labelFile, count: 1)[0]
    var imageFile = try CompressedFile(images)
    let extents = try extents(&imageFile, count: 3)
    guard extents[0] == labelCount else {
      throw imageFile.fault(
        at: 4, "\(extents[0]) images for the \(labelCount) labels in \(labels)")
    }
    guard labelCount > 0 else { throw imageFile.fault(at: 4, "there are no images in it") }
    guard ImageLimits.allow(width: extents[2], height: extents[1]) else {
      throw imageFile.fault(at: 8, "images of \(extents[2])×\(extents[1]) are not read")
    }
    let shape = ImageShape(height: extents[1], width: extents[2], channels: 1)
    try ImageLimits.check(images: labelCount, shape: shape)
    // Not before both files' headers agree, as a compressed file of labels can be of any length.
    let labelBytes = try labelFile.read(labelCount, "the labels")
    try labelFile.expectEnd()
    let pixels = try imageFile.read(labelCount * shape.count, "the images")
    try imageFile.expectEnd()
    return ImageSet(shape: shape, pixels: pixels, labels: labelBytes.map(Int.init))
  }

  /// - Parameter others: Files of the same kind that are not the same one compressed.
  private func file(
    _ kind: String, in names: [String], _ words: [String], _ others: inout [String]
  ) throws(DataSetError) -> String {
    let found = names.filter { name in
      words.contains { name.contains("\($0)-\(kind)") }
        && (name.hasSuffix("ubyte") || name.hasSuffix("ubyte.gz"))
    }
    others += found.dropFirst().filter { $0 != "\(found[0]).gz" }
    guard let found = found.first else {
      let dimensions = kind == "images" ? 3 : 1
      throw .noFiles(
        path: path, format: "IDX",
        sought: words.prefix(1).map { "\($0)-\(kind)-idx\(dimensions)-ubyte" } + [
          "the same with .gz"
        ])
    }
    return FilePath.joined(path, found)
  }

  private func extents(
    _ file: inout CompressedFile, count: Int
  ) throws(DataSetError) -> [Int] {
    let magic = try file.read(4, "the header")
    guard magic[0] == 0, magic[1] == 0, magic[2] == 8 else {
      throw file.fault(at: 0, "it does not begin as an IDX file of bytes does")
    }
    guard magic[3] == UInt8(count) else {
      throw file.fault(
        at: 3, "it has \(magic[3]) extents instead of \(count): are images and labels mixed up?")
    }
    let bytes = try file.read(4 * count, "the header")
    return (0..<count).map { index in
      bytes[4 * index..<4 * index + 4].reduce(0) { $0 << 8 | Int($1) }
    }
  }
}
