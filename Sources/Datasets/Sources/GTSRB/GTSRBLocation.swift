import System

/// Where the parts of GTSRB lie below a path that someone gave.
struct GTSRBLocation {
  enum Layout: Hashable {
    /// The official archives: those of training images, of test images, and of their classes.
    case archives(training: String, test: String, classes: String)
    /// Folders `<class>/` of training images and one of all test images, and the latter's classes.
    case tree(training: String, test: String, table: String)
    /// Kaggle's: below `base` the tables `Train.csv` and `Test.csv` name the images.
    case kaggle(base: String)
  }

  let layout: Layout
  var notes: [LoadNote] = []

  /// Kaggle's tables.
  static let kaggleTables = (train: "Train.csv", test: "Test.csv")

  /// Of a tree, the first of which counts; as unpacked from `GTSRB.trainingArchives`.
  private static let trainingFolders = ["Training", "Final_Training/Images"]

  /// Looks in `path` and, as if it were a parent, in `GTSRB`, `gtsrb` and `gtsrb/GTSRB` below it.
  /// Archives come before a tree, which torchvision unpacks beside them, and a tree before Kaggle's.
  init(at path: String) throws(DataSetError) {
    try LocalFile.checkFolder(path)
    let folders = [path] + ["GTSRB", "gtsrb", "gtsrb/GTSRB"].map { FilePath.joined(path, $0) }
    var missing: [String]?
    for form in [Self.archives, Self.tree, Self.kaggle] {
      for folder in folders {
        switch form(folder) {
        case .found(let layout):
          self.layout = layout
          notes = Self.others(in: folders, than: layout).map { .otherTrainingImages(path: $0) }
          return
        case .partly(let absent): missing = missing ?? absent
        case .nothing: break
        }
      }
    }
    if let missing { throw .incompleteGTSRB(path: path, missing: missing) }
    throw .noGTSRB(
      path: path,
      sought: GTSRB.archives.map(\.name) + ["GTSRB/Training", "GTSRB/Final_Test"]
        + [GTSRB.trainingArchives[1], "GTSRB/Final_Training", Self.kaggleTables.train])
  }

  /// What a folder has of a layout.
  private enum Search {
    case found(Layout)
    /// These parts are absent.
    case partly([String])
    case nothing
  }

  private static func archives(_ folder: String) -> Search {
    let training = GTSRB.trainingArchives.map { FilePath.joined(folder, $0) }
    let others = [GTSRB.testImages, GTSRB.testClasses].map { FilePath.joined(folder, $0.name) }
    let found = training.first { FileStatus($0) != nil }
    let absent =
      (found == nil ? [training[0]] : []) + others.filter { FileStatus($0) == nil }
    guard absent.count < 3 else { return .nothing }
    guard absent.isEmpty, let found else { return .partly(absent) }
    return .found(.archives(training: found, test: others[0], classes: others[1]))
  }

  private static func tree(_ base: String) -> Search {
    let training = trainingFolders.map { FilePath.joined(base, $0) }
    let found = training.first { FileStatus($0)?.isFolder == true }
    let test = FilePath.joined(base, "Final_Test/Images")
    let hasTest = FileStatus(test)?.isFolder == true
    guard found != nil || hasTest else { return .nothing }
    let tables = ["", "../", "Final_Test/", "Final_Test/Images/"].map {
      FilePath.joined(base, $0 + GTSRB.testTable)
    }
    let table = tables.first { FileStatus($0) != nil }
    guard let found, hasTest, let table else {
      return .partly(
        (found == nil ? [training[0]] : []) + (hasTest ? [] : [test])
          + (table == nil ? [tables[0]] : []))
    }
    return .found(.tree(training: found, test: test, table: table))
  }

  private static func kaggle(_ base: String) -> Search {
    let tables = [kaggleTables.train, kaggleTables.test].map { FilePath.joined(base, $0) }
    let absent = tables.filter { FileStatus($0)?.isFolder != false }
    guard absent.count < tables.count else { return .nothing }
    return absent.isEmpty ? .found(.kaggle(base: base)) : .partly(absent)
  }

  /// Training images of the other edition, which are in none of the files of `layout`.
  private static func others(in folders: [String], than layout: Layout) -> [String] {
    let training: String
    switch layout {
    case .archives(let archive, _, _): training = archive
    case .tree(let folder, _, _): training = folder
    case .kaggle: return []
    }
    let editions = zip(GTSRB.trainingArchives, trainingFolders).map { [$0, $1] }
    return editions.filter { names in !names.contains { training.hasSuffix("/" + $0) } }
      .flatMap(\.self).flatMap { name in folders.map { FilePath.joined($0, name) } }
      .filter { FileStatus($0) != nil }
  }
}
