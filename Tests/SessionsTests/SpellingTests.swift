import Datasets
import Foundation
import Sessions
import Testing

/// Session files that were written when GTSRB's classes were called "vechiles".
struct SpellingTests {
  private func data() throws -> DataSet {
    var signs = SyntheticSigns()
    (signs.classes, signs.perClass, signs.testPerClass, signs.size) = (17, 2, 2, 16)
    return try signs.generate(threads: 1)
  }

  @Test func namesInTheOldSpellingAreThoseOfNow() throws {
    let data = try data()
    #expect(data.classNames[15] == "No vehicles")
    let written = String(decoding: try JSONEncoder().encode(DataReference(data)), as: UTF8.self)
    let old = written.replacing("ehicles", with: "echiles")
    #expect(old != written)
    let reference = try JSONDecoder().decode(DataReference.self, from: Data(old.utf8))
    #expect(reference == DataReference(data))
    #expect(reference.restored(data)?.classNames == data.classNames)
  }

  @Test func namesOfOtherClassesStayAsTheyAre() throws {
    let data = try data()
    let named = DataSet(
      source: data.source,
      classNames: data.classNames.map { "my \($0.replacing("hi", with: "ih"))" },
      train: data.train, test: data.test)
    let reference = try JSONDecoder().decode(
      DataReference.self, from: try JSONEncoder().encode(DataReference(named)))
    #expect(reference.classNames == named.classNames)
  }
}
