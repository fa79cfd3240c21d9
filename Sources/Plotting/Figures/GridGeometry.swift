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

  static let captionLine = 14

  /// - Parameter box: What to fill as far as whole factors allow; without one, images of 32 pixels
  ///   become 64 wide, or 128 with captions.
  /// - Throws: `sizeOutOfRange` where even reduced images would not fit.
  package init(_ grid: ImageGrid, within box: PictureSize?) throws(PlotError) {
    perRow = min(grid.perRow, max(1, grid.tiles.count))
    rows = (grid.tiles.count + perRow - 1) / perRow
    titleHeight = grid.title == nil ? 0 : 34
    captionHeight = grid.hasCaptions ? 2 * GridGeometry.captionLine + 4 : 0
    let padding = Double(grid.padding)
    let limit = PictureSize.sides.upperBound
    let width = Double(box?.width ?? limit) - padding
    let height = Double(box?.height ?? limit) - padding - Double(titleHeight + rows * captionHeight)
    let fitting = min(
      width / (Double(perRow) * (Double(grid.tileWidth) + padding)),
      height / (Double(rows) * (Double(grid.tileHeight) + padding)))
    let wanted = (grid.hasCaptions ? 104 : 64) / Double(grid.tileWidth)
    let chosen = box == nil ? min(max(1, wanted.rounded(.up)), fitting) : fitting
    scale = chosen >= 1 ? chosen.rounded(.down) : chosen
    guard scale * Double(grid.tileWidth) >= 1, scale * Double(grid.tileHeight) >= 1 else {
      throw .sizeOutOfRange(
        width: box?.width ?? limit, height: box?.height ?? limit, allowed: PictureSize.sides)
    }
    tileWidth = Int(Double(grid.tileWidth) * scale)
    tileHeight = Int(Double(grid.tileHeight) * scale)
    gap = grid.padding == 0 ? 0 : max(1, Int(padding * scale))
  }

  package var width: Int { max(perRow * (tileWidth + gap) + gap, PictureSize.sides.lowerBound) }
  package var height: Int {
    max(rows * (tileHeight + gap + captionHeight) + gap, PictureSize.sides.lowerBound)
  }

  /// With the title above.
  var pictureSize: PictureSize { PictureSize(width: width, height: height + titleHeight) }

  func left(of index: Int) -> Int { gap + index % perRow * (tileWidth + gap) }
  func top(of index: Int) -> Int { gap + index / perRow * (tileHeight + gap + captionHeight) }
}
