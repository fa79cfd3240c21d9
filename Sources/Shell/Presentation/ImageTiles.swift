import Datasets
import Plotting
import Randomness
import Tensors

extension DataSet {
  /// Training images as tiles of a grid, as they are.
  func plainTiles(_ indices: [Int]) -> [ImageGrid.Tile] {
    tiles(indices, of: .train, captions: false, plain: true, RandomStream(seed: 0))
  }

  /// Images as tiles of a grid, after the transform, but for normalization.
  func tiles(
    _ indices: [Int], of split: Split, captions: Bool, plain: Bool = false, _ random: RandomStream
  ) -> [ImageGrid.Tile] {
    var set = self
    if plain { set.transform = Transform() }
    return set.tiles(
      indices, of: split, captions: captions, training: split == .train && !plain, random)
  }

  /// Images as tiles of a grid as a network sees them at evaluation, but for normalization.
  func seenTiles(_ indices: [Int], of split: Split) -> [ImageGrid.Tile] {
    tiles(indices, of: split, captions: false, training: false, RandomStream(seed: 0))
  }

  private func tiles(
    _ indices: [Int], of split: Split, captions: Bool, training: Bool, _ random: RandomStream
  ) -> [ImageGrid.Tile] {
    var set = self
    set.transform.normalization = nil
    set.transform.standardize = false
    let batch = set.batch(indices, of: split, training: training, random: random)
    let (height, width, channels) = (
      batch.images.shape[1], batch.images.shape[2], batch.images.shape[3]
    )
    return batch.labels.enumerated().map { position, label in
      let pixels = height * width
      let start = position * pixels * channels
      let rgb = (0..<pixels * 3).map { index -> UInt8 in
        let (pixel, channel) = index.quotientAndRemainder(dividingBy: 3)
        let value = batch.images.elements[start + pixel * channels + min(channel, channels - 1)]
        return UInt8(max(0, min(255, (value * 255).rounded())))
      }
      return ImageGrid.Tile(
        width: width, height: height, rgb: rgb, caption: captions ? classNames[label] : nil)
    }
  }
}

extension ImageGrid.Tile {
  /// One tile of two images of one size.
  func beside(_ other: ImageGrid.Tile) -> ImageGrid.Tile {
    var pixels: [UInt8] = []
    for row in 0..<height {
      for tile in [self, other] {
        let start = 3 * row * tile.width
        pixels += tile.rgb[start..<start + 3 * tile.width]
      }
    }
    return ImageGrid.Tile(width: width + other.width, height: height, rgb: pixels)
  }

  func captioned(_ caption: String) -> ImageGrid.Tile {
    ImageGrid.Tile(width: width, height: height, rgb: rgb, caption: caption)
  }
}

extension ImageGrid {
  /// As a panel in which every pixel of the images is so many pixels wide, with room for two lines
  /// below each.
  func panel(enlarged scale: Int) -> Panels.Panel {
    let (width, height) = (tiles.map(\.width).max() ?? 1, tiles.map(\.height).max() ?? 1)
    let rows = (tiles.count + perRow - 1) / perRow
    return Panels.Panel(
      .images(self),
      width: scale * (min(perRow, tiles.count) * (width + padding) + padding),
      height: headingHeight + rows * (scale * (height + padding) + 32) + scale * padding)
  }

  /// How much images are enlarged so that they are about 128 pixels wide.
  static func enlargement(of data: DataSet) -> Int {
    max(1, 128 / data.train.shape.width)
  }
}
