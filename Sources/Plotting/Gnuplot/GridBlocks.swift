import PlainText

/// Blocks of tiles, each below its name, side by side as far as a row goes.
package struct GridBlocks: Hashable, Sendable {
  package struct Place: Hashable, Sendable {
    package let left: Int
    package let top: Int
  }

  package struct Name: Hashable, Sendable {
    package let text: String
    package let left: Int
    /// The middle of its line.
    package let middle: Int
  }

  /// Of every tile of the grid.
  package private(set) var tiles: [Place] = []
  package private(set) var names: [Name] = []
  package private(set) var width = 0
  package private(set) var height = 0

  private static let line = 20
  private static let between = 18

  init(_ grid: ImageGrid, scale: Double, captionHeight: Int, _ look: Look = .screen) {
    let gap = grid.padding == 0 ? 0 : max(1, Int(Double(grid.padding) * scale))
    let across = Int(Double(grid.tileWidth) * scale) + gap
    let down = Int(Double(grid.tileHeight) * scale) + gap + captionHeight
    // A row is as long as its tiles would be without blocks.
    let room = gap + grid.perRow * across + Self.between
    var (left, top, lowest) = (gap, gap, gap)
    for (name, range) in grid.parts {
      let perRow = max(1, min(grid.perRow, range.count))
      let text = (name ?? "").withoutControls
      // A name may be longer than its images are wide, but not by far.
      let wide = max(
        perRow * across,
        min(Canvas.pixels(for: displayWidth(text), font: look.small) + 6, 2 * across))
      if left > gap, left + wide > room {
        (left, top) = (gap, lowest + Self.between / 2)
      }
      names.append(
        Name(
          text: text.fittedAtBothEnds(to: Canvas.columns(in: wide, font: look.small)), left: left,
          middle: top + Self.line / 2))
      for position in 0..<range.count {
        tiles.append(
          Place(
            left: left + position % perRow * across,
            top: top + Self.line + position / perRow * down))
      }
      let rows = (range.count + perRow - 1) / perRow
      lowest = max(lowest, top + Self.line + rows * down)
      width = max(width, left + wide)
      left += wide + Self.between
    }
    height = lowest
  }

  func fits(_ size: PictureSize) -> Bool { width <= size.width && height <= size.height }
}
