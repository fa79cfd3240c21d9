/// Equalization of the brightness.
struct EqualizationStep: TransformStep {
  var needsFloats: Bool { true }
  var options: [TransformOption] { [Self.option] }
  var logKey: String { "clahe" }

  private static let option = TransformOption(
    "clahe", .flag, "Equalize brightness locally, contrast limited.",
    searchWords: ["equalize", "histogram"])

  func isOn(in transform: Transform) -> Bool { transform.equalization != nil }

  func word(in transform: Transform) -> String? { isOn(in: transform) ? "equalized" : nil }

  func deed(in transform: Transform, _ draws: TransformDraws) -> String {
    transform.equalization.map { "\($0.tiles)×\($0.tiles) tiles" } ?? ""
  }

  func figures(of transform: Transform) -> [(key: String, value: TransformValue)] {
    guard let equalization = transform.equalization else { return [] }
    return [
      ("clahe_tiles", .integer(equalization.tiles)), ("clahe_limit", .number(equalization.limit)),
    ]
  }

  func fault(in transform: Transform) -> String? {
    guard let equalization = transform.equalization else { return nil }
    let isPossible =
      (1...64).contains(equalization.tiles) && (0...1000).contains(equalization.limit)
    return isPossible ? nil : "the equalization is out of range"
  }

  func set(_ given: TransformOptions, in transform: inout Transform, of data: DataSet) {
    guard let isOn = given.flag(Self.option) else { return }
    transform.equalization = isOn ? transform.equalization ?? ContrastEqualization() : nil
  }
}

/// The equalization of images of one size, with its memory.
package struct Equalizer {
  private let height: Int
  private let width: Int
  private let tiles: Int
  private let tileHeight: Int
  private let tileWidth: Int
  private let clip: Int
  /// [tiles, tiles, 256]
  private let tables: Scratch<UInt8>

  package init(_ equalization: ContrastEqualization, height: Int, width: Int) {
    self.height = height
    self.width = width
    tiles = equalization.tiles
    tileHeight = (height + tiles - 1) / tiles
    tileWidth = (width + tiles - 1) / tiles
    clip = max(1, Int(equalization.limit * Float(tileHeight * tileWidth) / 256))
    tables = Scratch(tiles * tiles * 256)
  }

  /// Equalizes bytes [height, width] in place.
  package func apply(_ image: UnsafeMutablePointer<UInt8>) {
    for row in 0..<tiles { for column in 0..<tiles { makeTable(image, row, column) } }
    let tables = tables.base
    for y in 0..<height {
      let (top, bottom, v) = neighbours(y, tileHeight)
      for x in 0..<width {
        let (left, right, u) = neighbours(x, tileWidth)
        let byte = Int(image[y * width + x])
        func value(_ row: Int, _ column: Int) -> Float {
          Float(tables[(row * tiles + column) * 256 + byte])
        }
        let above = value(top, left) * (1 - u) + value(top, right) * u
        let below = value(bottom, left) * (1 - u) + value(bottom, right) * u
        let mixed = above * (1 - v) + below * v
        image[y * width + x] = UInt8(min(max(mixed.rounded(.toNearestOrEven), 0), 255))
      }
    }
  }

  /// The tiles whose centres lie on both sides of a pixel, and how near the second is.
  private func neighbours(_ position: Int, _ length: Int) -> (first: Int, second: Int, share: Float)
  {
    let place = Float(position) / Float(length) - 0.5
    let first = place.rounded(.down)
    return (max(0, Int(first)), min(tiles - 1, Int(first) + 1), place - first)
  }

  private func makeTable(_ image: UnsafePointer<UInt8>, _ row: Int, _ column: Int) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 256) { bars in
      bars.initialize(repeating: 0)
      for y in row * tileHeight..<(row + 1) * tileHeight {
        let line = mirrored(y, within: height) * width
        for x in column * tileWidth..<(column + 1) * tileWidth {
          bars[Int(image[line + mirrored(x, within: width)])] += 1
        }
      }
      var excess: Int32 = 0
      for value in 0..<256 where bars[value] > Int32(clip) {
        excess += bars[value] - Int32(clip)
        bars[value] = Int32(clip)
      }
      let share = excess / 256
      var rest = Int(excess - share * 256)
      for value in 0..<256 { bars[value] += share }
      if rest > 0 {
        let step = max(256 / rest, 1)
        var value = 0
        while value < 256, rest > 0 {
          bars[value] += 1
          value += step
          rest -= 1
        }
      }
      let scale = 255 / Float(tileHeight * tileWidth)
      var sum: Int32 = 0
      for value in 0..<256 {
        sum += bars[value]
        tables.base[(row * tiles + column) * 256 + value] = UInt8(
          min(max((Float(sum) * scale).rounded(.toNearestOrEven), 0), 255))
      }
    }
  }
}
