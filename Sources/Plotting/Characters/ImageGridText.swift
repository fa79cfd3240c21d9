import PlainText

extension ImageGrid {
  private static let smallest = 12
  /// Below an image, where its own width is not enough.
  private static let longestCaption = 40

  /// Rows of images in half-blocks, two pixels to the character; shades without colour.
  package func characters(on screen: TerminalScreen) -> CharacterPicture {
    var picture = CharacterPicture()
    picture.add(headings: [title ?? "", key ?? ""], within: screen.columns)
    let room = screen.columns - 1
    let caption = min(captionWidth, room - 1)
    let fitting = max(1, room / (max(caption, min(ImageGrid.smallest, tileWidth)) + 1))
    // A row that does not fit is broken evenly, not into a long and a short one.
    let wanted = min(perRow, parts.map(\.tiles.count).max() ?? 0)
    let rows = (wanted + fitting - 1) / fitting
    let across = rows == 0 ? 1 : (wanted + rows - 1) / rows
    let widest = min(tileWidth, max(1, room / across - 1))
    let pitch = max(widest, caption) + 1
    for (part, (name, range)) in parts.enumerated() {
      if let name {
        if part > 0 { picture.add("") }
        picture.add(name.withoutControls.fittedAtBothEnds(to: room))
      }
      for start in stride(from: range.lowerBound, to: range.upperBound, by: across) {
        let end = min(start + across, range.upperBound)
        add(tiles[start..<end], widest, pitch, to: &picture, screen.colours)
        if !hasCaptions, end < range.upperBound { picture.add("") }
      }
    }
    return picture
  }

  /// A row of images and their captions.
  private func add(
    _ tiles: ArraySlice<Tile>, _ widest: Int, _ pitch: Int, to picture: inout CharacterPicture,
    _ colours: ColourDepth
  ) {
    let images = tiles.map { $0.characters(within: widest, of: tileWidth, colours) }
    for line in 0..<(images.map(\.count).max() ?? 0) {
      picture.add(
        images.flatMap { lines in
          let cells = lines.indices.contains(line) ? lines[line] : []
          return cells + Array(repeating: .init(" "), count: pitch - cells.count)
        })
    }
    guard hasCaptions else { return }
    let captions = tiles.map {
      ($0.caption ?? "").withoutControls.wrapped(to: pitch - 1, lines: 2)
    }
    for line in 0..<max(1, captions.map(\.count).max() ?? 1) {
      picture.add(
        captions.map { ($0.indices.contains(line) ? $0[line] : "").padded(to: pitch) }.joined())
    }
  }

  /// The fewest columns in which every caption has its two lines uncut.
  var captionWidth: Int {
    let captions = tiles.compactMap { $0.caption?.withoutControls }
    guard !captions.isEmpty else { return 0 }
    return (ImageGrid.smallest...ImageGrid.longestCaption).first { width in
      captions.allSatisfy { caption in
        let lines = wrap(caption, width: width).split(separator: "\n")
        return lines.count <= 2 && lines.allSatisfy { displayWidth($0) <= width }
      }
    } ?? ImageGrid.longestCaption
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
