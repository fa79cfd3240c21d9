/// Direct convolution, in rows of register tiles.
///
/// Every output value is one chain: the bias, then a multiply-add per tap in the order kernel row,
/// kernel column, channel. Neither tile nor vector width changes it.
package enum DirectConvolution: ConvolutionKernel {
  /// Two rows of one channel group.
  package static func scratchCount(_ geometry: ConvolutionGeometry) -> Int {
    2 * geometry.outputWidth * Tile.channels
  }

  package static func forward(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, slope: Float, into y: UnsafeMutablePointer<Float>, outputRow: Int,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let slopes = Vector(repeating: slope)
    for group in 0..<PackedWeights.groups(geometry.outputs) {
      let first = group * Tile.channels
      let lanes = min(Tile.channels, geometry.outputs - first)
      let start = startLanes(bias, first: first, lanes: lanes)
      for row in 0..<geometry.outputHeight {
        rowTiles(geometry, x, packed, group: group, row: row, start, into: scratch)
        let target = y + row * outputRow + first
        for pixel in 0..<geometry.outputWidth {
          for lane in stride(from: 0, to: lanes, by: 16) {
            let value = scratch.vector(at: pixel * Tile.channels + lane).activated(slope: slopes)
            target.store(
              value, at: pixel * geometry.outputs + lane, lanes: min(16, lanes - lane))
          }
        }
      }
    }
  }

  package static func forwardPooled(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, slope: Float, into y: UnsafeMutablePointer<Float>, outputRow: Int,
    argmax: UnsafeMutablePointer<UInt8>?, scratch: UnsafeMutablePointer<Float>
  ) {
    let slopes = Vector(repeating: slope)
    let width = geometry.outputWidth
    let upper = UnsafePointer(scratch)
    let lower = UnsafePointer(scratch + width * Tile.channels)
    for group in 0..<PackedWeights.groups(geometry.outputs) {
      let first = group * Tile.channels
      let lanes = min(Tile.channels, geometry.outputs - first)
      let start = startLanes(bias, first: first, lanes: lanes)
      for row in 0..<geometry.outputHeight / 2 {
        rowTiles(geometry, x, packed, group: group, row: 2 * row, start, into: scratch)
        rowTiles(
          geometry, x, packed, group: group, row: 2 * row + 1, start,
          into: scratch + width * Tile.channels)
        for pixel in 0..<width / 2 {
          for lane in stride(from: 0, to: lanes, by: 16) {
            let left = 2 * pixel * Tile.channels + lane
            let right = left + Tile.channels
            let largest = Argmax(
              upper.vector(at: left), upper.vector(at: right), lower.vector(at: left),
              lower.vector(at: right))
            let count = min(16, lanes - lane)
            let offset = pixel * geometry.outputs + lane
            (y + row * outputRow + first).store(
              largest.value.activated(slope: slopes), at: offset, lanes: count)
            guard let argmax else { continue }
            (argmax + row * (width / 2) * geometry.outputs + first).store(
              largest.place, at: offset, lanes: count)
          }
        }
      }
    }
  }

  /// What the sums of a channel group start from.
  @inline(__always)
  private static func startLanes(
    _ bias: UnsafePointer<Float>?, first: Int, lanes: Int
  ) -> Tile.Lanes {
    guard let bias else { return .zero }
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: Tile.channels) { start in
      start.initialize(repeating: 0)
      for lane in 0..<lanes { start[lane] = bias[first + lane] }
      guard let base = start.baseAddress else { return .zero }
      return UnsafePointer(base).lanes
    }
  }

  /// One row of one channel group: → target [W', Tile.channels].
  @inline(__always)
  private static func rowTiles(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, _ packed: UnsafePointer<Float>,
    group: Int, row: Int, _ start: Tile.Lanes, into target: UnsafeMutablePointer<Float>
  ) {
    let weights = packed + group * geometry.tapCount * Tile.channels
    let width = geometry.outputWidth
    let source = x + row * geometry.paddedRow
    var pixel = 0
    while pixel < width {
      // A last tile that would stick out starts further left and computes some pixels again.
      let whole = width >= Tile.pixels
      if whole { pixel = min(pixel, width - Tile.pixels) }
      let input = source + pixel * geometry.channels
      let output = target + pixel * Tile.channels
      if whole {
        tile(geometry, input, weights, start, into: output)
        pixel += Tile.pixels
      } else {
        onePixel(geometry, input, weights, start, into: output)
        pixel += 1
      }
    }
  }

  /// `Tile.pixels` neighbouring pixels of one channel group.
  @inline(__always)
  private static func tile(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
    _ start: Tile.Lanes, into target: UnsafeMutablePointer<Float>
  ) {
    let channels = geometry.channels
    let run = geometry.run
    var sums = Tile.Sums(repeating: start)
    var weight = weights
    for row in 0..<geometry.kernel {
      let source = x + row * geometry.paddedRow
      for tap in 0..<run {
        let w = weight.lanes
        for pixel in 0..<Tile.pixels {
          sums[pixel].accumulate(source[pixel * channels + tap], w)
        }
        weight += Tile.channels
      }
    }
    for pixel in 0..<Tile.pixels { (target + pixel * Tile.channels).store(lanes: sums[pixel]) }
  }

  @inline(__always)
  private static func onePixel(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
    _ start: Tile.Lanes, into target: UnsafeMutablePointer<Float>
  ) {
    var sum = start
    var weight = weights
    for row in 0..<geometry.kernel {
      let source = x + row * geometry.paddedRow
      for tap in 0..<geometry.run {
        sum.accumulate(source[tap], weight.lanes)
        weight += Tile.channels
      }
    }
    target.store(lanes: sum)
  }
}
