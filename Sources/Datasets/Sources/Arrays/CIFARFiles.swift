import System

/// CIFAR-10 and CIFAR-100 in binary form (Krizhevsky 2009): records of the label (for CIFAR-100 the
/// coarse one and the fine one), then 1,024 bytes each of red, green and blue.
struct CIFARFiles {
  let path: String

  private static let side = 32
  private static let pixels = side * side

  private struct Layout {
    var train: [String]
    var test: String
    var names: String
    var classCount: Int
    /// Bytes before the pixels, of which the last is the class.
    var labelBytes: Int

    var recordLength: Int { labelBytes + 3 * CIFARFiles.pixels }

    /// For each of a test image's: five training images in all.
    var imagesPerTestImage: Int { 5 / train.count }
  }

  private static let layouts = [
    Layout(
      train: (1...5).map { "data_batch_\($0).bin" }, test: "test_batch.bin",
      names: "batches.meta.txt", classCount: 10, labelBytes: 1),
    Layout(
      train: ["train.bin"], test: "test.bin", names: "fine_label_names.txt", classCount: 100,
      labelBytes: 2),
  ]

  func arrays() throws(DataSetError) -> LabelledImages {
    guard let status = FileStatus(path) else { throw .noSuchPath(path: path) }
    guard status.isFolder else { throw .notAFolder(path: path) }
    for folder in [
      path, FilePath.joined(path, "cifar-10-batches-bin"),
      FilePath.joined(path, "cifar-100-binary"),
    ] {
      for layout in Self.layouts where FileStatus(FilePath.joined(folder, layout.test)) != nil {
        return try arrays(layout, in: folder)
      }
    }
    throw .noFiles(
      path: path, format: "binary CIFAR", sought: Self.layouts.map(\.test))
  }

  private func arrays(_ layout: Layout, in folder: String) throws(DataSetError) -> LabelledImages {
    var (pixels, labels) = ([UInt8](), [Int]())
    var counts: [(file: String, images: Int, perTestImage: Int)] = []
    for name in layout.train {
      let file = FilePath.joined(folder, name)
      guard FileStatus(file) != nil else {
        throw .noFiles(path: folder, format: "binary CIFAR", sought: [name])
      }
      let before = labels.count
      try append(file, layout, &pixels, &labels)
      counts.append((file, labels.count - before, layout.imagesPerTestImage))
    }
    let shape = ImageShape(height: Self.side, width: Self.side, channels: 3)
    let train = ImageSet(shape: shape, pixels: pixels, labels: labels)
    (pixels, labels) = ([], [])
    try append(FilePath.joined(folder, layout.test), layout, &pixels, &labels)
    counts.append((FilePath.joined(folder, layout.test), labels.count, 1))
    try Self.check(counts, layout)
    let test = ImageSet(shape: shape, pixels: pixels, labels: labels)
    var notes: [LoadNote] = []
    let classNames = try names(layout, in: folder, &notes)
    return LabelledImages(classNames: classNames, train: train, test: test, notes: notes)
  }

  /// A file that was cut between two images has fewer than go with the other files.
  private static func check(
    _ counts: [(file: String, images: Int, perTestImage: Int)], _ layout: Layout
  ) throws(DataSetError) {
    let whole = counts.reduce(0) { most, count in
      max(most, (count.images + count.perTestImage - 1) / count.perTestImage)
    }
    for (file, images, perTestImage) in counts where images < whole * perTestImage {
      throw .damagedFile(
        path: file, place: "byte \(images * layout.recordLength)",
        reason: "it ends after \(images) images; with the other files go \(whole * perTestImage)")
    }
  }

  private func append(
    _ file: String, _ layout: Layout, _ pixels: inout [UInt8], _ labels: inout [Int]
  ) throws(DataSetError) {
    let buffer = ByteBuffer()
    try LocalFile.read(file, into: buffer)
    let bytes = buffer.content
    let length = layout.recordLength
    guard bytes.count > 0, bytes.count.isMultiple(of: length) else {
      throw .damagedFile(
        path: file, place: "byte \(bytes.count)",
        reason: "it ends within image \(bytes.count / length + 1), whose record has \(length) bytes"
      )
    }
    pixels.reserveCapacity(pixels.count + bytes.count)
    for start in stride(from: 0, to: bytes.count, by: length) {
      let label = Int(bytes[start + layout.labelBytes - 1])
      guard label < layout.classCount else {
        throw .damagedFile(
          path: file, place: "byte \(start + layout.labelBytes - 1)",
          reason: "\(label) is not a class; classes are 0 … \(layout.classCount - 1)")
      }
      labels.append(label)
      let red = start + layout.labelBytes
      for pixel in red..<red + Self.pixels {
        pixels.append(bytes[pixel])
        pixels.append(bytes[pixel + Self.pixels])
        pixels.append(bytes[pixel + 2 * Self.pixels])
      }
    }
  }

  /// A line for each class; numbers if there is no such file.
  private func names(
    _ layout: Layout, in folder: String, _ notes: inout [LoadNote]
  ) throws(DataSetError) -> [String] {
    let file = FilePath.joined(folder, layout.names)
    let numbers = (0..<layout.classCount).map(String.init)
    guard FileStatus(file) != nil else { return numbers }
    let buffer = ByteBuffer()
    try LocalFile.read(file, into: buffer)
    let lines = String(decoding: buffer.content, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard lines.count >= layout.classCount else {
      notes.append(.namesDoNotFit(file, names: lines.count, classes: layout.classCount))
      return numbers
    }
    return lines.prefix(layout.classCount).map { String($0.prefix(100)) }
  }
}
