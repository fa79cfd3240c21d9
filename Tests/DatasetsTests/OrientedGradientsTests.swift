import Datasets
import Foundation
import Tensors
import Testing

/// Histograms against `scripts/reference/oriented_gradients.py`, written from the definition.
struct OrientedGradientsTests {
  struct Case: Decodable {
    var height: Int
    var width: Int
    var channels: Int
    var cell: Int
    var orientations: Int
    var isSigned: Bool
    var count: Int
    var sum: Double
    var sample: [Double]
  }

  static func golden() throws -> [Case] {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Golden")
    return try JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: folder.appendingPathComponent("oriented_gradients.json")))
  }

  /// The formula of the script: two waves and a blot.
  private func image(_ height: Int, _ width: Int, _ channels: Int) -> [Float] {
    var image: [Float] = []
    for row in 0..<height {
      for column in 0..<width {
        for channel in 0..<channels {
          let (r, c, k) = (Double(row), Double(column), Double(channel))
          let wave = sin(0.7 * r + 0.31 * c * (k + 1)) + 0.5 * cos(0.05 * r * c + k)
          image.append(Float(wave + Double((row * 7 + column * 13 + channel * 5) % 11) / 20))
        }
      }
    }
    return image
  }

  @Test func featuresAreThoseOfTheDefinition() throws {
    let cases = try Self.golden()
    #expect(cases.count == 5)
    for item in cases {
      let form = OrientedGradients(
        cell: item.cell, orientations: item.orientations, isSigned: item.isSigned)
      let shape = ImageShape(height: item.height, width: item.width, channels: item.channels)
      #expect(form.count(of: shape) == item.count)
      let images = Tensor(
        [1, item.height, item.width, item.channels],
        image(item.height, item.width, item.channels))
      let features = form.features(images, on: ThreadPool(threadCount: 1)).elements
      let sum = features.reduce(0.0) { $0 + Double($1) }
      #expect(abs(sum - item.sum) < 1e-5 * item.sum, "\(item)")
      for (place, expected) in item.sample.enumerated() {
        #expect(abs(Double(features[7 * place]) - expected) < 1e-5, "\(item), feature \(7 * place)")
      }
    }
  }

  @Test func threadsAndNeighboursDoNotMatter() {
    let form = OrientedGradients()
    let one = image(32, 32, 3)
    let count = 40
    let images = Tensor(
      [count, 32, 32, 3], (0..<count).flatMap { index in one.map { $0 * Float(index + 1) / 8 } })
    let features = form.features(images, on: ThreadPool(threadCount: 1))
    #expect(form.features(images, on: ThreadPool(threadCount: 4)) == features)
    let alone = form.features(
      Tensor([1, 32, 32, 3], one.map { $0 * 5 / 8 }), on: ThreadPool(threadCount: 1))
    #expect(Array(features.elements[4 * alone.count..<5 * alone.count]) == alone.elements)
  }

  /// Brightness and contrast change next to nothing.
  @Test func brightnessDoesNotMatter() {
    let form = OrientedGradients()
    let one = image(32, 32, 3)
    let pool = ThreadPool(threadCount: 1)
    let features = form.features(Tensor([1, 32, 32, 3], one), on: pool)
    let bright = form.features(Tensor([1, 32, 32, 3], one.map { 3 * $0 + 2 }), on: pool)
    for (a, b) in zip(features.elements, bright.elements) { #expect(abs(a - b) < 1e-3) }
  }

  @Test func evenOrTinyImagesAreHarmless() {
    let pool = ThreadPool(threadCount: 1)
    let form = OrientedGradients()
    let even = form.features(
      Tensor([1, 16, 16, 3], [Float](repeating: 2, count: 768)), on: pool)
    #expect(even.shape == [1, 3 * 3 * 4 * 12] && even.elements.allSatisfy { $0 == 0 })
    #expect(form.features(Tensor(zeros: [2, 4, 9, 3]), on: pool).shape == [2, 0])
    let broken = form.features(
      Tensor([1, 8, 8, 1], (0..<64).map { $0 % 9 == 0 ? .nan : .infinity }), on: pool)
    #expect(broken.count == 48)
  }
}

struct PixelShiftTests {
  @Test func edgeComesIn() {
    let image = Tensor([1, 2, 3, 1], [1, 2, 3, 4, 5, 6])
    #expect(image.shifted(by: .init(across: 1, down: 0)).elements == [1, 1, 2, 4, 4, 5])
    #expect(image.shifted(by: .init(across: 0, down: -1)).elements == [4, 5, 6, 4, 5, 6])
    #expect(image.shifted(by: .init(across: -5, down: 5)).elements == [3, 3, 3, 3, 3, 3])
  }

  @Test func neighboursAreAllDifferent() {
    #expect(Set(PixelShift.neighbours).count == 8)
    #expect(!PixelShift.neighbours.contains(.init(across: 0, down: 0)))
  }
}
