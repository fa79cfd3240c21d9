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
    try LocalFile.checkFolder(path)
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
    var files: [File] = []
    for name in layout.train + [layout.test] {
      let path = FilePath.joined(folder, name)
      guard FileStatus(path) != nil else {
        throw .noFiles(path: folder, format: "binary CIFAR", sought: [name])
      }
      files.append(try File(path, layout))
    }
    // A file that was cut between two images has fewer than go with the other files.
    let shares = layout.train.map { _ in layout.imagesPerTestImage } + [1]
    let whole = zip(files, shares).map { ($0.labels.count + $1 - 1) / $1 }.max() ?? 0
    for (file, share) in zip(files, shares) where file.labels.count < whole * share {
      let count = file.labels.count
      throw .damagedFile(
        path: file.path, place: "byte \(count * layout.recordLength)",
        reason: "it ends after \(count) images; with the other files go \(whole * share)")
    }
    let test = files.removeLast()
    var notes: [LoadNote] = []
    let classNames = try names(layout, in: folder, &notes)
    return LabelledImages(
      classNames: classNames, train: Self.images(files), test: Self.images([test]), notes: notes)
  }

  private static func images(_ files: [File]) -> ImageSet {
    ImageSet(
      shape: ImageShape(height: side, width: side, channels: 3), pixels: files.flatMap(\.pixels),
      labels: files.flatMap(\.labels))
  }

  private struct File {
    let path: String
    /// [N, height, width, channels]
    private(set) var pixels: [UInt8] = []
    private(set) var labels: [Int] = []

    init(_ path: String, _ layout: Layout) throws(DataSetError) {
      self.path = path
      func fault(_ place: Int, _ reason: String) -> DataSetError {
        .damagedFile(path: path, place: "byte \(place)", reason: reason)
      }
      let buffer = try LocalFile.read(path)
      let (bytes, length) = (buffer.content, layout.recordLength)
      guard bytes.count > 0, bytes.count.isMultiple(of: length) else {
        throw fault(
          bytes.count,
          "it ends within image \(bytes.count / length + 1), whose record has \(length) bytes")
      }
      pixels.reserveCapacity(bytes.count)
      for start in stride(from: 0, to: bytes.count, by: length) {
        let place = start + layout.labelBytes - 1
        let label = Int(bytes[place])
        guard label < layout.classCount else {
          throw fault(place, "\(label) is not a class; classes are 0 … \(layout.classCount - 1)")
        }
        labels.append(label)
        for pixel in place + 1..<place + 1 + CIFARFiles.pixels {
          pixels.append(bytes[pixel])
          pixels.append(bytes[pixel + CIFARFiles.pixels])
          pixels.append(bytes[pixel + 2 * CIFARFiles.pixels])
        }
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
    let buffer = try LocalFile.read(file)
    let lines = String(decoding: buffer.content, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard lines.count >= layout.classCount else {
      notes.append(.namesDoNotFit(file, names: lines.count, classes: layout.classCount))
      return numbers
    }
    return lines.prefix(layout.classCount).map { String($0.prefix(100)) }
  }
}
