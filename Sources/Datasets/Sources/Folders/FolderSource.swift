internal import Randomness
internal import System

extension DataSource {
  /// A folder per class; images resized to `size` × `size`.
  public static func folder(path: String, size: Int) -> DataSource {
    DataSource(FolderSource(path: path, size: size))
  }
}

struct FolderSource: ListedSource {
  static let key = "folder"

  var path: String
  var size: Int

  var sortedByText: DataSource? { DataSource(FolderByTextSource(path: path, size: size)) }

  func listing() throws(DataSetError) -> ImageListing { try ImageFolder(path: path).listing() }
}

/// A folder with classes in the order of their names as text (0, 1, 10, 2), as sessions have them
/// that were saved when numbers were nothing else.
struct FolderByTextSource: ListedSource {
  static let key = "folderByText"
  static let cacheKey = "folder by text"

  var path: String
  var size: Int

  func listing() throws(DataSetError) -> ImageListing {
    try ImageFolder(path: path, order: .byText).listing()
  }
}

/// Images in a folder per class; a class is named after its folder, and numbered by its place among
/// the folders: whole numbers by their value, then all others by the bytes of their names.
///
/// With a folder `train` that has folders in it, those are the classes, and the images of `test` are
/// for testing, or else those of `val`, `valid` or `validation`. Without any of these, a fifth of each
/// class's images (rounded, at least 1 of 2 or more) is drawn for testing, always the same ones.
struct ImageFolder {
  let path: String
  var order = FolderOrder.byNumber

  /// The names of validation's folder, the first of which counts.
  private static let validation = ["val", "valid", "validation"]

  func listing() throws(DataSetError) -> ImageListing {
    try LocalFile.checkFolder(path)
    var rest = LeftOver()
    let folders = try rest.folders(in: path, called: "")
    if let train = Self.named("train", in: folders) {
      var below = LeftOver()
      if try !below.folders(in: FilePath.joined(path, train), called: train).isEmpty {
        return try splits(train, folders, rest)
      }
      // A class may be called train, but hardly beside one that is called test.
      if Self.testing(in: folders) != nil {
        throw .imagesWithoutFolders(path: FilePath.joined(path, train))
      }
    }
    let classNames = order.sorted(folders)
    let entries = try entries(below: path, called: "", classNames, &rest)
    guard !entries.isEmpty else {
      throw rest.imagesWithoutClass > 0
        ? .imagesWithoutFolders(path: path) : .noImages(path: path)
    }
    return divided(entries, classNames, path, rest.notes)
  }

  /// What lies in `train` and beside it.
  private func splits(
    _ train: String, _ folders: [String], _ above: LeftOver
  ) throws(DataSetError) -> ImageListing {
    var rest = above
    let root = FilePath.joined(path, train)
    let classNames = order.sorted(try rest.folders(in: root, called: train))
    let entries = try entries(below: root, called: train, classNames, &rest)
    guard !entries.isEmpty else { throw .noImages(path: root) }
    let testing = Self.testing(in: folders)
    var notes: [LoadNote] = []
    for name in folders where name != train && name != testing {
      if let testing, Self.validation.contains(name.lowercased()) {
        notes.append(.validationNotRead(name, images: try count(below: name), test: testing))
      } else {
        rest.add(folder: name, at: FilePath.joined(path, name))
      }
    }
    guard let testing else {
      return divided(entries, classNames, root, rest.notes + notes)
    }
    if testing.lowercased() != "test" { notes.append(.validationIsTest(testing)) }
    let testRoot = FilePath.joined(path, testing)
    let loose = rest.imagesWithoutClass
    let tested = order.sorted(try rest.folders(in: testRoot, called: testing))
    var labels: [Int] = []
    for name in tested {
      guard let label = classNames.firstIndex(of: name) else {
        throw .testClassWithoutTraining(path: testRoot, name: name)
      }
      labels.append(label)
    }
    let tests = try self.entries(below: testRoot, called: testing, tested, &rest)
    guard !tests.isEmpty else {
      throw rest.imagesWithoutClass > loose
        ? .imagesWithoutFolders(path: testRoot) : .noImages(path: testRoot)
    }
    return ImageListing(
      classNames: classNames,
      train: ImageListing.Split(container: .folder(path: root), entries: entries),
      test: ImageListing.Split(
        container: .folder(path: testRoot),
        entries: tests.map { entry in
          var entry = entry
          entry.label = labels[entry.label]
          return entry
        }), notes: rest.notes + notes)
  }

  /// The folder of that name, in small letters if there are several.
  private static func named(_ name: String, in folders: [String]) -> String? {
    folders.contains(name) ? name : folders.first { $0.lowercased() == name }
  }

  private static func testing(in folders: [String]) -> String? {
    (["test"] + validation).lazy.compactMap { named($0, in: folders) }.first
  }

  /// How many images lie in the folders of a folder.
  private func count(below name: String) throws(DataSetError) -> Int {
    var rest = LeftOver()
    let folders = try rest.folders(in: FilePath.joined(path, name), called: name)
    return try entries(below: FilePath.joined(path, name), called: name, folders, &rest).count
  }

  /// - Parameters:
  ///   - name: What `root` is called in notes.
  ///   - folders: Those of the classes; an image's label is the place of its own.
  private func entries(
    below root: String, called name: String, _ folders: [String], _ rest: inout LeftOver
  ) throws(DataSetError) -> [ImageListing.Entry] {
    var entries = [ImageListing.Entry]()
    for (label, folder) in folders.enumerated() {
      let files = try rest.images(
        in: FilePath.joined(root, folder),
        called: name.isEmpty ? folder : FilePath.joined(name, folder))
      entries += files.map { ImageListing.Entry(name: FilePath.joined(folder, $0), label: label) }
    }
    return entries
  }

  private func divided(
    _ entries: [ImageListing.Entry], _ classNames: [String], _ root: String, _ notes: [LoadNote]
  ) -> ImageListing {
    let chosen = entries.map(\.label).fifth(RandomStream(seed: 0).stream("split"))
    func split(_ forTesting: Bool) -> ImageListing.Split {
      ImageListing.Split(
        container: .folder(path: root),
        entries: entries.indices.filter { chosen.contains($0) == forTesting }.map { entries[$0] })
    }
    return ImageListing(
      classNames: classNames, train: split(false), test: split(true), notes: notes + [.testIsDrawn])
  }
}

/// How folders of classes follow each other, and so which number a class has.
enum FolderOrder: Sendable {
  /// Whole numbers by their value (0, 1, 2, 10), then all other names by their bytes.
  case byNumber
  /// All names by their bytes (0, 1, 10, 2).
  case byText

  func sorted(_ names: [String]) -> [String] {
    names.sorted { a, b in
      switch (number(a), number(b)) {
      case (let x?, let y?) where x != y: x < y
      case (_?, nil): true
      case (nil, _?): false
      default: a.utf8.lexicographicallyPrecedes(b.utf8)
      }
    }
  }

  private func number(_ name: String) -> Int? {
    guard self == .byNumber, name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(name)
  }
}
