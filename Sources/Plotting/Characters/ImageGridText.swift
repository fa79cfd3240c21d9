import PlainText

extension ImageGrid {
  private static let smallest = 12

  /// Rows of images in half-blocks, two pixels to the character; shades without colour.
  package func characters(on screen: TerminalScreen) -> CharacterPicture {
    var picture = CharacterPicture()
    if let title { picture.add(title.withoutControls.fitted(to: screen.columns)) }
    let room = screen.columns - 1
    let fitting = max(1, room / (min(ImageGrid.smallest, tileWidth) + 1))
    // A row that does not fit is broken evenly, not into a long and a short one.
    let wanted = min(perRow, tiles.count)
    let parts = (wanted + fitting - 1) / fitting
    let across = parts == 0 ? 1 : (wanted + parts - 1) / parts
    let widest = min(tileWidth, max(1, room / across - 1))
    for start in stride(from: 0, to: tiles.count, by: across) {
      let row = tiles[start..<min(start + across, tiles.count)].map { tile in
        (tile: tile, lines: tile.characters(within: widest, of: tileWidth, screen.colours))
      }
      for line in 0..<(row.map(\.lines.count).max() ?? 0) {
        picture.add(
          row.flatMap { image in
            let cells = image.lines.indices.contains(line) ? image.lines[line] : []
            return cells + Array(repeating: .init(" "), count: widest + 1 - cells.count)
          })
      }
      if hasCaptions {
        picture.add(
          row.map {
            ($0.tile.caption ?? "").withoutControls.fitted(to: widest).padded(to: widest + 1)
          }
          .joined())
      } else if start + across < tiles.count {
        picture.add("")
      }
    }
    return picture
  }
}

extension ImageGrid.Tile {
  /// From dark to light, for light text on a dark ground.
  private static let shades = Array(" .:-=+*#%@")

  /// - Parameters:
  ///   - widest: Columns that the widest image of the grid gets.
  ///   - whole: That image's width in pixels; a smaller image takes its share.
  func characters(
    within widest: Int, of whole: Int, _ colours: ColourDepth
  ) -> [[CharacterPicture.Cell]] {
    let columns = max(1, widest * width / whole)
    let high = max(1, (columns * height + width / 2) / width)
    let small = resized(width: columns, height: high)
    func colour(_ x: Int, _ y: Int) -> Colour? {
      guard y < high else { return nil }
      let at = 3 * (y * columns + x)
      return Colour(small[at], small[at + 1], small[at + 2])
    }
    return stride(from: 0, to: high, by: 2).map { y in
      (0..<columns).map { x in
        let top = colour(x, y)
        let bottom = colour(x, y + 1)
        if colours != .none { return .init("▀", front: top, back: bottom) }
        let lights = [top, bottom].compactMap { $0?.luma }
        let light = lights.reduce(0, +) / Double(lights.count)
        let shades = ImageGrid.Tile.shades
        return .init(shades[min(shades.count - 1, Int(light * Double(shades.count)))])
      }
    }
  }
}
