/// 3×3 convolution by Winograd's F(2×2, 3×3): 16 products for the 36 of a 2×2 patch of outputs.
///
/// Lavin and Gray, "Fast algorithms for convolutional neural networks", 2015. A patch of 4×4 input
/// pixels becomes 16 values v = Bᵀ·x·B per channel; for each of the 16 places the patches × channels
/// are multiplied with that place's channels × outputs; 16 sums m become 2×2 outputs y = Aᵀ·m·A, which
/// is just what a pooling cell needs. A sum is one chain over the channels, ascending.
///
/// Patches are done `block` at a time, so that v and m of a block stay in the nearest caches while
/// the weights go by.
package enum WinogradConvolution: ConvolutionKernel {
  package static let places = 16
  /// Patches whose transformed values are held at a time.
  static let block = 8

  package static func scratchCount(_ geometry: ConvolutionGeometry) -> Int {
    places * block * (paddedToVectors(geometry.channels) + Tile.channels)
  }

  package static func forward(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, slope: Float, into y: UnsafeMutablePointer<Float>, outputRow: Int,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let slopes = Vector(repeating: slope)
    let patches = WinogradPatches(geometry, pooled: false)
    let outputs = geometry.outputs
    forEachBlock(geometry, patches, x, packed, bias, scratch) { index, first, lanes, four in
      let (row, column) = patches.corner(index)
      let target = y + row * outputRow + column * outputs + first
      target.store(four.a.activated(slope: slopes), at: 0, lanes: lanes)
      target.store(four.b.activated(slope: slopes), at: outputs, lanes: lanes)
      target.store(four.c.activated(slope: slopes), at: outputRow, lanes: lanes)
      target.store(four.d.activated(slope: slopes), at: outputRow + outputs, lanes: lanes)
    }
  }

  package static func forwardPooled(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, slope: Float, into y: UnsafeMutablePointer<Float>, outputRow: Int,
    argmax: UnsafeMutablePointer<UInt8>?, scratch: UnsafeMutablePointer<Float>
  ) {
    let slopes = Vector(repeating: slope)
    let patches = WinogradPatches(geometry, pooled: true)
    let outputs = geometry.outputs
    forEachBlock(geometry, patches, x, packed, bias, scratch) { index, first, lanes, four in
      let (row, column) = index.quotientAndRemainder(dividingBy: patches.columns)
      let largest = Argmax(four.a, four.b, four.c, four.d)
      y.store(
        largest.value.activated(slope: slopes), at: row * outputRow + column * outputs + first,
        lanes: lanes)
      argmax?.store(largest.place, at: index * outputs + first, lanes: lanes)
    }
  }

  /// Calls `body` for every patch and vector of outputs: the patch's number, the first output, how
  /// many lanes count, and the four outputs, row-major, bias included.
  @inline(__always)
  private static func forEachBlock(
    _ geometry: ConvolutionGeometry, _ patches: WinogradPatches, _ x: UnsafePointer<Float>,
    _ packed: UnsafePointer<Float>, _ bias: UnsafePointer<Float>?,
    _ scratch: UnsafeMutablePointer<Float>,
    _ body: (_ patch: Int, _ output: Int, _ lanes: Int, Lanes4) -> Void
  ) {
    let transformed = scratch
    let sums = scratch + places * block * paddedToVectors(geometry.channels)
    var first = 0
    while first < patches.count {
      let count = min(block, patches.count - first)
      for patch in 0..<count {
        let (row, column) = patches.corner(first + patch)
        transform(
          geometry, x + row * geometry.paddedRow + column * geometry.channels,
          into: transformed + patch * paddedToVectors(geometry.channels),
          stride: block * paddedToVectors(geometry.channels))
      }
      for group in 0..<PackedWeights.groups(geometry.outputs) {
        multiply(
          transformed, packed + group * places * geometry.channels * Tile.channels,
          channels: geometry.channels, into: sums)
        let output = group * Tile.channels
        for lane in Swift.stride(from: 0, to: min(Tile.channels, geometry.outputs - output), by: 16)
        {
          let lanes = min(16, geometry.outputs - output - lane)
          let start = bias.map { $0.vector(at: output + lane, lanes: lanes) } ?? .zero
          for patch in 0..<count {
            body(first + patch, output + lane, lanes, outputs(sums, patch: patch, lane, start))
          }
        }
      }
      first += count
    }
  }

  /// v = Bᵀ·x·B of one patch, for all channels.
  ///
  /// - Parameter stride: Floats from one place of v to the next.
  @inline(__always)
  static func transform(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>,
    into target: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let (channels, row) = (geometry.channels, geometry.paddedRow)
    for channel in Swift.stride(from: 0, to: channels, by: 16) {
      let source = x + channel
      let rows = (
        Lanes4(source, stride: channels).inputTransformed,
        Lanes4(source + row, stride: channels).inputTransformed,
        Lanes4(source + 2 * row, stride: channels).inputTransformed,
        Lanes4(source + 3 * row, stride: channels).inputTransformed
      )
      let place = target + channel
      Lanes4(rows.0.a, rows.1.a, rows.2.a, rows.3.a).inputTransformed
        .store(place, stride: 4 * stride)
      Lanes4(rows.0.b, rows.1.b, rows.2.b, rows.3.b).inputTransformed
        .store(place + stride, stride: 4 * stride)
      Lanes4(rows.0.c, rows.1.c, rows.2.c, rows.3.c).inputTransformed
        .store(place + 2 * stride, stride: 4 * stride)
      Lanes4(rows.0.d, rows.1.d, rows.2.d, rows.3.d).inputTransformed
        .store(place + 3 * stride, stride: 4 * stride)
    }
  }

  /// For each place, patches × channels times channels × lanes.
  ///
  /// - Parameters:
  ///   - v: [places, block, padded channels]
  ///   - weights: [places, channels, Tile.channels]
  ///   - sums: [places, block, Tile.channels]
  @inline(__always)
  private static func multiply(
    _ v: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, channels: Int,
    into sums: UnsafeMutablePointer<Float>
  ) {
    let row = paddedToVectors(channels)
    for place in 0..<places {
      for patch in Swift.stride(from: 0, to: block, by: Tile.pixels) {
        var weight = weights + place * channels * Tile.channels
        let source = v + (place * block + patch) * row
        var tile = Tile.Sums(repeating: .zero)
        for channel in 0..<channels {
          let w = weight.lanes
          for pixel in 0..<Tile.pixels {
            tile[pixel].accumulate(source[pixel * row + channel], w)
          }
          weight += Tile.channels
        }
        let target = sums + (place * block + patch) * Tile.channels
        for pixel in 0..<Tile.pixels { (target + pixel * Tile.channels).store(lanes: tile[pixel]) }
      }
    }
  }

  /// y = Aᵀ·m·A + start of one patch and 16 outputs.
  @inline(__always)
  private static func outputs(
    _ sums: UnsafeMutablePointer<Float>, patch: Int, _ lane: Int, _ start: Vector
  ) -> Lanes4 {
    let stride = block * Tile.channels
    let source = UnsafePointer(sums) + patch * Tile.channels + lane
    let rows = (
      Lanes4(source, stride: stride).outputTransformed,
      Lanes4(source + 4 * stride, stride: stride).outputTransformed,
      Lanes4(source + 8 * stride, stride: stride).outputTransformed,
      Lanes4(source + 12 * stride, stride: stride).outputTransformed
    )
    let left = Lanes4(rows.0.0, rows.1.0, rows.2.0, rows.3.0).outputTransformed
    let right = Lanes4(rows.0.1, rows.1.1, rows.2.1, rows.3.1).outputTransformed
    return Lanes4(left.0 + start, right.0 + start, left.1 + start, right.1 + start)
  }
}

/// A row or a column of a patch: four vectors of 16 channels.
struct Lanes4 {
  var a: Vector
  var b: Vector
  var c: Vector
  var d: Vector

  @inline(__always)
  init(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector) {
    self.a = a
    self.b = b
    self.c = c
    self.d = d
  }

  @inline(__always)
  init(_ source: UnsafePointer<Float>, stride: Int) {
    self.init(
      source.vector(at: 0), source.vector(at: stride), source.vector(at: 2 * stride),
      source.vector(at: 3 * stride))
  }

  @inline(__always)
  func store(_ target: UnsafeMutablePointer<Float>, stride: Int) {
    target.store(a, at: 0)
    target.store(b, at: stride)
    target.store(c, at: 2 * stride)
    target.store(d, at: 3 * stride)
  }

  /// Bᵀ times a column.
  @inline(__always)
  var inputTransformed: Lanes4 { Lanes4(a - c, b + c, c - b, b - d) }

  /// Aᵀ times a column.
  @inline(__always)
  var outputTransformed: (Vector, Vector) { (a + b + c, b - c - d) }
}
