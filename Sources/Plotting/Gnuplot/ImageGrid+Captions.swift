import PlainText

extension ImageGrid {
  /// How many pixels of a picture an image's pixel has, so that the rows fill a space.
  ///
  /// - Parameters:
  ///   - width: In pixels, without the padding at the edge; `height` too, without captions.
  func scale(perRow: Int, width: Double, height: Double) -> Double {
    let rows = (tiles.count + perRow - 1) / perRow
    return min(
      width / (Double(perRow) * Double(tileWidth + padding)),
      height / (Double(rows) * Double(tileHeight + padding)))
  }

  /// The grid with fewer images to the row where else captions would be cut; with as few as make the
  /// images widest, if they are cut all the same.
  func keepingCaptions(within box: PictureSize, _ look: Look) -> ImageGrid {
    // Blocks lay out their rows themselves.
    guard hasCaptions, perRow > 1, blocks.isEmpty else { return self }
    let captions = tiles.compactMap { $0.caption?.withoutControls }
    let line = Int((14 * look.small / Look.screen.small).rounded())
    let heading = Double(headingHeight) * look.heading / Look.screen.heading
    var widest = (perRow: perRow, width: 0)
    for count in stride(from: min(perRow, tiles.count), through: 1, by: -1) {
      let rows = (tiles.count + count - 1) / count
      let space = Double(box.height) - heading - Double(padding + rows * (2 * line + 4))
      var chosen = scale(
        perRow: count, width: Double(box.width - padding), height: space)
      if chosen >= 1 { chosen = chosen.rounded(.down) }
      let width = Int(Double(tileWidth) * chosen) + max(1, Int(Double(padding) * chosen))
      let columns = Canvas.columns(in: width, font: look.small)
      if width > widest.width { widest = (count, width) }
      if captions.allSatisfy({ $0.isWhole(in: columns, lines: 2) }) {
        widest.perRow = count
        break
      }
    }
    var grid = self
    grid.perRow = widest.perRow
    return grid
  }
}

extension String {
  /// Whether all of its words are there when it is broken into lines.
  fileprivate func isWhole(in columns: Int, lines: Int) -> Bool {
    columns > 0
      && wrapped(to: columns, lines: lines).joined(separator: " ").filter { $0 != " " }
        == filter { $0 != " " }
  }
}
