/// All images of a data set in their final order, before any of them is read.
struct ImageListing {
  /// One image: its name in an archive, or its path below a folder.
  struct Entry {
    var name: String
    var label: Int
    var track = 0
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

  var classNames: [String]
  var train: Split
  var test: Split
  var notes: [LoadNote] = []

  var count: Int { train.entries.count + test.entries.count }
}
