public import Randomness
import Tensors

/// A batch in which a box of every image shows another image of the batch.
public struct CutMix: Sendable {
  /// With the labels of the images around the boxes.
  public var batch: Batch
  /// The labels of what is in the boxes.
  public var others: [Int]
  /// λ, the share of its area that an image keeps; how much its label counts.
  public var share: Float
}

extension Batch {
  /// CutMix (Yun et al. 2019) with α = 1: λ is uniform, all boxes of a batch are one, and what sticks
  /// out is cut off.
  public func cutMixed(random: RandomStream) -> CutMix {
    var random = random
    let (height, width) = (images.shape[1], images.shape[2])
    let side = (1 - random.uniform()).squareRoot()
    let rows = Self.interval(height, side: side, random: &random)
    let columns = Self.interval(width, side: side, random: &random)
    var partners = Array(labels.indices)
    random.shuffle(&partners)
    var mixed = self
    let pixel = images.shape[3]
    let size = height * width * pixel
    for (image, partner) in partners.enumerated() {
      for row in rows {
        let start = (row * width + columns.lowerBound) * pixel
        let length = columns.count * pixel
        mixed.images.elements.replaceSubrange(
          image * size + start..<image * size + start + length,
          with: images.elements[partner * size + start..<partner * size + start + length])
      }
    }
    return CutMix(
      batch: mixed, others: partners.map { labels[$0] },
      share: 1 - Float(rows.count * columns.count) / Float(height * width))
  }

  /// A part of 0 ..< length: `side` of it around a random place, cut off at the ends.
  private static func interval(
    _ length: Int, side: Float, random: inout RandomStream
  ) -> Range<Int> {
    let half = Int(Float(length) * side) / 2
    let center = random.index(below: length)
    return max(0, center - half)..<min(length, center + half)
  }
}
