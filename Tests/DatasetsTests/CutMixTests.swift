import Datasets
import Randomness
import Tensors
import Testing

struct CutMixTests {
  /// Every value of image i is i.
  private func batch(_ count: Int, height: Int = 9, width: Int = 12) -> Batch {
    let size = height * width * 3
    return Batch(
      images: Tensor([count, height, width, 3], (0..<count * size).map { Float($0 / size) }),
      labels: (0..<count).map { 10 * $0 })
  }

  @Test func boxShowsTheOtherImageAndLabelsCountByArea() throws {
    let plain = batch(6)
    var shares: [Float] = []
    for seed in 0..<200 {
      let mixed = plain.cutMixed(random: RandomStream(seed: UInt64(seed)))
      #expect(mixed.batch.labels == plain.labels)
      #expect(mixed.others.sorted() == plain.labels)
      for image in 0..<6 {
        let own = (0..<9 * 12).filter { pixel in
          let start = (image * 9 * 12 + pixel) * 3
          let colors = mixed.batch.images.elements[start..<start + 3]
          #expect(Set(colors).count == 1)
          #expect([Float(image), Float(mixed.others[image] / 10)].contains(colors[start]))
          return colors[start] == Float(image)
        }
        guard mixed.others[image] != plain.labels[image] else { continue }
        #expect(abs(Float(own.count) / (9 * 12) - mixed.share) < 1e-6)
        let box = Set(0..<9 * 12).subtracting(own)
        let (rows, columns) = (Set(box.map { $0 / 12 }), Set(box.map { $0 % 12 }))
        #expect(box.count == rows.count * columns.count, "a box has no holes")
        for numbers in [rows, columns] {
          #expect((numbers.max() ?? 0) - (numbers.min() ?? 0) == max(0, numbers.count - 1))
        }
      }
      shares.append(mixed.share)
    }
    #expect(shares.allSatisfy { (0...1).contains($0) })
    #expect((shares.min() ?? 1) < 0.3 && (shares.max() ?? 0) > 0.95)
  }

  /// Yun et al. 2019: λ, then the middle's row and column; sides of √(1 − λ) of the image's around it,
  /// cut off at the edges.
  @Test func boxIsThatOfTheDraws() throws {
    let (height, width) = (20, 31)
    let plain = batch(2, height: height, width: width)
    for seed in 0..<60 {
      let mixed = plain.cutMixed(random: RandomStream(seed: UInt64(seed)))
      var draws = RandomStream(seed: UInt64(seed))
      let side = (1 - Double(draws.uniform())).squareRoot()
      let (middle, center) = (draws.index(below: height), draws.index(below: width))
      let (tall, wide) = (Int(Double(height) * side), Int(Double(width) * side))
      let box = (0..<height * width).filter { pixel in
        let (down, right) = (pixel / width - middle, pixel % width - center)
        return -(tall / 2) <= down && down < tall / 2 && -(wide / 2) <= right && right < wide / 2
      }
      #expect(abs(Double(mixed.share) - (1 - Double(box.count) / 620)) < 1e-6, "seed \(seed)")
      guard mixed.others != plain.labels else { continue }
      let others = (0..<height * width).filter { mixed.batch.images.elements[3 * $0] == 1 }
      #expect(others == box, "seed \(seed)")
    }
  }

  @Test func boxFollowsFromTheStreamAlone() {
    let mixed = [1, 1, 2].map {
      batch(20, height: 32, width: 32).cutMixed(random: RandomStream(seed: $0))
    }
    #expect(mixed[0].batch.images == mixed[1].batch.images && mixed[0].others == mixed[1].others)
    #expect(mixed[0].batch.images != mixed[2].batch.images)
  }
}
