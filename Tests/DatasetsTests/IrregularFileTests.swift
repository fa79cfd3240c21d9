import Datasets
import Foundation
import System
import Testing

/// Pipes and devices in the place of files are refused at once: reading one could wait for ever.
@Suite(.timeLimit(.minutes(1))) struct IrregularFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func pipe(_ name: String) throws -> String {
    let path = "\(folder.path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try? FileManager.default.removeItem(atPath: path)
    #expect(mkfifo(path, 0o644) == 0)
    return path
  }

  private func expectRefusal(of path: String, _ source: DataSource) {
    #expect(throws: DataSetError.unreadable(path: path, reason: "it is not a regular file")) {
      try DataSet.load(source, cache: nil)
    }
  }

  @Test func pipeInPlaceOfAnArchiveOfArraysIsRefused() throws {
    let path = try pipe("some.npz")
    expectRefusal(of: path, .arrays(ArrayFiles(.npz, path: path)))
    expectRefusal(of: "/dev/zero", .arrays(ArrayFiles(.npz, path: "/dev/zero")))
  }

  @Test(arguments: ["train-labels-idx1-ubyte", "train-images-idx3-ubyte.gz"])
  func pipeInPlaceOfAnIDXFileIsRefused(name: String) throws {
    for file in ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"] {
      let isLabels = file.contains("labels")
      try folder.write(
        [0, 0, 8, isLabels ? 1 : 3, 0, 0, 0, 1] + (isLabels ? [0] : [0, 0, 0, 1, 0, 0, 0, 1, 9]),
        to: file + "-ubyte")
    }
    let files = ArrayFiles(.idx, path: folder.path)
    #expect(try DataSet.load(.arrays(files), cache: nil).train.count == 1)
    if name.hasSuffix(".gz") { unlink("\(folder.path)/\(name.dropLast(3))") }
    expectRefusal(of: try pipe(name), .arrays(files))
  }

  @Test func pipeInPlaceOfACIFARFileIsRefused() throws {
    try folder.write([UInt8](repeating: 0, count: 3074), to: "test.bin")
    expectRefusal(of: try pipe("train.bin"), .arrays(ArrayFiles(.cifar, path: folder.path)))
  }

  @Test(arguments: ["GTSRB/GT-final_test.csv", "GTSRB/Final_Test/Images/00001.ppm"])
  func pipeInATreeOfGTSRBIsRefused(name: String) throws {
    try SmallGTSRB().writeTree(to: folder, prefix: "", table: "GTSRB/GT-final_test.csv")
    expectRefusal(of: try pipe(name), .gtsrb(path: folder.path, size: 4))
  }

  @Test func pipeInPlaceOfKagglesTableIsRefused() throws {
    try folder.write("Path,ClassId\n", to: "Test.csv")
    expectRefusal(of: try pipe("Train.csv"), .gtsrb(path: folder.path, size: 4))
  }

  /// Something that is no image does not keep the images from being loaded.
  @Test func pipeOfAnotherFormatIsCounted() throws {
    try folder.write(pixmap(2, 2, 1), to: "a/1.ppm")
    _ = try pipe("a/2.webp")
    let set = try DataSet.load(.folder(path: folder.path, size: 2), cache: nil)
    #expect(
      set.notes == [
        .filesNotRead(["unreadable": 1]), .testIsDrawn, .classesWithoutTesting(["a"]),
      ])
  }
}
