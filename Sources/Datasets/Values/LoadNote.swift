import System

/// Something that a data set was loaded without, or that was guessed: people are told of it in a line.
public enum LoadNote: Codable, Hashable, Sendable {
  /// Files among the images and beside the folders of classes: how many there are of what they are.
  case filesNotRead([String: Int])
  /// Images that lie in no folder of a class.
  case imagesWithoutClass(count: Int)
  /// Folders where none are expected.
  case foldersNotRead([String])
  /// Folders and images whose names begin with a dot.
  case hiddenNotRead([String])
  /// Names that are not UTF-8, � in place of what cannot be read.
  case namesNotUTF8([String])
  /// A folder or array of validation images stands for the test images, of which there are none.
  case validationIsTest(String)
  /// A fifth of each class's images is drawn for testing, since there are no others for it.
  case testIsDrawn
  /// Images that were put aside for validation, while others are there for testing.
  case validationNotRead(String, images: Int, test: String)
  /// Test images of which a table does not say the class.
  case imagesNotInTable(count: Int, table: String)
  /// Another edition of the training images.
  case otherTrainingImages(path: String)
  /// Arrays or files beside those that were read.
  case othersNotRead([String])
  /// Names of classes that do not fit the labels; the classes are called by their numbers.
  case namesDoNotFit(String, names: Int, classes: Int)
  /// Numbers of tracks that are not one for each image.
  case tracksDoNotFit(String)
  case classesWithoutImages([String])
  case classesWithoutTraining([String])
  case classesWithoutTesting([String])
}

extension LoadNote {
  /// Whether it says what the test images are.
  var isAboutTesting: Bool {
    switch self {
    case .validationIsTest, .testIsDrawn: true
    default: false
    }
  }
}

extension DataSet {
  /// What there is to know about the data set before its figures are believed.
  public var notes: [LoadNote] {
    let has = (train: Set(train.labels), test: Set(test.labels))
    func names(_ isMeant: (_ trained: Bool, _ tested: Bool) -> Bool) -> [String] {
      classNames.enumerated().compactMap { label, name in
        isMeant(has.train.contains(label), has.test.contains(label)) ? name : nil
      }
    }
    let counted: [(names: [String], note: ([String]) -> LoadNote)] = [
      (names { !$0 && !$1 }, { .classesWithoutImages($0) }),
      (names { !$0 && $1 }, { .classesWithoutTraining($0) }),
      (names { $0 && !$1 }, { .classesWithoutTesting($0) }),
    ]
    return loadNotes + counted.filter { !$0.names.isEmpty }.map { $0.note($0.names) }
  }
}
