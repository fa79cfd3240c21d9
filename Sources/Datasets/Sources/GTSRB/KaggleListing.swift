import System

/// Lists the images of GTSRB as Kaggle has it ("GTSRB - German Traffic Sign Recognition Benchmark"):
/// PNG files that `Train.csv` and `Test.csv` name, for training in folders 0 … 42.
struct KaggleListing {
  let base: String

  func listing() throws(DataSetError) -> ImageListing {
    let tables = GTSRBLocation.kaggleTables
    var notes: [LoadNote] = []
    var train = try entries(of: tables.train, in: "Train", inFolders: true, &notes)
    let test = try entries(of: tables.test, in: "Test", inFolders: false, &notes)
    train.sort(by: [ImageListing.Entry].isOrdered)
    return ImageListing(
      classNames: GTSRB.classNames,
      train: ImageListing.Split(
        container: .folder(path: base), entries: train.tracked, hasTracks: true),
      test: ImageListing.Split(container: .folder(path: base), entries: test), notes: notes)
  }

  /// The rows of a table, whose images lie below `base` or, in some copies, below `folder` there.
  ///
  /// - Parameter inFolders: Whether the images lie in folders of their classes.
  private func entries(
    of table: String, in folder: String, inFolders: Bool, _ notes: inout [LoadNote]
  ) throws(DataSetError) -> [ImageListing.Entry] {
    let table = try AnnotationTable.file(FilePath.joined(base, table), imageColumn: "Path")
    guard let first = table.rows.first else { throw .noImages(path: table.file) }
    let prefix = FileStatus(FilePath.joined(base, first.image)) == nil ? folder + "/" : ""
    var seen: Set<String> = []
    var folders: Set<String> = []
    let entries = try table.rows.map { row throws(DataSetError) in
      let name = prefix + row.image
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count >= 2, !parts.contains(where: { ["", ".", ".."].contains($0) }),
        FileStatus(FilePath.joined(base, name)) != nil
      else { throw .missingImage(file: table.file, line: row.line, image: row.image) }
      guard seen.insert(name).inserted else {
        throw .repeatedImage(file: table.file, line: row.line, image: row.image)
      }
      folders.insert(parts.dropLast().joined(separator: "/"))
      guard !inFolders || Int(parts[parts.count - 2]) == row.label else {
        throw .otherClassFolder(
          file: table.file, line: row.line, image: row.image, label: row.label)
      }
      return ImageListing.Entry(name: name, label: row.label)
    }
    var rest = LeftOver()
    var count = 0
    for folder in folders.sorted() {
      count += try rest.images(in: FilePath.joined(base, folder), called: folder).count
    }
    if count > seen.count {
      notes.append(.imagesNotInTable(count: count - seen.count, table: table.file))
    }
    notes += rest.notes
    return entries
  }
}
