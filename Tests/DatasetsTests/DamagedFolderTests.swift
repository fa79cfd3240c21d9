import Datasets
import Foundation
import System
import TestSupport
import Testing

/// Folders of images that somebody damaged, through the whole of `load folder`.
struct DamagedFolderTests {
  private static let size = 6

  /// Every image that is loaded is the one that the decoder makes of the file's bytes alone, in
  /// memory that was filled before: no pixel is left from elsewhere.
  @Test func damagedFoldersAreLoadedOrRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write(pixmap(2, 2, 10), to: "a/first.ppm")
    let pixmaps = [pixmap(3, 2, 90), Array("P6 2 2 1000 ".utf8) + [UInt8](repeating: 3, count: 24)]
    var files = Mutations(
      of: try ImageFileTests.golden().map { [UInt8]($0.file) } + pixmaps, seed: 43)
    var read = 0
    for _ in 0..<Mutations.count(1_000) {
      let bytes = files.next()
      let path = try folder.write(bytes, to: "a/second.png")
      do {
        let data = try DataSet.load(.folder(path: folder.path, size: Self.size), cache: nil)
        let images = Self.images(data.train) + Self.images(data.test)
        let expected = try ImageFileTests.decode(bytes, size: Self.size, poison: 0x5A)
        try #require(images.count == 2, "one of the images is not there")
        try #require(images.contains(expected), "the folder's image is not the file's")
        read += 1
      } catch let error as DataSetError {
        guard case .damagedImage(path, nil, _) = error else {
          Issue.record("\(error) does not name the file")
          continue
        }
      }
    }
    #expect(read > 0)
  }

  private static func images(_ set: ImageSet) -> [[UInt8]] {
    (0..<set.count).map { Array(set.image(at: $0)) }
  }
}
