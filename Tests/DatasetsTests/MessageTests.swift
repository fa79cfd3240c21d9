import Datasets
import Testing

struct MessageTests {
  @Test(arguments: [
    (DataSetError.noSuchPath(path: "/a/b"), ["no file or folder '/a/b'"]),
    (.notAFolder(path: "/a"), ["/a", "folder"]),
    (.unreadable(path: "/a", reason: "denied"), ["/a", "denied"]),
    (.noGTSRB(path: "/a", sought: ["x.zip", "y"]), ["/a", "x.zip and y there", "download gtsrb"]),
    (.incompleteGTSRB(path: "/a", missing: ["x.zip"]), ["/a", "x.zip", "download gtsrb"]),
    (.damagedArchive(path: "/a", entry: "e", reason: "CRC"), ["/a", "at 'e'", "CRC", "again"]),
    (.damagedArchive(path: "/a", entry: nil, reason: "CRC"), ["/a", "CRC", "again"]),
    (
      .damagedImage(path: "/a", entry: "e.ppm", fault: .cutShort(expected: 9, found: 3)),
      ["'e.ppm' in '/a'", "3 of 9 bytes"]
    ),
    (.damagedImage(path: "/a", entry: nil, fault: .wrongMagic(found: "P3")), ["/a", "P3", "P6"]),
    (.damagedImage(path: "/a", entry: nil, fault: .damagedHeader), ["header"]),
    (
      .damagedImage(path: "/a", entry: nil, fault: .sizeOutOfRange(width: 9, height: 0)),
      ["9×0", "16384", "64 million"]
    ),
    (.damagedImage(path: "/a", entry: nil, fault: .maximumOutOfRange(0)), ["value of 0"]),
    (.damagedImage(path: "/a", entry: nil, fault: .undecodable(reason: "bad")), ["bad"]),
    (.noImages(path: "/a"), ["/a", "PPM, PNG or JPEG"]),
    (.noPixmaps(path: "/a"), ["/a", ".ppm", "00042"]),
    (.imagesWithoutFolders(path: "/a"), ["/a", "folder for each class", "load gtsrb"]),
    (.openQuote(file: "t.csv", line: 3), ["t.csv, line 3", "quotation mark"]),
    (
      .otherClassFolder(file: "t.csv", line: 3, image: "4/x.png", label: 5),
      ["t.csv, line 3", "4/x.png", "class 5"]
    ),
    (.missingColumn(file: "t.csv", column: "ClassId"), ["t.csv", "ClassId", ", or ;"]),
    (.malformedLine(file: "t.csv", line: 7, fields: 2, expected: 8), ["t.csv, line 7", "2", "8"]),
    (
      .classOutOfRange(file: "t.csv", line: 7, value: "99", classCount: 43),
      ["t.csv, line 7", "\"99\"", "0 … 42"]
    ),
    (.missingImage(file: "t.csv", line: 7, image: "9.ppm"), ["t.csv, line 7", "9.ppm"]),
    (.repeatedImage(file: "t.csv", line: 7, image: "9.ppm"), ["t.csv, line 7", "9.ppm"]),
    (.unknownClassFolder(path: "/a", folder: "00043", classCount: 43), ["00043", "00042"]),
    (.testClassWithoutTraining(path: "/a/test", name: "b"), ["/a/test", "b"]),
    (.sizeOutOfRange(size: 0, limit: 1024), ["0", "1 … 1024"]),
    (.tooLarge(images: 9, size: 8, bytes: 5 << 20, limit: 3 << 20), ["8×8", "5 MB", "3 MB"]),
  ])
  func messagesNameTheFacts(error: DataSetError, facts: [String]) {
    for fact in facts { #expect("\(error)".contains(fact)) }
    #expect("\(error)" == error.message)
  }

  @Test(arguments: [
    (
      LoadNote.filesNotRead(["WebP": 2, ".txt": 2, "BMP": 5]),
      "9 files are not read: 5 BMP, 2 .txt and 2 WebP"
    ),
    (.filesNotRead(["GIF": 1]), "1 file is not read: 1 GIF"),
    (.imagesWithoutClass(count: 1), "1 image lies in no folder of a class and is not read"),
    (.imagesWithoutClass(count: 2), "2 images lie in no folder of a class and are not read"),
    (.foldersNotRead(["a/b"]), "1 folder is not read: a/b"),
    (.hiddenNotRead([".a", ".b"]), "2 hidden names are not read: .a and .b"),
    (
      .namesNotUTF8(["caf\u{FFFD}"]),
      "1 name is not UTF-8, so what it names is not read: caf\u{FFFD}; rename it"
    ),
    (.validationIsTest("val"), "there are no separate test images: 'val' is the test split"),
    (
      .testIsDrawn,
      "there are no separate test images: a fifth of each class, always the same, is the test split"
    ),
    (
      .validationNotRead("val", images: 8, test: "test"),
      "'val' is not read (8 images): the test split is 'test'"
    ),
    (.imagesNotInTable(count: 2, table: "t.csv"), "2 images are not in 't.csv' and not read"),
    (
      .otherTrainingImages(path: "/a.zip"),
      "'/a.zip' is there too and is not read: it has other training images"
    ),
    (.othersNotRead(["a", "b"]), "'a' and 'b' are not read"),
    (
      .othersNotRead((1...9).map { "\($0).gz" }),
      "'1.gz', '2.gz', '3.gz', '4.gz', '5.gz' and 4 more are not read"
    ),
    (
      .namesDoNotFit("n", names: 1, classes: 3),
      "'n' has 1 name for 3 classes: the classes are called by their numbers"
    ),
    (.tracksDoNotFit("t"), "'t' has not one number for each image and is not read"),
    (
      .classesWithoutImages(["a", "b", "c", "d", "e", "f", "g"]),
      "7 classes have no images: a, b, c, d, e and 2 more"
    ),
    (.classesWithoutTraining(["a\u{1B}[2J"]), "1 class has no training images: a?[2J"),
    (.classesWithoutTesting(["a", "b"]), "2 classes have no test images: a and b"),
  ])
  func notesAreOneLine(note: LoadNote, line: String) {
    #expect("\(note)" == line)
  }

  @Test(arguments: [
    (DownloadError.notAnAddress("x"), ["\"x\"", "https://"]),
    (.status(url: "http://a", status: 404), ["http://a", "404"]),
    (.connection(url: "http://a", reason: "refused", attempts: 3), ["http://a", "refused", "3"]),
    (.wrongChecksum(file: "a.zip", expected: "12", found: "34"), ["a.zip", "34 instead of 12"]),
    (.otherFile(path: "/a"), ["/a", "move it away"]),
    (.busy(path: "/a"), ["/a"]),
    (.tooLarge(url: "http://a", limit: 4 << 30), ["http://a", "4 GB"]),
    (.disk(path: "/a", reason: "No space"), ["/a", "No space", "make room"]),
  ])
  func downloadMessagesNameTheFacts(error: DownloadError, facts: [String]) {
    for fact in facts { #expect("\(error)".contains(fact)) }
  }

  @Test(arguments: [
    (TaskSequenceError.sizeOutOfRange(0), ["0 classes"]),
    (.countOutOfRange(-1), ["-1 tasks"]),
    (.tooFewClasses(size: 8, count: 6, available: 43), ["6 × 8", "43"]),
    (.repeatedClass(7), ["class 7", "twice"]),
    (.classOutOfRange(50, classCount: 43), ["class 50", "0 … 42"]),
  ])
  func taskMessagesNameTheFacts(error: TaskSequenceError, facts: [String]) {
    for fact in facts { #expect("\(error)".contains(fact)) }
  }

  @Test(arguments: [
    (
      TransformError.wrongCount(figure: "mean", count: 2, channels: 3), ["mean", "2", "3 channels"]
    ),
    (.outOfRange(figure: "deviation", value: 0), ["deviation 0.0", "above 0"]),
  ])
  func transformMessagesNameTheFacts(error: TransformError, facts: [String]) {
    for fact in facts { #expect("\(error)".contains(fact)) }
  }

  @Test func controlCharactersAreNotShown() {
    let error = DataSetError.noSuchPath(path: "a\u{1B}[31m\nb\u{202E}c\u{9B}")
    #expect(error.message.hasPrefix("there is no file or folder 'a?[31m?b?c?"))
    let long = DataSetError.noSuchPath(path: String(repeating: "x", count: 100_000))
    #expect(long.message.count < 700)
  }
}
