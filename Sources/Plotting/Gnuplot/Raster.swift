import PlainText

/// The images of a grid as one picture on white, and the captions that go on top of it.
struct Raster {
  let geometry: GridGeometry
  /// [height, width, 3].
  let pixels: [UInt8]
  /// The middle of each line of text.
  let captions: [(text: String, x: Int, y: Int)]
  /// Of the blocks: the left end of each name, in the middle of its line.
  let names: [GridBlocks.Name]

  /// - Throws: `sizeOutOfRange`.
  init(_ grid: ImageGrid, within box: PictureSize?, _ look: Look = .screen) throws(PlotError) {
    geometry = try GridGeometry(grid, within: box, look)
    let width = geometry.width
    var pixels = [UInt8](repeating: 255, count: 3 * width * geometry.height)
    var captions = [(text: String, x: Int, y: Int)]()
    let columns = Canvas.columns(in: geometry.tileWidth + geometry.gap, font: look.small)
    for (index, image) in grid.tiles.enumerated() {
      let wide = max(1, Int(Double(image.width) * geometry.scale))
      let high = max(1, Int(Double(image.height) * geometry.scale))
      let scaled = image.resized(width: wide, height: high)
      let left = geometry.left(of: index)
      let top = geometry.top(of: index)
      for row in 0..<high {
        let from = 3 * row * wide
        let line = top + (geometry.tileHeight - high) / 2 + row
        let to = 3 * (line * width + left + (geometry.tileWidth - wide) / 2)
        pixels.replaceSubrange(to..<to + 3 * wide, with: scaled[from..<from + 3 * wide])
      }
      let lines = (image.caption ?? "").withoutControls.wrapped(to: columns, lines: 2)
      for (line, text) in lines.enumerated() {
        let middle = 2 + geometry.captionLine / 2 + line * geometry.captionLine
        captions.append(
          (text, left + geometry.tileWidth / 2, top + geometry.tileHeight + middle))
      }
    }
    self.pixels = pixels
    self.captions = captions
    names = geometry.blocks?.names ?? []
  }
}

extension ImageGrid.Tile {
  /// [height, width, 3] by the mean over the area that each new pixel covers; enlarging repeats.
  package func resized(width newWidth: Int, height newHeight: Int) -> [UInt8] {
    if newWidth == width, newHeight == height { return rgb }
    var result = [UInt8]()
    result.reserveCapacity(3 * newWidth * newHeight)
    /// What one of `new` pixels covers of `old` ones: one of them at least.
    func covered(by pixel: Int, of new: Int, _ old: Int) -> Range<Int> {
      let start = pixel * old / new
      return start..<max(start + 1, (pixel + 1) * old / new)
    }
    for row in 0..<newHeight {
      let rows = covered(by: row, of: newHeight, height)
      for column in 0..<newWidth {
        let columns = covered(by: column, of: newWidth, width)
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
