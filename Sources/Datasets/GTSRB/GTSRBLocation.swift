/// Where the parts of GTSRB lie below a path that someone gave.
enum GTSRBLocation: Hashable {
  case archives(folder: String)
  /// `Training/<class>/` and `Final_Test/Images/` below `base`, and the test images' classes.
  case tree(base: String, table: String)

  /// Looks in `path` and, as if it were a parent, in `GTSRB`, `gtsrb` and `gtsrb/GTSRB` below it.
  /// Archives come before a tree, which torchvision unpacks beside them.
  init(at path: String) throws(DataSetError) {
    guard let status = FileStatus(path) else { throw .noSuchPath(path: path) }
    guard status.isFolder else { throw .notAFolder(path: path) }
    let folders = [path] + ["GTSRB", "gtsrb", "gtsrb/GTSRB"].map { joined(path, $0) }
    var missing: [String]?
    for folder in folders {
      let absent = GTSRB.archives.map { joined(folder, $0.name) }.filter { FileStatus($0) == nil }
      if absent.isEmpty {
        self = .archives(folder: folder)
        return
      }
      if absent.count < GTSRB.archives.count { missing = missing ?? absent }
    }
    for base in folders {
      switch Self.tree(base) {
      case .success(let location):
        self = location
        return
      case .failure(let absent):
        if absent.paths.count < 3 { missing = missing ?? absent.paths }
      }
    }
    if let missing { throw .incompleteGTSRB(path: path, missing: missing) }
    throw .noGTSRB(
      path: path, sought: GTSRB.archives.map(\.name) + ["GTSRB/Training", "GTSRB/Final_Test"])
  }

  private struct Absent: Error {
    var paths: [String]
  }

  private static func tree(_ base: String) -> Result<GTSRBLocation, Absent> {
    let folders = ["Training", "Final_Test/Images"].map { joined(base, $0) }
    let tables = ["", "../", "Final_Test/", "Final_Test/Images/"].map {
      joined(base, $0 + GTSRB.testTable)
    }
    let absent = folders.filter { FileStatus($0)?.isFolder != true }
    let table = absent.count == folders.count ? nil : tables.first { FileStatus($0) != nil }
    guard absent.isEmpty, let table else {
      return .failure(Absent(paths: absent + (table == nil ? [tables[0]] : [])))
    }
    return .success(.tree(base: base, table: table))
  }
}
