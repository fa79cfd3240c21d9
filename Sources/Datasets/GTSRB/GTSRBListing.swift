/// Lists GTSRB's images: for training by class and file name, for testing as the table has them.
struct GTSRBListing {
  let location: GTSRBLocation

  /// The files whose change makes a cached copy worthless; nil if the listing itself must tell.
  var archives: [String]? {
    guard case .archives(let folder) = location else { return nil }
    return GTSRB.archives.map { joined(folder, $0.name) }
  }

  func listing() throws(DataSetError) -> ImageListing {
    let (train, test) =
      switch location {
      case .archives(let folder): (try trainingEntries(folder), try testEntries(folder))
      case .tree(let base, let table): (try trainingFiles(base), try testFiles(base, table))
      }
    return ImageListing(classNames: GTSRB.classNames, train: train, test: test)
  }

  // MARK: Archives

  private func trainingEntries(_ folder: String) throws(DataSetError) -> ImageListing.Split {
    let path = joined(folder, GTSRB.training.name)
    var reader = try ArchiveReader(path)
    var found: [(ordinal: Int, entry: ImageListing.Entry)] = []
    var ordinal = 0
    while try reader.next() {
      if let label = try label(of: reader.name, in: path) {
        found.append((ordinal, ImageListing.Entry(name: reader.name, label: label)))
      }
      ordinal += 1
    }
    found.sort { isOrdered($0.entry, $1.entry) }
    guard !found.isEmpty else { throw .noImages(path: path) }
    var positions = [Int32](repeating: -1, count: ordinal)
    for (position, image) in found.enumerated() { positions[image.ordinal] = Int32(position) }
    return ImageListing.Split(
      container: .archive(path: path), entries: tracked(found.map(\.entry)), positions: positions,
      hasTracks: true)
  }

  private func testEntries(_ folder: String) throws(DataSetError) -> ImageListing.Split {
    let path = joined(folder, GTSRB.testImages.name)
    let table = try packedTable(joined(folder, GTSRB.testClasses.name))
    var reader = try ArchiveReader(path)
    var ordinals: [String: (ordinal: Int, entry: String)] = [:]
    var ordinal = 0
    while try reader.next() {
      if let name = imageName(reader.name) { ordinals[name] = (ordinal, reader.name) }
      ordinal += 1
    }
    var positions = [Int32](repeating: -1, count: ordinal)
    var entries = [ImageListing.Entry]()
    for row in table.rows {
      guard let image = ordinals[row.image] else {
        throw .missingImage(file: table.file, line: row.line, image: row.image)
      }
      guard positions[image.ordinal] < 0 else {
        throw .repeatedImage(file: table.file, line: row.line, image: row.image)
      }
      positions[image.ordinal] = Int32(entries.count)
      entries.append(ImageListing.Entry(name: image.entry, label: row.label))
    }
    guard !entries.isEmpty else { throw .noImages(path: path) }
    return ImageListing.Split(
      container: .archive(path: path), entries: entries, positions: positions)
  }

  private func packedTable(_ path: String) throws(DataSetError) -> AnnotationTable {
    var reader = try ArchiveReader(path)
    while try reader.next() {
      guard reader.name.split(separator: "/").last ?? "" == GTSRB.testTable else { continue }
      let buffer = ByteBuffer()
      try reader.read(into: buffer)
      return try AnnotationTable(
        buffer.content, file: "\(path): \(reader.name)", classCount: GTSRB.classNames.count)
    }
    throw .damagedArchive(path: path, entry: nil, reason: "there is no \(GTSRB.testTable) in it")
  }

  // MARK: Trees

  private func trainingFiles(_ base: String) throws(DataSetError) -> ImageListing.Split {
    let folder = joined(base, "Training")
    var entries = [ImageListing.Entry]()
    for name in try LocalFile.names(in: folder) where Int(name) != nil {
      for file in try LocalFile.names(in: joined(folder, name)) {
        let path = "\(name)/\(file)"
        guard let label = try label(of: path, in: folder) else { continue }
        entries.append(ImageListing.Entry(name: path, label: label))
      }
    }
    guard !entries.isEmpty else { throw .noImages(path: folder) }
    entries.sort(by: isOrdered)
    return ImageListing.Split(
      container: .folder(path: folder), entries: tracked(entries), hasTracks: true)
  }

  private func testFiles(_ base: String, _ table: String) throws(DataSetError)
    -> ImageListing.Split
  {
    let folder = joined(base, "Final_Test/Images")
    let buffer = ByteBuffer()
    try LocalFile.read(table, into: buffer)
    let table = try AnnotationTable(
      buffer.content, file: table, classCount: GTSRB.classNames.count)
    var left = Set(try LocalFile.names(in: folder))
    let all = left
    var entries = [ImageListing.Entry]()
    for row in table.rows {
      guard left.remove(row.image) != nil else {
        throw all.contains(row.image)
          ? .repeatedImage(file: table.file, line: row.line, image: row.image)
          : .missingImage(file: table.file, line: row.line, image: row.image)
      }
      entries.append(ImageListing.Entry(name: row.image, label: row.label))
    }
    guard !entries.isEmpty else { throw .noImages(path: folder) }
    return ImageListing.Split(container: .folder(path: folder), entries: entries)
  }

  // MARK: Names

  /// The file name of a PPM image; nil for anything else.
  private func imageName(_ entry: String) -> String? {
    guard entry.utf8.suffix(4).elementsEqual(".ppm".utf8) else { return nil }
    return entry.split(separator: "/").last.map(String.init)
  }

  /// The class of a training image, the number of the folder it lies in; nil for other files.
  private func label(of entry: String, in path: String) throws(DataSetError) -> Int? {
    guard entry.utf8.suffix(4).elementsEqual(".ppm".utf8) else { return nil }
    let parts = entry.utf8.split(separator: UInt8(ascii: "/"))
    guard parts.count >= 2, let folder = String(parts[parts.count - 2]),
      let number = Int(folder)
    else { return nil }
    guard GTSRB.classNames.indices.contains(number) else {
      throw .unknownClassFolder(
        path: path, folder: folder, classCount: GTSRB.classNames.count)
    }
    return number
  }

  private func isOrdered(_ a: ImageListing.Entry, _ b: ImageListing.Entry) -> Bool {
    a.label == b.label
      ? a.name.utf8.lexicographicallyPrecedes(b.name.utf8) : a.label < b.label
  }

  /// Numbers the tracks, whose images are named `<track>_<frame>.ppm` and follow each other.
  private func tracked(_ entries: [ImageListing.Entry]) -> [ImageListing.Entry] {
    var entries = entries
    var track = -1
    var last: (label: Int, stem: Substring.UTF8View)?
    for index in entries.indices {
      let name = entries[index].name
      let stem = name[...].utf8.prefix(
        upTo: name.utf8.lastIndex(of: UInt8(ascii: "_")) ?? name.endIndex)
      if last == nil || last?.label != entries[index].label
        || last?.stem.elementsEqual(stem) != true
      {
        track += 1
      }
      last = (entries[index].label, stem)
      entries[index].track = track
    }
    return entries
  }
}
