internal import Randomness

/// All images of a data set in their final order, before any of them is read.
struct ImageListing {
  /// One image: its name in an archive, or its path below a folder.
  struct Entry {
    var name: String
    var label: Int
    var track = 0
    /// Which entry of its archive it is.
    var ordinal = 0
  }

  /// The images of a split, all in one archive or below one folder.
  struct Split {
    enum Container {
      case archive(path: String)
      case folder(path: String)
    }

    var container: Container
    var entries: [Entry]
    /// For an archive: the position among `entries` of its every entry, or −1.
    var positions: [Int32] = []
    var hasTracks = false
  }

  subscript(split: DataSet.Split) -> Split { split == .train ? train : test }

  var classNames: [String]
  var train: Split
  var test: Split
  var notes: [LoadNote] = []

  var count: Int { train.entries.count + test.entries.count }
}

extension ImageListing.Split {
  /// - Parameter count: Of all entries that the archive has.
  init(
    archive path: String, of count: Int, _ entries: [ImageListing.Entry], hasTracks: Bool = false
  ) {
    var positions = [Int32](repeating: -1, count: count)
    for (position, entry) in entries.enumerated() { positions[entry.ordinal] = Int32(position) }
    self.init(
      container: .archive(path: path), entries: entries, positions: positions,
      hasTracks: hasTracks)
  }
}

extension [Int] {
  /// The places of a fifth of each label (rounded, at least 1 of 2 or more), which are images for
  /// testing where there are no others; always the same ones.
  func fifth(_ random: RandomStream) -> Set<Int> {
    let members = Dictionary(grouping: indices) { self[$0] }.filter { $0.value.count > 1 }
    return members.reduce(into: []) { chosen, label in
      var random = random.stream(label.key)
      chosen.formUnion(random.sample(Swift.max(1, (label.value.count + 2) / 5), from: label.value))
    }
  }
}
