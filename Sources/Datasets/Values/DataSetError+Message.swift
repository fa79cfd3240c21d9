import PlainText

/// Errors that a person reads: what is wrong and what to do next.
///
/// Names that come from files are shown without control characters.
extension DataSetError: CustomStringConvertible {
  public var description: String { message }

  public var message: String {
    switch self {
    case .noSuchPath(let path):
      "there is no file or folder '\(shown(path))'"
    case .notAFolder(let path):
      "'\(shown(path))' is not a folder; give the folder that holds the archives or the images"
    case .unreadable(let path, let reason):
      "'\(shown(path))' cannot be read: \(shown(reason))"
    case .noGTSRB(let path, let sought):
      """
      no GTSRB in '\(shown(path))'; looked for \(sought.map(shown).joined(with: "and")) there and in GTSRB and gtsrb \
      below it; fetch the archives with 'download gtsrb to=DIR', or read other images with \
      'load folder'
      """
    case .incompleteGTSRB(let path, let missing):
      """
      GTSRB in '\(shown(path))' is not complete: \(missing.map(shown).joined(with: "and")) missing; \
      'download gtsrb' fetches the archives
      """
    case .damagedArchive(let path, let entry?, let reason):
      """
      the archive '\(shown(path))' is damaged at '\(shown(entry))': \(shown(reason)); fetch it again \
      and load again
      """
    case .damagedArchive(let path, nil, let reason):
      "the archive '\(shown(path))' is damaged: \(shown(reason)); fetch it again and reload"
    case .damagedImage(let path, let entry, let fault):
      """
      the image \(entry.map { "'\(shown($0))' in " } ?? "")'\(shown(path))' \(fault.message); \
      replace or remove it and load again
      """
    case .noImages(let path):
      """
      there are no images in '\(shown(path))'; a folder per class with PPM, PNG or JPEG files is \
      needed
      """
    case .noPixmaps(let path):
      """
      there are no .ppm images in '\(shown(path))'; GTSRB's lie in folders 00000 … 00042; read other \
      images with 'load folder'
      """
    case .imagesWithoutFolders(let path):
      """
      the images in '\(shown(path))' lie in no folder of a class, so nothing says what they are; \
      make a folder for each class, or give the folder above; Kaggle's GTSRB is loaded by \
      'load gtsrb'
      """
    case .damagedFile(let path, let place, let reason):
      "\(shown(path)), \(shown(place)): \(shown(reason)); fetch or write the file again"
    case .noFiles(let path, let format, let sought):
      """
      no \(format) files in '\(shown(path))'; looked for \(sought.map(shown).joined(with: "and"))
      """
    case .missingColumn(let file, let column):
      "'\(shown(file))' has no column \(column); its first line must name it, with , or ; in between"
    case .malformedLine(let file, let line, let fields, let expected):
      "\(shown(file)), line \(line): \(fields) fields instead of \(expected); correct the line"
    case .openQuote(let file, let line):
      "\(shown(file)), line \(line): the quotation mark is never closed; close it"
    case .classOutOfRange(let file, let line, let value, let classCount):
      """
      \(shown(file)), line \(line): "\(shown(value))" is not a class; classes are \
      0 … \(classCount - 1)
      """
    case .missingImage(let file, let line, let image):
      """
      \(shown(file)), line \(line): there is no image '\(shown(image))'; the table and the images \
      must be of the same set
      """
    case .repeatedImage(let file, let line, let image):
      "\(shown(file)), line \(line): the image '\(shown(image))' stands there a second time"
    case .otherClassFolder(let file, let line, let image, let label):
      """
      \(shown(file)), line \(line): the image '\(shown(image))' is said to be of class \(label) and \
      lies in the folder of another; correct the table or move the image
      """
    case .unknownClassFolder(let path, let folder, let classCount):
      """
      the folder '\(shown(folder))' in '\(shown(path))' is not a class; classes are 00000 … \
      \(String(repeating: "0", count: max(0, 5 - String(classCount - 1).count)))\(classCount - 1)
      """
    case .testClassWithoutTraining(let path, let name):
      "'\(shown(path))' has a class '\(shown(name))' that train does not have; rename or remove it"
    case .sizeOutOfRange(let size, let limit):
      "images of size \(size) cannot be made; the size must be 1 … \(limit)"
    case .tooLarge(let images, let size, let bytes, let limit):
      """
      \(images) images of \(size)×\(size) take \(bytes >> 20) MB, more than half of this machine's \
      memory (\(limit >> 20) MB); choose a smaller size
      """
    }
  }
}
