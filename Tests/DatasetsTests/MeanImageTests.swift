import Datasets
import Foundation
import Tensors
import TestSupport
import Testing

/// Mean images and histograms against numpy and Pillow (`scripts/reference/means.py`).
struct MeanImageTests {
  private struct Case: Decodable {
    var height: Int
    var width: Int
    var channels: Int
    var seeds: [Int]
    var mean: [Double]
    var histograms: [[Int]]
  }

  private struct Signs: Decodable {
    struct Class: Decodable {
      var label: Int
      var images: Int
      /// The mean of each channel.
      var channels: [Double]
      /// Of the mean image at each of `places`.
      var pixels: [[Double]]
      /// [channels][values]
      var counts: [[Int]]
    }

    /// Row and column.
    var places: [[Int]]
    var values: [Int]
    var classes: [Class]
  }

  private func golden<Content: Decodable>(_ name: String) throws -> Content {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Golden")
    return try JSONDecoder().decode(
      Content.self, from: Data(contentsOf: folder.appendingPathComponent(name)))
  }

  /// The formula of the script.
  private func image(_ item: Case, seed: Int) -> [UInt8] {
    (0..<item.height * item.width * item.channels).map { place in
      let (pixel, channel) = place.quotientAndRemainder(dividingBy: item.channels)
      let (row, column) = pixel.quotientAndRemainder(dividingBy: item.width)
      let blot = (row * column) % 7 * 9
      return UInt8((row * row * 3 + column * 11 + channel * 50 + blot + seed * 31) % 256)
    }
  }

  @Test func meansAndHistogramsAreThoseOfNumPyAndPillow() throws {
    let cases: [Case] = try golden("means.json")
    #expect(cases.count == 3)
    for item in cases {
      // Others stand between them, which must not count.
      let pixels = item.seeds.flatMap { image(item, seed: $0) + image(item, seed: $0 + 100) }
      let set = ImageSet(
        shape: ImageShape(height: item.height, width: item.width, channels: item.channels),
        pixels: pixels, labels: item.seeds.flatMap { _ in [1, 0] })
      for threads in [1, 3] {
        let pool = ThreadPool(threadCount: threads)
        let mean = try #require(set.mean(of: set.indices(of: [1]), on: pool))
        #expect(mean.count == item.mean.count)
        #expect(zip(mean, item.mean).allSatisfy { abs($0 - $1) < 1e-9 }, "\(item.seeds)")
        #expect(set.histograms(of: set.indices(of: [1]), on: pool) == item.histograms)
      }
    }
  }

  @Test(.enabled(if: RealSigns.areHere, "needs GTSRB"))
  func meansOfRealSignsAreThoseOfNumPyAndPillow() throws {
    let signs: Signs = try golden("means_gtsrb.json")
    let cache = try TemporaryFolder()
    let set = try DataSet.load(
      .gtsrb(path: try #require(RealSigns.path), size: 32), cache: ImageCache(folder: cache.path)
    ).train
    let pool = ThreadPool(threadCount: 2)
    #expect(signs.classes.map(\.label) == [0, 14, 38])
    for item in signs.classes {
      let images = set.indices(of: [item.label])
      #expect(images.count == item.images)
      let mean = try #require(set.mean(of: images, on: pool))
      for (channel, expected) in item.channels.enumerated() {
        let values = stride(from: channel, to: mean.count, by: 3).map { mean[$0] }
        #expect(abs(values.reduce(0, +) / 1024 - expected) < 1e-9)
      }
      for (place, expected) in zip(signs.places, item.pixels) {
        let start = 3 * (place[0] * 32 + place[1])
        #expect(zip(mean[start..<start + 3], expected).allSatisfy { abs($0 - $1) < 1e-9 })
      }
      let histograms = set.histograms(of: images, on: pool)
      #expect(histograms.map { counts in signs.values.map { counts[$0] } } == item.counts)
    }
  }
}
