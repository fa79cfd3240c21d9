internal import Randomness

/// Images in a folder per class; a class is named after its folder, and numbered by its place among
/// the sorted names.
///
/// With a folder `train`, its folders are the classes and the images of `test` (if there is one)
/// are for testing. Without `test`, a fifth of each class's images (rounded, at least 1 of 2 or
/// more) is drawn for testing, always the same ones.
struct ImageFolder {
  let path: String

  func listing() throws(DataSetError) -> ImageListing {
    guard let status = FileStatus(path) else { throw .noSuchPath(path: path) }
    guard status.isFolder else { throw .notAFolder(path: path) }
    let hasTrain = FileStatus(joined(path, "train"))?.isFolder == true
    let root = hasTrain ? joined(path, "train") : path
    let classNames = try folders(in: root)
    let train = try entries(below: root, classNames)
    guard !train.isEmpty else { throw .noImages(path: root) }
    let testRoot = joined(path, "test")
    guard hasTrain, FileStatus(testRoot)?.isFolder == true else {
      return divided(train, classNames, root)
    }
    for name in try folders(in: testRoot) where !classNames.contains(name) {
      throw .testClassWithoutTraining(path: testRoot, name: name)
    }
    let test = try entries(below: testRoot, classNames)
    guard !test.isEmpty else { throw .noImages(path: testRoot) }
    return ImageListing(
      classNames: classNames,
      train: ImageListing.Split(container: .folder(path: root), entries: train),
      test: ImageListing.Split(container: .folder(path: testRoot), entries: test))
  }

  private func folders(in root: String) throws(DataSetError) -> [String] {
    try LocalFile.names(in: root).filter { FileStatus(joined(root, $0))?.isFolder == true }
  }

  private func entries(below root: String, _ classNames: [String]) throws(DataSetError)
    -> [ImageListing.Entry]
  {
    var entries = [ImageListing.Entry]()
    for (label, name) in classNames.enumerated() {
      let folder = joined(root, name)
      guard FileStatus(folder)?.isFolder == true else { continue }
      for file in try LocalFile.names(in: folder)
      where ImageDecoder.endings.contains(ImageDecoder.ending(of: file)) {
        entries.append(ImageListing.Entry(name: joined(name, file), label: label))
      }
    }
    return entries
  }

  private func divided(
    _ entries: [ImageListing.Entry], _ classNames: [String], _ root: String
  ) -> ImageListing {
    var chosen = Set<Int>()
    for label in classNames.indices {
      let members = entries.indices.filter { entries[$0].label == label }
      guard members.count > 1 else { continue }
      var random = RandomStream(seed: 0).stream("split").stream(label)
      chosen.formUnion(random.sample(max(1, (members.count + 2) / 5), from: members))
    }
    func split(_ forTesting: Bool) -> ImageListing.Split {
      ImageListing.Split(
        container: .folder(path: root),
        entries: entries.indices.filter { chosen.contains($0) == forTesting }.map { entries[$0] })
    }
    return ImageListing(classNames: classNames, train: split(false), test: split(true))
  }
}
