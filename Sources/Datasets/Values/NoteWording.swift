import PlainText

extension LoadNote: CustomStringConvertible {
  public var description: String { message }

  /// One line; names that come from files are shown without control characters.
  public var message: String {
    switch self {
    case .filesNotRead(let kinds):
      "\(counted(kinds.values.reduce(0, +), "file is", "files are")) not read: \(Self.counts(kinds))"
    case .imagesWithoutClass(let count):
      """
      \(counted(count, "image lies", "images lie")) in no folder of a class and \
      \(count == 1 ? "is" : "are") not read
      """
    case .foldersNotRead(let paths):
      "\(counted(paths.count, "folder is", "folders are")) not read: \(few(paths))"
    case .hiddenNotRead(let paths):
      "\(counted(paths.count, "hidden name is", "hidden names are")) not read: \(few(paths))"
    case .namesNotUTF8(let names):
      """
      \(counted(names.count, "name is", "names are")) not UTF-8, so what \
      \(names.count == 1 ? "it names" : "they name") is not read: \(few(names)); rename \
      \(names.count == 1 ? "it" : "them")
      """
    case .validationIsTest(let name):
      "there are no separate test images: \(quoted(name)) is the test split"
    case .testIsDrawn:
      """
      there are no separate test images: a fifth of each class, always the same, is the test split
      """
    case .validationNotRead(let name, let images, let test):
      """
      \(quoted(name)) is not read (\(counted(images, "image"))): the test split is \(quoted(test))
      """
    case .imagesNotInTable(let count, let table):
      "\(counted(count, "image is", "images are")) not in \(quoted(table)) and not read"
    case .otherTrainingImages(let path):
      "\(quoted(path)) is there too and is not read: it has other training images"
    case .othersNotRead(let names):
      "\(names.map(quoted).abridged()) \(names.count == 1 ? "is" : "are") not read"
    case .namesDoNotFit(let place, let names, let classes):
      """
      \(quoted(place)) has \(counted(names, "name")) for \(counted(classes, "class", "classes")): \
      the classes are called by their numbers
      """
    case .tracksDoNotFit(let place):
      "\(quoted(place)) has not one number for each image and is not read"
    case .classesWithoutImages(let names):
      "\(counted(names.count, "class has", "classes have")) no images: \(few(names))"
    case .classesWithoutTraining(let names):
      "\(counted(names.count, "class has", "classes have")) no training images: \(few(names))"
    case .classesWithoutTesting(let names):
      "\(counted(names.count, "class has", "classes have")) no test images: \(few(names))"
    }
  }

  /// `3 WebP, 1 .txt`, the most frequent first.
  private static func counts(_ kinds: [String: Int]) -> String {
    let sorted = kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return few(sorted.map { "\($0.value) \($0.key)" })
  }
}

/// A name within a sentence.
private func quoted(_ name: String) -> String { "'\(shown(name))'" }

/// The first few names.
private func few(_ names: [String]) -> String { names.map(shown).abridged() }
