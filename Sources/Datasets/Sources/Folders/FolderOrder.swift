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
