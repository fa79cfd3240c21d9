/// Images in rows, as torchvision's `make_grid` lays them out.
public struct ImageGrid: Hashable, Sendable {
  public struct Tile: Hashable, Sendable {
    public let width: Int
    public let height: Int
    /// [height, width, 3], one byte for each of red, green and blue.
    public let rgb: [UInt8]
    /// Written below the image, on two lines at most.
    public let caption: String?

    public init(width: Int, height: Int, rgb: [UInt8], caption: String? = nil) {
      precondition(width > 0 && height > 0 && rgb.count == 3 * width * height)
      self.width = width
      self.height = height
      self.rgb = rgb
      self.caption = caption
    }
  }

  public var title: String?
  public var tiles: [Tile]
  public var perRow: Int
  /// Between the images and around them, in pixels of the images.
  public var padding: Int

  public init(title: String? = nil, tiles: [Tile], perRow: Int = 8, padding: Int = 2) {
    precondition(perRow > 0 && padding >= 0)
    self.title = title
    self.tiles = tiles
    self.perRow = perRow
    self.padding = padding
  }

  var hasCaptions: Bool { tiles.contains { $0.caption != nil } }
  var tileWidth: Int { tiles.map(\.width).max() ?? 0 }
  var tileHeight: Int { tiles.map(\.height).max() ?? 0 }
}
