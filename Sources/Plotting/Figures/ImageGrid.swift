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

  /// Tiles that follow each other below a name of their own, such as the images of a class.
  public struct Block: Hashable, Sendable {
    public let name: String
    public let count: Int

    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  public var title: String?
  /// What the captions say, below the title.
  public var key: String?
  /// All tiles from the first on; empty for one grid without names.
  public var blocks: [Block] = []
  public var tiles: [Tile]
  public var perRow: Int
  /// Between the images and around them, in pixels of the images.
  public var padding: Int

  public init(
    title: String? = nil, key: String? = nil, tiles: [Tile], blocks: [Block] = [],
    perRow: Int = 8, padding: Int = 2
  ) {
    precondition(perRow > 0 && padding >= 0)
    precondition(blocks.isEmpty || blocks.reduce(0) { $0 + $1.count } == tiles.count)
    self.title = title
    self.key = key
    self.blocks = blocks
    self.tiles = tiles
    self.perRow = perRow
    self.padding = padding
  }

  /// The tiles of each block with its name; all of them without one where there are no blocks.
  var parts: [(name: String?, tiles: Range<Int>)] {
    if blocks.isEmpty { return [(nil, tiles.indices)] }
    var start = 0
    return blocks.map { block in
      defer { start += block.count }
      return (block.name, start..<start + block.count)
    }
  }

  /// Above the images, in pixels.
  public var headingHeight: Int { (title == nil ? 0 : 34) + (key == nil ? 0 : 20) }

  var hasCaptions: Bool { tiles.contains { $0.caption != nil } }
  var tileWidth: Int { tiles.map(\.width).max() ?? 0 }
  var tileHeight: Int { tiles.map(\.height).max() ?? 0 }
}
