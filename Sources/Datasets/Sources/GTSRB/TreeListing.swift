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
    return ImageListing(
      classNames: GTSRB.classNames, train: train, test: tests, notes: rest.notes + unlisted)
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
    let files = try rest.images(
      in: test, called: "Final_Test/Images", endings: [GTSRB.ending], isKnown: Self.isTable)
    let (entries, notes) = try AnnotationTable.file(table).entries(
      among: files.map { ImageListing.Entry(name: $0, label: 0) })
    guard !entries.isEmpty else { throw .noPixmaps(path: test) }
    return (ImageListing.Split(container: .folder(path: test), entries: entries), notes)
  }

  /// Whether a file beside the images is one of the tables that come with them.
  private static func isTable(_ file: String) -> Bool {
    file.hasPrefix("GT-") && file.hasSuffix(".csv")
  }
}
