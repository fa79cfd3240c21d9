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
    set.transform.normalization = nil
    set.transform.standardize = false
    if plain { set.transform = Transform() }
    let batch = set.batch(indices, of: split, training: split == .train && !plain, random: random)
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
