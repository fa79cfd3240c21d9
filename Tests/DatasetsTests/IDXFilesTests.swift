import Datasets
import Testing

/// The headers of IDX files (LeCun, Cortes and Burges, "The MNIST database").
struct IDXFilesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try write("train", images: [3, 1, 2])
    try write("t10k", images: [2, 1, 2])
  }

  private func write(_ split: String, images extents: [Int]) throws {
    let count = extents.reduce(1, *)
    try folder.write(
      ArrayFilesTests.idx(extents, (0..<count).map { UInt8($0 % 251) }),
      to: "\(split)-images-idx3-ubyte")
    try folder.write(
      ArrayFilesTests.idx([extents[0]], (0..<extents[0]).map { UInt8($0 % 7) }),
      to: "\(split)-labels-idx1-ubyte")
  }

  private func load() throws -> DataSet {
    try DataSet.load(.arrays(ArrayFiles(.idx, path: folder.path)), cache: nil)
  }

  @Test(arguments: [[300, 1, 2], [3, 1, 300], [2, 516, 1]])
  func extentsHaveMoreThanOneByte(extents: [Int]) throws {
    try write("train", images: extents)
    try write("t10k", images: [2] + extents.dropFirst())
    let data = try load()
    #expect(data.train.count == extents[0])
    #expect(
      data.train.shape == ImageShape(height: extents[1], width: extents[2], channels: 1))
    #expect(data.train.pixels.last == UInt8((extents.reduce(1, *) - 1) % 251))
  }

  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Put in the place of the good ones.
    var files: [String: [UInt8]]
    var words: String

    init(_ reason: String, _ files: [String: [UInt8]], _ words: String) {
      testDescription = reason
      self.files = files
      self.words = words
    }
  }

  static let rows = [
    Row(
      "test images of another width",
      ["t10k-images-idx3": ArrayFilesTests.idx([2, 2, 1], [1, 2, 3, 4])],
      "not of the training images' height and width"),
    Row(
      "an image less than labels",
      ["train-images-idx3": ArrayFilesTests.idx([2, 1, 2], [1, 2, 3, 4])],
      "2 images for the 3 labels"),
    Row(
      "neither images nor labels",
      [
        "train-images-idx3": ArrayFilesTests.idx([0, 1, 2], []),
        "train-labels-idx1": ArrayFilesTests.idx([0], []),
      ], "there are no images in it"),
    Row(
      "images of no width", ["train-images-idx3": ArrayFilesTests.idx([3, 1, 0], [])],
      "images of 0×1 are not read"),
    Row(
      "floats", ["train-images-idx3": [0, 0, 0xD, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2]],
      "it does not begin as an IDX file of bytes does"),
    Row(
      "a label too many", ["train-labels-idx1": ArrayFilesTests.idx([3], [0, 1, 2, 0])],
      "train-labels-idx1-ubyte, byte 11: more follows than it says"),
    Row(
      "a byte too many",
      ["train-images-idx3": ArrayFilesTests.idx([3, 1, 2], [1, 2, 3, 4, 5, 6, 7])],
      "train-images-idx3-ubyte, byte 22: more follows than it says"),
  ]

  @Test(arguments: rows)
  func filesThatContradictThemselvesAreRefused(row: Row) throws {
    for (name, bytes) in row.files { try folder.write(bytes, to: name + "-ubyte") }
    let error = #expect(throws: DataSetError.self) { try load() }
    #expect(error?.message.contains(row.words) == true, "\(String(describing: error))")
  }
}
