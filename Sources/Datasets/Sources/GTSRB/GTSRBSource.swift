extension DataSource {
  /// GTSRB's archives or an unpacked tree; images resized to `size` × `size`.
  public static func gtsrb(path: String, size: Int) -> DataSource {
    DataSource(GTSRBSource(path: path, size: size))
  }
}

/// GTSRB's images: for training by class and file name, for testing as the table has them.
struct GTSRBSource: ListedSource {
  static let key = "gtsrb"

  var path: String
  var size: Int

  func fingerprint() throws(DataSetError) -> FileFingerprint? {
    let location = try GTSRBLocation(at: path)
    guard case .archives(let training, let test, let classes) = location.layout else { return nil }
    return FileFingerprint(files: [training, test, classes], notes: location.notes)
  }

  func listing() throws(DataSetError) -> ImageListing {
    let location = try GTSRBLocation(at: path)
    var listing =
      switch location.layout {
      case .archives(let training, let test, let classes):
        try ArchiveListing(training: training, test: test, classes: classes).listing()
      case .tree(let training, let test, let table):
        try TreeListing(training: training, test: test, table: table).listing()
      case .kaggle(let base): try KaggleListing(base: base).listing()
      }
    listing.notes = location.notes + listing.notes
    return listing
  }
}

extension [ImageListing.Entry] {
  /// Whether `a` comes before `b` among the training images.
  static func isOrdered(_ a: ImageListing.Entry, _ b: ImageListing.Entry) -> Bool {
    a.label == b.label
      ? a.name.utf8.lexicographicallyPrecedes(b.name.utf8) : a.label < b.label
  }

  /// With numbers for the tracks, whose images are named `<track>_<frame>.ppm`, lie in the folder of
  /// their class and follow each other; an image of another name is a track of its own.
  var tracked: [ImageListing.Entry] {
    var entries = self
    var track = -1
    var last: Substring.UTF8View?
    for index in entries.indices {
      let path = entries[index].name[...].utf8
      let file = path.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
      let stem = path.prefix(
        upTo: path[file...].lastIndex(of: UInt8(ascii: "_")) ?? path.endIndex)
      if last?.elementsEqual(stem) != true { track += 1 }
      last = stem
      entries[index].track = track
    }
    return entries
  }
}

extension GTSRB {
  /// The ending of the official images, in lower case.
  static let ending = "ppm"

  /// The class that a folder is named after; nil if its name is no number.
  ///
  /// - Parameter path: What the folder lies in.
  static func label(of folder: some StringProtocol, in path: String) throws(DataSetError) -> Int? {
    guard let number = Int(folder) else { return nil }
    guard classNames.indices.contains(number) else {
      throw .unknownClassFolder(
        path: path, folder: String(folder), classCount: classNames.count)
    }
    return number
  }
}
