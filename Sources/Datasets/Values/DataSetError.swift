/// Why a data set could not be loaded.
///
/// `entry` is a file inside an archive; it is nil for files that lie in folders, where `path` says
/// all. Lines count from 1.
public enum DataSetError: Error, Hashable, Sendable {
  case noSuchPath(path: String)
  case notAFolder(path: String)
  case unreadable(path: String, reason: String)
  /// Neither archives nor an unpacked tree; `sought` are the paths that were looked for.
  case noGTSRB(path: String, sought: [String])
  /// Some of the three archives, or some parts of the tree, are there, and others are not.
  case incompleteGTSRB(path: String, missing: [String])
  /// `entry` is the last one that could be read, or the one that could not.
  case damagedArchive(path: String, entry: String?, reason: String)
  case damagedImage(path: String, entry: String?, fault: ImageFault)
  case noImages(path: String)
  /// No image in GTSRB's form.
  case noPixmaps(path: String)
  /// Images that do not lie in a folder per class.
  case imagesWithoutFolders(path: String)
  /// A file of arrays that is not what its format or its neighbours say; `place` is where.
  case damagedFile(path: String, place: String, reason: String)
  /// None of the files that a format consists of; `sought` are the names that were looked for.
  case noFiles(path: String, format: String, sought: [String])
  case missingColumn(file: String, column: String)
  case malformedLine(file: String, line: Int, fields: Int, expected: Int)
  /// A field that begins with `"` and has no end.
  case openQuote(file: String, line: Int)
  case classOutOfRange(file: String, line: Int, value: String, classCount: Int)
  case missingImage(file: String, line: Int, image: String)
  case repeatedImage(file: String, line: Int, image: String)
  /// A training image that its table counts to another class than its folder.
  case otherClassFolder(file: String, line: Int, image: String, label: Int)
  /// A folder of training images whose number is no class.
  case unknownClassFolder(path: String, folder: String, classCount: Int)
  /// A class of `test/` that `train/` does not have.
  case testClassWithoutTraining(path: String, name: String)
  /// An image that was chosen of a split, or given another label, and is not in it.
  case imageMissing(split: DataSet.Split, image: Int, count: Int)
  /// The class of a label that was changed.
  case classMissing(Int, classCount: Int)
  case tooFewNames(names: Int, classes: Int)
  case sizeOutOfRange(size: Int, limit: Int)
  case tooLarge(images: Int, size: Int, bytes: Int, limit: Int)
}

/// What is wrong with one image file.
public enum ImageFault: Error, Hashable, Sendable {
  case wrongMagic(found: String)
  case damagedHeader
  /// More than ``ImageLimits`` allows, or zero.
  case sizeOutOfRange(width: Int, height: Int)
  case maximumOutOfRange(Int)
  /// Fewer bytes than the header's size asks for.
  case cutShort(expected: Int, found: Int)
  /// PNG or JPEG data that cannot be decoded; `reason` is the decoder's.
  case undecodable(reason: String)
  /// An image in a format that is not read, such as WebP.
  case otherFormat(name: String)
}
