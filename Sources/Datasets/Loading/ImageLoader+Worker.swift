import System

extension ImageLoader {
  /// What one thread needs to load images: its own archives, buffer and decoder.
  struct Worker: ~Copyable {
    private let listing: ImageListing
    private let imageBytes: Int
    private let targets: [DataSet.Split: Target]
    private let buffer = ByteBuffer()
    private var decoder: ImageDecoder
    private var archive: OpenArchive?

    /// An archive and how many of its entries were passed.
    private struct OpenArchive: ~Copyable {
      var reader: ArchiveReader
      var split: DataSet.Split
      var passed = 0
    }

    init(
      _ listing: ImageListing, size: Int,
      targets: [DataSet.Split: Target]
    ) {
      self.listing = listing
      self.targets = targets
      imageBytes = size * size * 3
      decoder = ImageDecoder(size: size)
    }

    /// Returns how many images there were in `range`.
    mutating func load(_ range: Range<Int>, of split: DataSet.Split) throws(DataSetError) -> Int {
      switch listing[split].container {
      case .archive(let path): try loadEntries(range, of: split, in: path)
      case .folder(let path): try loadFiles(range, of: split, in: path)
      }
    }

    private mutating func loadFiles(
      _ range: Range<Int>, of split: DataSet.Split, in folder: String
    ) throws(DataSetError) -> Int {
      for position in range {
        let path = FilePath.joined(folder, listing[split].entries[position].name)
        try LocalFile.read(path, into: buffer)
        do throws(ImageFault) {
          try decode(path, to: position, of: split)
        } catch {
          throw .damagedImage(path: path, entry: nil, fault: error)
        }
      }
      return range.count
    }

    private mutating func loadEntries(
      _ range: Range<Int>, of split: DataSet.Split, in path: String
    ) throws(DataSetError) -> Int {
      var open: OpenArchive
      if let current = archive.take(), current.split == split, current.passed <= range.lowerBound {
        open = current
      } else {
        open = OpenArchive(reader: try ArchiveReader(path), split: split)
      }
      var loaded = 0
      while open.passed < range.upperBound {
        guard try open.reader.skip() else { throw Self.changed(path) }
        let position = Int(listing[split].positions[open.passed])
        defer { open.passed += 1 }
        guard open.passed >= range.lowerBound, position >= 0 else { continue }
        open.reader.readName()
        guard open.reader.name == listing[split].entries[position].name else {
          throw Self.changed(path)
        }
        try open.reader.read(into: buffer)
        do throws(ImageFault) {
          try decode(open.reader.name, to: position, of: split)
        } catch {
          throw .damagedImage(path: path, entry: open.reader.name, fault: error)
        }
        loaded += 1
      }
      archive = consume open
      return loaded
    }

    private static func changed(_ archive: String) -> DataSetError {
      .damagedArchive(path: archive, entry: nil, reason: "it changed while it was read")
    }

    private mutating func decode(
      _ name: String, to position: Int, of split: DataSet.Split
    ) throws(ImageFault) {
      guard let target = targets[split], let pixels = target.pixels.baseAddress else { return }
      target.sizes[position] = try decoder.decode(
        buffer.content, ending: ImageDecoder.ending(of: name),
        into: pixels + position * imageBytes)
    }
  }
}
