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
      replace or remove it
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
    case .imageMissing(let split, let image, let count):
      """
      there is no image \(image) in its \(split.rawValue) split, which has \(grouped(count)): it was \
      made of other images
      """
    case .classMissing(let label, let classCount):
      "there is no class \(label): classes are 0 to \(classCount - 1)"
    case .tooFewNames(let names, let classes):
      """
      \(counted(names, "name is", "names are")) too few for \(counted(classes, "class", "classes")): \
      every class needs one
      """
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

extension ImageFault {
  /// Goes on after the name of the image.
  public var message: String {
    switch self {
    case .wrongMagic(let found):
      "is not a binary PPM file: it begins with \"\(shown(found))\" instead of \"P6\""
    case .damagedHeader:
      "has a damaged header: width, height and largest value must be numbers"
    case .sizeOutOfRange(let width, let height):
      """
      says that it is \(width)×\(height); sides of 1 … \(ImageLimits.side) and up to \
      \(ImageLimits.pixels >> 20) million pixels are read
      """
    case .maximumOutOfRange(let maximum):
      "has a largest value of \(maximum); 1 … 65535 are read"
    case .cutShort(let expected, let found):
      "is cut short: \(found) of \(expected) bytes"
    case .undecodable(let reason):
      "cannot be decoded (\(shown(reason)))"
    case .otherFormat(let name):
      "is a \(name) image; PPM (P6), PNG and JPEG are read, so convert it"
    }
  }
}

extension SyntheticSignsError: CustomStringConvertible {
  public var description: String { message }

  public var message: String {
    switch self {
    case .outOfRange(let field, let value, let range):
      "\(field) \(value) is impossible; give \(range.lowerBound) to \(range.upperBound)"
    case .sizeOutOfRange(let size, let range):
      """
      drawn signs of size \(size) cannot be made; the size must be \(range.lowerBound) … \
      \(range.upperBound)
      """
    case .tooManyImages(let count, let limit):
      "\(count) images are more than the \(limit) allowed; choose fewer classes or images of each"
    case .tooLarge(let bytes, let limit):
      """
      the images would take \(bytes >> 20) MB, more than the \(limit >> 20) MB allowed; choose \
      fewer or smaller ones
      """
    }
  }
}

extension TransformError: CustomStringConvertible {
  public var description: String { message }

  public var message: String {
    switch self {
    case .wrongCount(let figure, let count, let channels):
      "\(figure) has \(count) figures; give one, or one for each of the \(channels) channels"
    case .outOfRange(let figure, let value):
      "\(figure) \(value) is impossible; give \(figure == "mean" ? "a number" : "a number above 0")"
    }
  }
}

extension TaskSequenceError: CustomStringConvertible {
  public var description: String { message }

  public var message: String {
    switch self {
    case .sizeOutOfRange(let size): "a task of \(size) classes is impossible; give 1 or more"
    case .countOutOfRange(let count): "\(count) tasks are impossible; give 1 or more"
    case .tooFewClasses(let size, 1, let available):
      "\(size) classes are needed and there are \(available); choose a smaller size"
    case .tooFewClasses(let size, let count, let available):
      """
      \(count) × \(size) classes are needed and there are \(available); choose a smaller size or \
      fewer tasks
      """
    case .sizesExceed(let sum, let available):
      "the sizes add up to \(sum) classes and there are \(available); choose smaller sizes"
    case .unequalSizes(let sizes):
      """
      with scenario=domain all tasks share the same outputs, so they must be of one size, not \
      \(sizes.map(String.init).joined(with: "and"))
      """
    case .repeatedClass(let label): "class \(label) is listed twice; list it once"
    case .classOutOfRange(let label, let classCount):
      "there is no class \(label); classes are 0 … \(classCount - 1)"
    }
  }
}

extension DownloadError: CustomStringConvertible {
  public var description: String { message }

  public var message: String {
    switch self {
    case .notAnAddress(let text):
      "\"\(shown(text))\" is not an address; give one that begins with http:// or https://"
    case .status(let url, let status):
      """
      \(shown(url)): the server answered \(status); check the address, or try again later: what \
      has arrived is kept
      """
    case .connection(let url, let reason, let attempts):
      """
      \(shown(url)): \(shown(reason)), after \(attempts) attempts; try again: what has arrived \
      is kept
      """
    case .wrongChecksum(let file, let expected, let found):
      """
      '\(shown(file))' is not the official file (MD5 \(found) instead of \(expected)); it was thrown \
      away, check the address and try again
      """
    case .otherFile(let path):
      """
      '\(shown(path))' is there already and is not the official file; move it away or choose \
      another folder
      """
    case .busy(let path):
      "'\(shown(path))' is being written by another download; wait for it to end"
    case .tooLarge(let url, let limit):
      "\(shown(url)) is larger than \(limit >> 30) GB; check the address"
    case .disk(let path, let reason):
      "'\(shown(path))' cannot be written: \(shown(reason)); make room or choose another folder"
    }
  }
}
