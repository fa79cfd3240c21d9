import Datasets
import Foundation
import Sessions
import Testing

/// Sessions that were saved when folders 0, 1, 10, 2 were classes in this order.
struct FolderOrderTests {
  @Test func dataOfAnEarlierOrderIsRestoredAsItWas() throws {
    let folder = try ScratchFolder()
    for number in [0, 1, 2, 10] {
      for image in 0..<5 {
        let file = URL(fileURLWithPath: folder.file("photos/\(number)/\(image).ppm"))
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let gray = UInt8(20 * number + image)
        try Data(Array("P6 1 1 255\n".utf8) + [gray, gray, gray]).write(to: file)
      }
    }
    let source = DataSource.folder(path: folder.file("photos"), size: 8)
    let earlier = try DataSet.load(try #require(source.sortedByText), cache: nil)
    // What such a session says of its data: the source had no other name then.
    var session = Session()
    session.set(
      "photos",
      to: .data(
        DataSet(
          source: source, classNames: earlier.classNames, train: earlier.train,
          test: earlier.test)))
    try SessionFile.save(session, to: folder.file("old.waymark"))
    for _ in 0..<2 {
      let (restored, report) = try SessionFile.restore(
        from: folder.file("old.waymark"), load: Classroom.load)
      #expect(report.isComplete)
      let data = try restored.data("photos")
      #expect(data.classNames == ["0", "1", "10", "2"])
      #expect(data.digest == earlier.digest)
      try SessionFile.save(restored, to: folder.file("old.waymark"))
    }
  }
}
