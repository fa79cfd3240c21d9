import Datasets
import Foundation
import Tensors
import Testing

/// Brightness, contrast and sharpness against Pillow and scipy (`scripts/reference/image_measures.py`).
struct ImageMeasuresTests {
  struct Case: Decodable {
    var height: Int
    var width: Int
    var channels: Int
    var brightness: Double
    var contrast: Double
    var sharpness: Double
  }

  static func golden() throws -> [Case] {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Golden")
    return try JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: folder.appendingPathComponent("image_measures.json")))
  }

  /// The formula of the script: stripes and a blot.
  private func image(_ shape: ImageShape) -> [UInt8] {
    var pixels: [UInt8] = []
    for row in 0..<shape.height {
      for column in 0..<shape.width {
        for channel in 0..<shape.channels {
          let blot = (row * column) % 7 * 9
          pixels.append(UInt8((row * row * 3 + column * 11 + channel * 50 + blot) % 256))
        }
      }
    }
    return pixels
  }

  @Test func measuresAreThoseOfPillowAndSciPy() throws {
    let cases = try Self.golden()
    #expect(cases.count == 6)
    for item in cases {
      let shape = ImageShape(height: item.height, width: item.width, channels: item.channels)
      let set = ImageSet(shape: shape, pixels: image(shape), labels: [0])
      let measures = set.measures(at: 0)
      #expect(abs(measures.brightness - item.brightness) < 1e-9, "\(item)")
      #expect(abs(measures.contrast - item.contrast) < 1e-9, "\(item)")
      #expect(abs(measures.sharpness - item.sharpness) < 1e-9 * max(1, item.sharpness), "\(item)")
      #expect(measures.size == nil)
    }
  }

  @Test func manyImagesAreMeasuredInTheirOrderOnAnyNumberOfThreads() throws {
    let shape = ImageShape(height: 2, width: 3, channels: 3)
    let pixels = (0..<600 * shape.count).map { place -> UInt8 in
      UInt8((place * 7 + place / 18) % 251)
    }
    let sizes = (0..<600).map { ImageSize(width: 15 + $0, height: 20) }
    let set = ImageSet(
      shape: shape, pixels: pixels, labels: [Int](repeating: 0, count: 600), sizes: sizes)
    let images = Array((0..<600).reversed())
    let one = set.measures(of: images, on: ThreadPool(threadCount: 1))
    #expect(one == images.map(set.measures))
    #expect(one == set.measures(of: images, on: ThreadPool(threadCount: 3)))
    #expect(one[599].size?.shorterSide == 15 && one[0].size?.shorterSide == 20)
  }

  /// Each class counts its tracks from 0 in the order of its images, whatever their numbers are.
  @Test func tracksAreNumberedWithinTheirClass() {
    let shape = ImageShape(height: 1, width: 1, channels: 1)
    let set = ImageSet(
      shape: shape, pixels: [UInt8](repeating: 0, count: 7), labels: [4, 4, 2, 2, 4, 2, 4],
      tracks: [9, 9, 9, 3, 5, 9, 9])
    #expect(set.tracksByClass.map(\.name) == ["2/0", "2/1", "4/0", "4/1"])
    #expect(set.tracksByClass.map(\.images) == [[2, 5], [3], [0, 1, 6], [4]])
    #expect(set.frames.map(\.track.name) == ["4/0", "4/0", "2/0", "2/1", "4/1", "2/0", "4/0"])
    #expect(set.frames.map(\.frame) == [0, 1, 0, 0, 0, 1, 2])
  }

  @Test func sizesOfFilesAreKept() throws {
    let folder = try TemporaryFolder()
    var small = SmallGTSRB()
    small.training[0].bytes = pixmap(7, 5, 140)
    try small.writeArchives(to: folder)
    let set = try DataSet.load(.gtsrb(path: folder.path, size: 4), cache: nil)
    // Class 14's third track in the archive's order is the first image of track 1.
    #expect(set.train.size(at: 6) == ImageSize(width: 7, height: 5))
    #expect(set.train.sizes.count { $0 == ImageSize(width: 4, height: 4) } == 7)
    #expect(set.test.sizes.count == 3)
    let parts = set.holdingOut(HoldOut(share: 0.5, seed: 0))
    #expect(Set(parts.train.sizes + parts.test.sizes).count == 2)
  }
}
