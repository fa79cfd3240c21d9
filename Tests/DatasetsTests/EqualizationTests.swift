import Datasets
import Foundation
import Testing

/// Equalization against OpenCV (`scripts/reference/clahe_opencv.py` makes the golden bytes) and
/// against plain loops.
struct EqualizationTests {
  private func equalized(
    _ image: [UInt8], height: Int, width: Int, tiles: Int, limit: Float
  ) -> [UInt8] {
    var image = image
    let equalizer = Equalizer(
      ContrastEqualization(tiles: tiles, limit: limit), height: height, width: width)
    image.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { equalizer.apply(base) }
    }
    return image
  }

  @Test func equalizedBytesAreOpenCVs() throws {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Golden")
    let table = try String(
      contentsOf: folder.appendingPathComponent("clahe_opencv.csv"), encoding: .utf8)
    let lines = table.split(separator: "\n")
    #expect(lines.count == 6)
    for line in lines {
      let fields = line.split(separator: ",")
      let numbers = fields.dropLast().compactMap { Float($0) }
      let (height, width) = (Int(numbers[0]), Int(numbers[1]))
      let (a, b, m, c) = (Int(numbers[4]), Int(numbers[5]), Int(numbers[6]), Int(numbers[7]))
      let image = equalized(
        (0..<height * width).map { UInt8((a * $0 * $0 + b * $0) % m + c) }, height: height,
        width: width, tiles: Int(numbers[2]), limit: numbers[3])
      let digits = Array(fields[8].utf8)
      let expected = (0..<height * width).map { index in
        Int(String(decoding: digits[2 * index..<2 * index + 2], as: UTF8.self), radix: 16) ?? -1
      }
      // One apart where halves are rounded otherwise.
      let apart = zip(image, expected).map { abs(Int($0) - $1) }
      #expect(apart.allSatisfy { $0 <= 1 }, "\(height)×\(width)")
      #expect(apart.count { $0 == 1 } <= image.count / 50, "\(height)×\(width)")
    }
  }

  /// The sides of all tiles are powers of two, so that nothing but the result is rounded.
  @Test(arguments: [
    (reason: "a limit just below four", side: 16, tiles: 1, limit: Float(3.99), m: 32, c: 100),
    (reason: "one dark value, hardly kept", side: 32, tiles: 1, limit: 1, m: 1, c: 7),
    (reason: "one light value, hardly kept", side: 32, tiles: 1, limit: 1, m: 1, c: 254),
    (reason: "the last row and column mirrored", side: 7, tiles: 2, limit: 256, m: 251, c: 0),
    (reason: "three rows and columns mirrored", side: 13, tiles: 4, limit: 256, m: 251, c: 0),
  ])
  func equalizedBytesAreThoseOfPlainLoops(
    reason: String, side: Int, tiles: Int, limit: Float, m: Int, c: Int
  ) {
    let image = (0..<side * side).map { UInt8(37 * $0 % m + c) }
    #expect(
      equalized(image, height: side, width: side, tiles: tiles, limit: limit)
        == Self.plain(image, height: side, width: side, tiles: tiles, limit: Double(limit)))
  }

  /// Zuiderveld 1994 as OpenCV's `createCLAHE` has it: every tile's histogram, cut at the limit and
  /// summed up, is a table; a pixel takes the mean of the four tables around it by their nearness.
  static func plain(
    _ image: [UInt8], height: Int, width: Int, tiles: Int, limit: Double
  ) -> [UInt8] {
    let (tall, wide) = ((height + tiles - 1) / tiles, (width + tiles - 1) / tiles)
    let area = tall * wide
    func byte(_ y: Int, _ x: Int) -> Int {
      // The image goes on as a mirror at its last pixel has it: 5 6 7 | 6 5.
      let (y, x) = (y < height ? y : 2 * height - 2 - y, x < width ? x : 2 * width - 2 - x)
      return Int(image[y * width + x])
    }
    func table(_ row: Int, _ column: Int) -> [Double] {
      var bars = [Int](repeating: 0, count: 256)
      for y in 0..<tall {
        for x in 0..<wide { bars[byte(row * tall + y, column * wide + x)] += 1 }
      }
      let most = max(1, Int(limit * Double(area) / 256))
      let excess = bars.reduce(0) { $0 + max(0, $1 - most) }
      bars = bars.map { min($0, most) + excess / 256 }
      // What is left over goes to bars that lie evenly apart.
      let rest = excess % 256
      for number in 0..<rest { bars[number * (256 / rest)] += 1 }
      var sum = 0
      return bars.map { bar in
        sum += bar
        return (Double(255 * sum) / Double(area)).rounded(.toNearestOrEven)
      }
    }
    let tables = (0..<tiles * tiles).map { table($0 / tiles, $0 % tiles) }
    func nearest(_ place: Int, _ length: Int) -> [(tile: Int, share: Double)] {
      let position = Double(place) / Double(length) - 0.5
      let first = Int(position.rounded(.down))
      let share = position - Double(first)
      return [(max(first, 0), 1 - share), (min(first + 1, tiles - 1), share)]
    }
    return (0..<height * width).map { place in
      let value = nearest(place / width, tall).reduce(0.0) { sum, row in
        nearest(place % width, wide).reduce(sum) {
          $0 + row.share * $1.share * tables[row.tile * tiles + $1.tile][Int(image[place])]
        }
      }
      return UInt8(value.rounded(.toNearestOrEven))
    }
  }
}
