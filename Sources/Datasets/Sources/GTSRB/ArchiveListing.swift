/// Lists the images in GTSRB's official archives.
struct ArchiveListing {
  let training: String
  let test: String
  let classes: String

  func listing() throws(DataSetError) -> ImageListing {
    var rest = LeftOver()
    let train = try trainingEntries(&rest)
    let (tests, unlisted) = try testEntries()
    return ImageListing(
      classNames: GTSRB.classNames, train: train, test: tests, notes: rest.notes + unlisted)
  }

  private func trainingEntries(_ rest: inout LeftOver) throws(DataSetError) -> ImageListing.Split {
    var reader = try ArchiveReader(training)
    let buffer = ByteBuffer()
    var found: [ImageListing.Entry] = []
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
        found.append(ImageListing.Entry(name: reader.name, label: label, ordinal: ordinal))
      } else {
        rest.addImageWithoutClass()
      }
    }
    found.sort(by: [ImageListing.Entry].isOrdered)
    guard !found.isEmpty else { throw .noPixmaps(path: training) }
    return ImageListing.Split(archive: training, of: ordinal, found.tracked, hasTracks: true)
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
    var images: [ImageListing.Entry] = []
    var ordinal = 0
    while try reader.next() {
      if ImageDecoder.ending(of: reader.name) == GTSRB.ending,
        !ResourceFile.isNamedLikeOne(reader.name)
      {
        images.append(ImageListing.Entry(name: reader.name, label: 0, ordinal: ordinal))
      }
      ordinal += 1
    }
    let (entries, notes) = try table.entries(among: images)
    guard !entries.isEmpty else { throw .noPixmaps(path: test) }
    return (ImageListing.Split(archive: test, of: ordinal, entries), notes)
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
