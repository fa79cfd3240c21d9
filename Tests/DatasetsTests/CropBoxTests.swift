import Datasets
import Foundation
import Randomness
import Testing

struct CropBoxTests {
  @Test(arguments: [(32, 32), (1, 1), (7, 50), (50, 7), (224, 199)])
  func boxesLieInTheImage(height: Int, width: Int) {
    var random = RandomStream(seed: 3)
    for _ in 0..<2000 {
      let box = CropBox.random(height: height, width: width, using: &random)
      #expect(box.height >= 1 && box.width >= 1 && box.top >= 0 && box.left >= 0)
      #expect(box.top + box.height <= height && box.left + box.width <= width)
    }
  }

  @Test func areasAndAspectsAreTorchvisions() {
    var random = RandomStream(seed: 4)
    let boxes = (0..<4000).map { _ in CropBox.random(height: 320, width: 320, using: &random) }
    let areas = boxes.map { Double($0.height * $0.width) / (320 * 320) }
    let aspects = boxes.map { Double($0.width) / Double($0.height) }
    #expect(areas.allSatisfy { (0.075...1).contains($0) })
    #expect(aspects.allSatisfy { (0.74...1.35).contains($0) })
    // Uniform in 0.08 … 1, but for large boxes that do not fit and are drawn again.
    #expect((0.47...0.53).contains(areas.reduce(0, +) / 4000))
    #expect(aspects.count { $0 > 1 } > 1800 && aspects.count { $0 < 1 } > 1800)
    #expect(Set(boxes.map(\.top)).count > 100 && Set(boxes.map(\.left)).count > 100)
  }

  /// torchvision's `get_params`, written down again, with the same draws: a share of the area uniform
  /// in 0.08 … 1, an aspect whose logarithm is uniform in log(3/4) … log(4/3), then the place.
  @Test(arguments: [(32, 32), (40, 55), (224, 199)])
  func boxesAreThoseOfTheDraws(height: Int, width: Int) {
    var random = RandomStream(seed: 6)
    for _ in 0..<300 {
      var same = random
      let found = CropBox.random(height: height, width: width, using: &random)
      var expected: CropBox?
      while expected == nil {
        let area = Double(height) * Double(width) * (0.08 + (1 - 0.08) * Double(same.uniform()))
        let (low, high) = (log(3.0 / 4), log(4.0 / 3))
        let aspect = exp(low + (high - low) * Double(same.uniform()))
        let w = Int((area * aspect).squareRoot().rounded(.toNearestOrEven))
        let h = Int((area / aspect).squareRoot().rounded(.toNearestOrEven))
        guard w > 0, w <= width, h > 0, h <= height else { continue }
        let top = same.index(below: height - h + 1)
        let left = same.index(below: width - w + 1)
        expected = CropBox(top: top, left: left, height: h, width: w)
      }
      #expect(found == expected)
    }
  }

  /// No box of an allowed aspect with 8 % of the area fits: the middle is taken.
  @Test(arguments: [
    (1, 100, CropBox(top: 0, left: 49, height: 1, width: 1)),
    (3, 300, CropBox(top: 0, left: 148, height: 3, width: 4)),
    (300, 3, CropBox(top: 148, left: 0, height: 4, width: 3)),
  ])
  func longImagesGiveTheirMiddle(height: Int, width: Int, box: CropBox) {
    var random = RandomStream(seed: 5)
    #expect(CropBox.random(height: height, width: width, using: &random) == box)
  }
}
