import System

/// Lists the images of GTSRB in folders, as the official archives are unpacked.
struct TreeListing {
  let training: String
  let test: String
  let table: String

  func listing() throws(DataSetError) -> ImageListing {
    var rest = LeftOver()
    let train = try trainingFiles(&rest)
    let (tests, unlisted) = try testFiles(&rest)
    return ImageListing(gtsrb: train, tests, notes: rest.notes + unlisted)
  }

  private func trainingFiles(_ rest: inout LeftOver) throws(DataSetError) -> ImageListing.Split {
    var entries = [ImageListing.Entry]()
    let folders = try rest.folders(in: training, called: "Training", isKnown: Self.isTable)
    for folder in folders {
      guard let label = try GTSRB.label(of: folder, in: training) else {
        rest.add(folder: folder, at: FilePath.joined(training, folder))
        continue
      }
      let files = try rest.images(
        in: FilePath.joined(training, folder), called: folder, endings: [GTSRB.ending],
        isKnown: Self.isTable)
      entries += files.map { ImageListing.Entry(name: FilePath.joined(folder, $0), label: label) }
    }
    guard !entries.isEmpty else { throw .noPixmaps(path: training) }
    entries.sort(by: [ImageListing.Entry].isOrdered)
    return ImageListing.Split(
      container: .folder(path: training), entries: entries.tracked, hasTracks: true)
  }

  private func testFiles(
    _ rest: inout LeftOver
  ) throws(DataSetError) -> (ImageListing.Split, [LoadNote]) {
    let table = try AnnotationTable.file(table)
    var images = TestImages<Void>()
    let files = try rest.images(
      in: test, called: "Final_Test/Images", endings: [GTSRB.ending],
      isKnown: Self.isTable)
    for file in files { images.add(file, at: ()) }
    var entries = [ImageListing.Entry]()
    for row in table.rows {
      entries.append(
        ImageListing.Entry(name: try images.take(row, of: table.file).name, label: row.label))
    }
    guard !entries.isEmpty else { throw .noPixmaps(path: test) }
    return (
      ImageListing.Split(container: .folder(path: test), entries: entries), images.note(table.file)
    )
  }

  /// Whether a file beside the images is one of the tables that come with them.
  private static func isTable(_ file: String) -> Bool {
    file.hasPrefix("GT-") && file.hasSuffix(".csv")
  }
}
