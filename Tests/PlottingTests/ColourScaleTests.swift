import Plotting
import Testing

/// Maps in colours.
struct ColourScaleTests {
  private func tile(
    _ values: [Float], _ range: ClosedRange<Float>, _ scale: ColourScale
  ) -> [[UInt8]] {
    let tile = ImageGrid.Tile(
      width: values.count, height: 1, values: values, range: range, scale)
    return values.indices.map { Array(tile.rgb[3 * $0..<3 * $0 + 3]) }
  }

  /// Rec. 601.
  private func lightness(_ rgb: [UInt8]) -> Double {
    0.299 * Double(rgb[0]) + 0.587 * Double(rgb[1]) + 0.114 * Double(rgb[2])
  }

  @Test(arguments: [ColourScale.level, .glow]) func largerValuesAreLighter(scale: ColourScale) {
    let lights = tile((0...40).map { Float($0) }, 0...40, scale).map(lightness)
    #expect(zip(lights, lights.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func nothingIsWhiteAndSignsDiffer() {
    let colours = tile([-2, 0, 2], -2...2, .signed)
    #expect(colours[1] == [247, 247, 247])
    #expect(colours[0][2] > colours[0][0] && colours[2][0] > colours[2][2])
  }

  @Test func valuesBeyondTheRangeHaveTheColoursOfItsEnds() {
    let colours = tile([-9, 0, 1, 9], 0...1, .glow)
    #expect(colours[0] == colours[1] && colours[2] == colours[3])
    // A map of zeros has a range without length.
    #expect(tile([0, 0], 0...0, .glow) == tile([0, 0], 0...1, .glow))
  }

  @Test func nothingLeavesTheImageGrey() {
    let image = ImageGrid.Tile(width: 2, height: 1, rgb: [200, 0, 0, 0, 200, 0])
    let laid = image.overlaid(with: [0, 1], range: 0...1, .glow)
    #expect(laid.rgb[0] == laid.rgb[1] && laid.rgb[1] == laid.rgb[2])
    #expect(laid.rgb[3] > laid.rgb[5])
    let signed = image.overlaid(with: [0, -1], range: -1...1, .signed)
    #expect(signed.rgb[0] == signed.rgb[2] && signed.rgb[5] > signed.rgb[3])
  }

  @Test func enlargingRepeatsPixels() {
    let tile = ImageGrid.Tile(width: 2, height: 1, rgb: [1, 2, 3, 4, 5, 6]).enlarged(to: 3)
    #expect(tile.width == 6 && tile.height == 3)
    #expect(tile.rgb.count == 54 && Array(tile.rgb.prefix(9)) == [1, 2, 3, 1, 2, 3, 1, 2, 3])
    #expect(
      ImageGrid.Tile(width: 5, height: 5, rgb: .init(repeating: 0, count: 75))
        .enlarged(to: 4).width == 5)
  }
}
