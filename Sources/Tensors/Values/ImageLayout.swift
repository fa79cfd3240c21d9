/// How one image [height, width, channels] lies in memory: its pixels side by side, its rows `row`
/// floats apart.
package struct ImageLayout: Hashable, Sendable {
  package let height: Int
  package let width: Int
  package let channels: Int
  package let row: Int

  /// - Parameter row: nil for rows that lie side by side.
  package init(height: Int, width: Int, channels: Int, row: Int? = nil) {
    self.height = height
    self.width = width
    self.channels = channels
    self.row = row ?? width * channels
  }

  package var pixels: Int { height * width }
  /// Floats of a row's pixels.
  package var length: Int { width * channels }
}
