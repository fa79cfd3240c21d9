/// Lists the images in GTSRB's official archives.
struct ArchiveListing {
  let training: String
  let test: String
  let classes: String

  func listing() throws(DataSetError) -> ImageListing {
    var rest = LeftOver()
    let train = try trainingEntries(&rest)
    let (tests, unlisted) = try testEntries()
    return ImageListing(gtsrb: train, tests, notes: rest.notes + unlisted)
  }

  private func trainingEntries(_ rest: inout LeftOver) throws(DataSetError) -> ImageListing.Split {
    var reader = try ArchiveReader(training)
    let buffer = ByteBuffer()
    var found: [(ordinal: Int, entry: ImageListing.Entry)] = []
    var ordinal = 0
    while try reader.next() {
      defer { ordinal += 1 }
      let ending = ImageDecoder.ending(of: reader.name)
      guard ImageDecoder.endings.contains(ending) else { continue }
      if ResourceFile.isNamedLikeOne(reader.name) {
        try reader.read(into: buffer)
        if !ResourceFile.isOne(buffer.content.prefix(8)) { rest.add(hidden: reader.name) }
      } else if ending != GTSRB.ending {
        rest.add(file: reader.name)
      } else if let label = try label(of: reader.name) {
        found.append((ordinal, ImageListing.Entry(name: reader.name, label: label)))
      } else {
        rest.addImageWithoutClass()
      }
    }
    found.sort { [ImageListing.Entry].isOrdered($0.entry, $1.entry) }
    guard !found.isEmpty else { throw .noPixmaps(path: training) }
    var positions = [Int32](repeating: -1, count: ordinal)
    for (position, image) in found.enumerated() { positions[image.ordinal] = Int32(position) }
    return ImageListing.Split(
      container: .archive(path: training), entries: found.map(\.entry).tracked,
      positions: positions, hasTracks: true)
  }

  /// The class of a training image, the number of the folder it lies in; nil if it lies in no such.
  private func label(of entry: String) throws(DataSetError) -> Int? {
    let parts = entry.utf8.split(separator: UInt8(ascii: "/"))
    guard parts.count >= 2, let folder = String(parts[parts.count - 2]) else { return nil }
    return try GTSRB.label(of: folder, in: training)
  }

  private func testEntries() throws(DataSetError) -> (ImageListing.Split, [LoadNote]) {
    let table = try packedTable()
    var reader = try ArchiveReader(test)
    var images = TestImages<(ordinal: Int, entry: String)>()
    var ordinal = 0
    while try reader.next() {
      if ImageDecoder.ending(of: reader.name) == GTSRB.ending,
        !ResourceFile.isNamedLikeOne(reader.name),
        let name = reader.name.split(separator: "/").last
      {
        images.add(String(name), at: (ordinal, reader.name))
      }
      ordinal += 1
    }
    var positions = [Int32](repeating: -1, count: ordinal)
    var entries = [ImageListing.Entry]()
    for row in table.rows {
      let image = try images.take(row, of: table.file).place
      positions[image.ordinal] = Int32(entries.count)
      entries.append(ImageListing.Entry(name: image.entry, label: row.label))
    }
    guard !entries.isEmpty else { throw .noPixmaps(path: test) }
    let split = ImageListing.Split(
      container: .archive(path: test), entries: entries, positions: positions)
    return (split, images.note(table.file))
  }

  private func packedTable() throws(DataSetError) -> AnnotationTable {
    var reader = try ArchiveReader(classes)
    while try reader.next() {
      guard reader.name.split(separator: "/").last ?? "" == GTSRB.testTable else { continue }
      let buffer = ByteBuffer()
      try reader.read(into: buffer)
      return try AnnotationTable(
        buffer.content, file: "\(classes): \(reader.name)", classCount: GTSRB.classNames.count)
    }
    throw .damagedArchive(path: classes, entry: nil, reason: "there is no \(GTSRB.testTable) in it")
  }
}
