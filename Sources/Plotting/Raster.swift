/// The images of a grid as one picture, enlarged by a whole factor or reduced.
struct Raster {
  let width: Int
  let height: Int
  /// [height, width, 3].
  let pixels: [UInt8]
  /// Above and left of the first pixel, in pixels of the picture.
  let titleHeight: Int
  /// What stands where: the middle of the line of text.
  let captions: [(text: String, x: Int, y: Int)]

  /// What gnuplot needs around it for a title.
  var pictureSize: PictureSize { PictureSize(width: width, height: height + titleHeight) }

  private static let captionLine = 14

  /// - Throws: `sizeOutOfRange` where even reduced images would not fit.
  init(_ grid: ImageGrid, within box: PictureSize?) throws(PlotError) {
    titleHeight = grid.title == nil ? 0 : 34
    let perRow = min(grid.perRow, grid.tiles.count)
    let rows = (grid.tiles.count + perRow - 1) / perRow
    let captionHeight = grid.hasCaptions ? 2 * Raster.captionLine + 4 : 0
    let (allWide, overflowWide) = perRow.multipliedReportingOverflow(
      by: grid.tileWidth + grid.padding)
    let (allHigh, overflowHigh) = rows.multipliedReportingOverflow(
      by: grid.tileHeight + grid.padding)
    let sides = PictureSize.sides
    guard !overflowWide, !overflowHigh else {
      throw .sizeOutOfRange(width: .max, height: .max, allowed: sides)
    }
    let wanted = grid.hasCaptions ? 104.0 : 64.0
    var scale = max(1, (wanted / Double(grid.tileWidth)).rounded(.up))
    let limit = box ?? PictureSize(width: sides.upperBound, height: sides.upperBound)
    let room = (
      Double(limit.width - grid.padding),
      Double(limit.height - titleHeight - rows * captionHeight - grid.padding)
    )
    let fitting = min(room.0 / Double(allWide), room.1 / Double(allHigh))
    if box != nil { scale = fitting } else { scale = min(scale, fitting) }
    if scale >= 1 { scale.round(.down) }

    let tile = (
      width: Int(Double(grid.tileWidth) * scale), height: Int(Double(grid.tileHeight) * scale)
    )
    let gap = grid.padding == 0 ? 0 : max(1, Int(Double(grid.padding) * scale))
    width = max(perRow * (tile.width + gap) + gap, sides.lowerBound)
    height = max(rows * (tile.height + gap + captionHeight) + gap, sides.lowerBound)
    guard tile.width >= 2, tile.height >= 2, width <= sides.upperBound, height <= sides.upperBound
    else { throw .sizeOutOfRange(width: limit.width, height: limit.height, allowed: sides) }

    var pixels = [UInt8](repeating: 255, count: 3 * width * height)
    var captions = [(text: String, x: Int, y: Int)]()
    for (index, image) in grid.tiles.enumerated() {
      let left = gap + index % perRow * (tile.width + gap)
      let top = gap + index / perRow * (tile.height + gap + captionHeight)
      let wide = max(1, Int(Double(image.width) * scale))
      let high = max(1, Int(Double(image.height) * scale))
      let scaled = image.resized(width: wide, height: high)
      let across = left + (tile.width - wide) / 2
      for row in 0..<high {
        let from = 3 * row * wide
        let to = 3 * ((top + (tile.height - high) / 2 + row) * width + across)
        pixels.replaceSubrange(to..<to + 3 * wide, with: scaled[from..<from + 3 * wide])
      }
      let columns = Canvas.columns(in: tile.width + gap, font: Canvas.small)
      let lines = (image.caption ?? "").plain.wrapped(to: columns, lines: 2)
      for (line, text) in lines.enumerated() {
        captions.append(
          (
            text, left + tile.width / 2,
            top + tile.height + 2 + Raster.captionLine / 2 + line * Raster.captionLine
          ))
      }
    }
    self.pixels = pixels
    self.captions = captions
  }
}

extension ImageGrid.Tile {
  /// [height, width, 3] by the mean over the area that each new pixel covers; enlarging repeats.
  package func resized(width newWidth: Int, height newHeight: Int) -> [UInt8] {
    if newWidth == width, newHeight == height { return rgb }
    var result = [UInt8]()
    result.reserveCapacity(3 * newWidth * newHeight)
    for row in 0..<newHeight {
      let rows = row * height / newHeight..<max(
        row * height / newHeight + 1, (row + 1) * height / newHeight)
      for column in 0..<newWidth {
        let columns = column * width / newWidth..<max(
          column * width / newWidth + 1, (column + 1) * width / newWidth)
        let count = rows.count * columns.count
        for channel in 0..<3 {
          var sum = count / 2
          for y in rows { for x in columns { sum += Int(rgb[3 * (y * width + x) + channel]) } }
          result.append(UInt8(sum / count))
        }
      }
    }
    return result
  }
}
