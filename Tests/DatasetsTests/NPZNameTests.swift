import Datasets
import Foundation
import Testing

/// Names, splits and other arrays in npz archives, as NumPy's users write them.
struct NPZNameTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Gray images of 2×2, one of each label.
  private func images(_ labels: [UInt8]) -> [UInt8] {
    npy("|u1", "(\(labels.count), 2, 2)", labels.flatMap { [$0, $0, $0, $0] })
  }

  private func labels(_ labels: [UInt8]) -> [UInt8] { npy("|u1", "(\(labels.count),)", labels) }

  private func load(_ arrays: [(name: String, bytes: [UInt8])]) throws -> DataSet {
    let path = try folder.write(zip(arrays.map { ($0.name + ".npy", $0.bytes) }), to: "some.npz")
    return try DataSet.load(.arrays(ArrayFiles(.npz, path: path)), cache: nil)
  }

  private var both: [(name: String, bytes: [UInt8])] {
    [
      ("train_images", images([0, 1, 2])), ("train_labels", labels([0, 1, 2])),
      ("test_images", images([0, 1, 2])), ("test_labels", labels([0, 1, 2])),
    ]
  }

  @Test func classNamesMayBeBytes() throws {
    let names = npy(
      "|S4", "(3,)",
      Array("ab\0\0caf\u{E9}".unicodeScalars.map { UInt8($0.value) })
        + Array("\u{E9}\0\0".utf8))
    let set = try load(both + [("class_names", names)])
    #expect(set.classNames == ["ab", "caf\u{E9}", "\u{E9}"])
    #expect(set.notes.isEmpty)
  }

  @Test func classNamesMayBeNumbers() throws {
    let set = try load(
      both + [("class_names", npy("<i4", "(3,)", [7, 0, 0, 0, 8, 0, 0, 0, 1, 1, 0, 0]))])
    #expect(set.classNames == ["7", "8", "257"])
  }

  @Test func fewerNamesThanClassesAreNotTaken() throws {
    let set = try load(both + [("class_names", npy("|S1", "(2,)", Array("ab".utf8)))])
    #expect(set.classNames == ["0", "1", "2"])
    #expect(set.notes == [.namesDoNotFit("class_names", names: 2, classes: 3)])
  }

  @Test func classNamesThatAreNoTextsAreRefused() throws {
    let numbers = npy("<f4", "(3,)", [UInt8](repeating: 0, count: 12))
    let error = #expect(throws: DataSetError.self) {
      try load(both + [("class_names", numbers)])
    }
    #expect(error?.message.contains("class_names") == true)
  }

  /// An archive that was written when the names were spelled so.
  @Test func misspelledSignsAreCorrected() throws {
    let names = npy("|S11", "(3,)", Array("No vechiles\0\0\0\0\0\0\0\0\0\0\0My vechiles".utf8))
    let set = try load(both + [("class_names", names)])
    #expect(set.classNames == ["No vehicles", "", "My vechiles"])
  }

  @Test(arguments: ["val", "valid"])
  func validationIsTheTestSplitWithoutAnother(name: String) throws {
    let set = try load([
      ("train_images", images([0, 1, 0])), ("train_labels", labels([0, 1, 0])),
      ("\(name)_images", images([1, 0])), ("\(name)_labels", labels([1, 0])),
    ])
    #expect(set.train.labels == [0, 1, 0])
    #expect(set.test.labels == [1, 0])
    #expect(set.notes == [.validationIsTest("\(name)_images")])
  }

  @Test func arraysThatAreNotReadAreNamed() throws {
    let set = try load(
      both + [
        ("val_images", images([1])), ("val_labels", labels([1])), ("more", labels([1])),
        ("train_tracks", labels([1, 2])),
      ])
    #expect(
      set.notes == [
        .tracksDoNotFit("train_tracks"), .othersNotRead(["more", "val_images", "val_labels"]),
      ])
    #expect(set.train.tracks.isEmpty)
  }

  @Test func testImagesWithoutLabelsAreNamed() throws {
    let set = try load([
      ("train_images", images([0, 0, 1, 1])), ("train_labels", labels([0, 0, 1, 1])),
      ("test_images", images([0, 1])),
    ])
    #expect(set.notes == [.testIsDrawn, .othersNotRead(["test_images"])])
  }

  @Test func classesWithoutImagesAreNamed() throws {
    let set = try load([
      ("train_images", images([4, 0, 0])), ("train_labels", labels([4, 0, 0])),
      ("test_images", images([2, 0])), ("test_labels", labels([2, 0])),
    ])
    #expect(
      set.notes == [
        .classesWithoutImages(["1", "3"]), .classesWithoutTraining(["2"]),
        .classesWithoutTesting(["4"]),
      ])
  }
}
