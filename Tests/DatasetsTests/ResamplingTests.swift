import Datasets
import Foundation
import Testing

/// Resizing against Pillow; `scripts/reference/resize_pillow.py` makes the golden numbers.
struct ResamplingTests {
  struct Case: CustomStringConvertible {
    var height: Int
    var width: Int
    var targetHeight: Int
    var targetWidth: Int
    var expected: [UInt8]

    var description: String { "\(height)×\(width) to \(targetHeight)×\(targetWidth)" }
  }

  static func golden() throws -> [Case] {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Golden")
    let table = try String(
      contentsOf: folder.appendingPathComponent("resize_pillow.csv"), encoding: .utf8)
    var bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent("resize_pillow.bin")))[
      ...]
    let cases = table.split(separator: "\n").map { line in
      let numbers = line.split(separator: ",").compactMap { Int($0) }
      let count = numbers[2] * numbers[3] * 3
      defer { bytes = bytes.dropFirst(count) }
      return Case(
        height: numbers[0], width: numbers[1], targetHeight: numbers[2], targetWidth: numbers[3],
        expected: Array(bytes.prefix(count)))
    }
    #expect(bytes.isEmpty)
    return cases
  }

  /// The formula of the script: half a slope, half noise.
  private func source(_ height: Int, _ width: Int) -> [UInt8] {
    let count = height * width * 3
    return (0..<count).map {
      UInt8((UInt64($0) * 2_654_435_761 % (1 << 32)) >> 25) + UInt8($0 * 127 / count)
    }
  }

  @Test func resizedBytesArePillows() throws {
    let cases = try Self.golden()
    #expect(cases.count == 12)
    for item in cases {
      var resampling = Resampling(
        height: item.targetHeight, width: item.targetWidth, channels: 3)
      var resized = [UInt8](repeating: 0, count: item.expected.count)
      source(item.height, item.width).withUnsafeBufferPointer { source in
        resized.withUnsafeMutableBufferPointer { target in
          guard let source = source.baseAddress, let target = target.baseAddress else { return }
          resampling.resize(
            source, height: item.height, width: item.width, rowBytes: item.width * 3, into: target)
        }
      }
      let difference = zip(resized, item.expected).map { abs(Int($0) - Int($1)) }.max() ?? 0
      // Pillow 13, which made the numbers, begins with the columns here, earlier ones do not.
      let isReversed = item.height > item.targetHeight && item.width < item.targetWidth
      #expect(difference <= (isReversed ? 1 : 0), "\(item)")
    }
  }
}
