import System

/// What lies in the folders of a data set and is not read: counted, so that nothing is missing without
/// a word.
struct LeftOver {
  /// By what they are.
  private var files: [String: Int] = [:]
  private(set) var imagesWithoutClass = 0
  private var folders: [String] = []
  private var hidden: [String] = []
  private var undecodable: [String] = []

  var notes: [LoadNote] {
    var notes: [LoadNote] = []
    if !files.isEmpty { notes.append(.filesNotRead(files)) }
    if imagesWithoutClass > 0 { notes.append(.imagesWithoutClass(count: imagesWithoutClass)) }
    if !folders.isEmpty { notes.append(.foldersNotRead(folders)) }
    if !hidden.isEmpty { notes.append(.hiddenNotRead(hidden)) }
    if !undecodable.isEmpty { notes.append(.namesNotUTF8(undecodable)) }
    return notes
  }

  /// The images in a folder, by name.
  ///
  /// - Parameters:
  ///   - name: What the folder is called in notes; may be empty.
  ///   - endings: Of the images; all others are counted.
  ///   - isKnown: Files that belong there and are no images.
  mutating func images(
    in folder: String, called name: String, endings: Set<String> = ImageDecoder.endings,
    isKnown: (String) -> Bool = { _ in false }
  ) throws(DataSetError) -> [String] {
    let contents = try split(folder, called: name)
    for inner in contents.folders {
      add(folder: Self.below(name, inner), at: FilePath.joined(folder, inner))
    }
    return contents.files.filter { file in
      let isImage = endings.contains(ImageDecoder.ending(of: file))
      if !isImage, !isKnown(file) { add(file, in: folder) }
      return isImage
    }
  }

  /// The folders in a folder, by name; images beside them belong to no class.
  ///
  /// - Parameter isKnown: Files that belong there and are no images; all others are counted.
  mutating func folders(
    in folder: String, called name: String, isKnown: (String) -> Bool = { _ in false }
  ) throws(DataSetError) -> [String] {
    let contents = try split(folder, called: name)
    for file in contents.files {
      if ImageDecoder.endings.contains(ImageDecoder.ending(of: file)) {
        imagesWithoutClass += 1
      } else if !isKnown(file) {
        add(file, in: folder)
      }
    }
    return contents.folders.filter {
      !ResourceFile.isNamedLikeOne($0) || !ResourceFile.fill(FilePath.joined(folder, $0))
    }
  }

  /// What is in a folder, by name; what is hidden is counted.
  private mutating func split(
    _ folder: String, called name: String
  ) throws(DataSetError) -> (folders: [String], files: [String]) {
    let contents = try FolderContents(folder)
    addHidden(contents, in: folder, called: name)
    let isFolder = contents.names.map { FileStatus(FilePath.joined(folder, $0))?.isFolder == true }
    let names = zip(contents.names, isFolder)
    return (names.filter(\.1).map(\.0), names.filter { !$0.1 }.map(\.0))
  }

  private mutating func add(_ file: String, in folder: String) {
    files[Self.kind(of: file, at: FilePath.joined(folder, file)), default: 0] += 1
  }

  mutating func add(folder name: String, at path: String) {
    if !ResourceFile.isNamedLikeOne(name) || !ResourceFile.fill(path) { folders.append(name) }
  }

  mutating func add(file name: String) {
    files[Self.ending(of: name), default: 0] += 1
  }

  mutating func add(hidden name: String) { hidden.append(name) }

  mutating func addImageWithoutClass() { imagesWithoutClass += 1 }

  private mutating func addHidden(
    _ contents: FolderContents, in folder: String, called name: String
  ) {
    undecodable += contents.undecodable.map { Self.below(name, $0) }
    for inner in contents.hidden {
      let path = FilePath.joined(folder, inner)
      let isImage = ImageDecoder.endings.contains(ImageDecoder.ending(of: inner))
      guard isImage || FileStatus(path)?.isFolder == true else { continue }
      let isResource =
        ResourceFile.isNamedLikeOne(inner)
        && LocalFile.beginning(of: path, count: 8).map(ResourceFile.isOne) == true
      if !isResource { hidden.append(Self.below(name, inner)) }
    }
  }

  private static func below(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : FilePath.joined(folder, name)
  }

  /// What a file is that is not read: a format, or its ending.
  private static func kind(of name: String, at path: String) -> String {
    guard let beginning = LocalFile.beginning(of: path, count: 16) else { return "unreadable" }
    return beginning.withUnsafeBytes { bytes in
      switch ImageFormat(bytes) {
      case .other(let format): format
      case .pixmap: "PPM not named .ppm"
      case .png: "PNG not named .png"
      case .jpeg: "JPEG not named .jpg"
      case nil: ending(of: name)
      }
    }
  }

  private static func ending(of name: String) -> String {
    let ending = ImageDecoder.ending(of: name)
    return ending.isEmpty ? "without an ending" : ".\(ending.prefix(12))"
  }
}
