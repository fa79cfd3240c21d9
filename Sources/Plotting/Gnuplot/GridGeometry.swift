/// Where each image of a grid stands, in pixels of the finished picture.
package struct GridGeometry: Hashable, Sendable {
  /// Pixels of the picture to one of an image: a whole number unless the images are reduced.
  package let scale: Double
  package let perRow: Int
  package let rows: Int
  package let tileWidth: Int
  package let tileHeight: Int
  package let gap: Int
  let titleHeight: Int
  let captionHeight: Int
  /// Where tiles and names of blocks stand; nil of a plain grid.
  package let blocks: GridBlocks?

  let captionLine: Int

  /// - Parameter box: What to fill as far as whole factors allow; without one, images of 32 pixels
  ///   become 64 wide, or 128 with captions.
  /// - Throws: `sizeOutOfRange` where even reduced images would not fit.
  package init(
    _ grid: ImageGrid, within box: PictureSize?, _ look: Look = .screen
  ) throws(PlotError) {
    captionLine = Int((14 * look.small / Look.screen.small).rounded())
    let grid = box.map { grid.keepingCaptions(within: $0, look) } ?? grid
    perRow = min(grid.perRow, max(1, grid.tiles.count))
    rows = (grid.tiles.count + perRow - 1) / perRow
    titleHeight = Int(Double(grid.headingHeight) * look.heading / Look.screen.heading)
    captionHeight = grid.hasCaptions ? 2 * captionLine + 4 : 0
    let padding = Double(grid.padding)
    let limit = PictureSize.sides.upperBound
    let width = Double(box?.width ?? limit) - padding
    let height = Double(box?.height ?? limit) - padding - Double(titleHeight + rows * captionHeight)
    let fitting = grid.scale(perRow: perRow, width: width, height: height)
    // Of very many images a picture shows each as it is.
    let wide = grid.hasCaptions ? 104.0 : grid.tiles.count > 600 ? 32 : 64
    let wanted = wide / Double(grid.tileWidth)
    var chosen = box == nil ? min(max(1, wanted.rounded(.up)), fitting) : fitting
    if !grid.blocks.isEmpty {
      let space = PictureSize(
        width: box?.width ?? limit, height: (box?.height ?? limit) - titleHeight)
      while chosen * Double(min(grid.tileWidth, grid.tileHeight)) >= 1,
        !GridBlocks(grid, scale: chosen, captionHeight: captionHeight, look).fits(space)
      {
        chosen = chosen > 1 ? chosen.rounded(.up) - 1 : chosen * 0.9
      }
    }
    scale = chosen >= 1 ? chosen.rounded(.down) : chosen
    guard scale * Double(grid.tileWidth) >= 1, scale * Double(grid.tileHeight) >= 1 else {
      throw .sizeOutOfRange(
        width: box?.width ?? limit, height: box?.height ?? limit, allowed: PictureSize.sides)
    }
    tileWidth = Int(Double(grid.tileWidth) * scale)
    tileHeight = Int(Double(grid.tileHeight) * scale)
    gap = grid.padding == 0 ? 0 : max(1, Int(padding * scale))
    blocks =
      grid.blocks.isEmpty
      ? nil : GridBlocks(grid, scale: scale, captionHeight: captionHeight, look)
  }

  package var width: Int {
    max(blocks?.width ?? perRow * (tileWidth + gap) + gap, PictureSize.sides.lowerBound)
  }
  package var height: Int {
    max(
      blocks?.height ?? rows * (tileHeight + gap + captionHeight) + gap,
      PictureSize.sides.lowerBound)
  }

  /// With the title above.
  var pictureSize: PictureSize { PictureSize(width: width, height: height + titleHeight) }

  func left(of index: Int) -> Int {
    blocks?.tiles[index].left ?? gap + index % perRow * (tileWidth + gap)
  }
  func top(of index: Int) -> Int {
    blocks?.tiles[index].top ?? gap + index / perRow * (tileHeight + gap + captionHeight)
  }
}
