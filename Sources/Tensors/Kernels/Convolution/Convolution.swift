/// Convolution of one image, by whichever kernel suits its sizes.
///
/// x [H+2p, W+2p, C], border zero; w packed (`PackedWeights`) → y [H', W', K]. No value depends on the
/// tiles, the vector width or the number of threads.
package enum Convolution {
  /// How the products are arranged.
  package enum Algorithm: String, Sendable {
    /// A multiply-add per tap: `DirectConvolution`.
    case direct
    /// 16 products for the 36 of a 2×2 patch: `WinogradConvolution`.
    case winograd
  }

  /// Floats of scratch memory that a call needs, a multiple of a vector.
  package static func scratchCount(_ geometry: ConvolutionGeometry) -> Int {
    switch geometry.algorithm {
    case .direct: DirectConvolution.scratchCount(geometry)
    case .winograd: WinogradConvolution.scratchCount(geometry)
    }
  }

  /// - Parameters:
  ///   - bias: [K], or nil for zeros.
  ///   - y: The first output pixel; pixels lie K floats apart, rows `outputRow`.
  package static func forward(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, slope: Float, into y: UnsafeMutablePointer<Float>, outputRow: Int,
    scratch: UnsafeMutablePointer<Float>
  ) {
    switch geometry.algorithm {
    case .direct:
      DirectConvolution.forward(
        geometry, x, packed: packed, bias: bias, slope: slope, into: y, outputRow: outputRow,
        scratch: scratch)
    case .winograd:
      WinogradConvolution.forward(
        geometry, x, packed: packed, bias: bias, slope: slope, into: y, outputRow: outputRow,
        scratch: scratch)
    }
  }

  /// The same with 2×2 max-pooling, while two rows are still in the cache.
  ///
  /// - Parameters:
  ///   - y: The first pooled pixel; pixels lie K floats apart, rows `outputRow`.
  ///   - argmax: [H'/2, W'/2, K]: which of the four (row-major) was the largest, the first of
  ///     equals; nil if nothing is to be taken back.
  package static func forwardPooled(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, slope: Float, into y: UnsafeMutablePointer<Float>, outputRow: Int,
    argmax: UnsafeMutablePointer<UInt8>?, scratch: UnsafeMutablePointer<Float>
  ) {
    switch geometry.algorithm {
    case .direct:
      DirectConvolution.forwardPooled(
        geometry, x, packed: packed, bias: bias, slope: slope, into: y, outputRow: outputRow,
        argmax: argmax, scratch: scratch)
    case .winograd:
      WinogradConvolution.forwardPooled(
        geometry, x, packed: packed, bias: bias, slope: slope, into: y, outputRow: outputRow,
        argmax: argmax, scratch: scratch)
    }
  }

  /// What the sums of a channel group start from.
  @inline(__always)
  static func startLanes(
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
}

extension ConvolutionGeometry {
  /// Winograd's transforms pay where each transformed value meets enough channels on both sides;
  /// measured by `scripts/bench --kernels`.
  package var algorithm: Convolution.Algorithm {
    kernel == 3 && channels >= 12 && outputs >= 8 && outputHeight > 1 && outputWidth > 1
      ? .winograd : .direct
  }

  /// The same for the dense weight gradient, whose lanes are channels: a quarter of them idle at most.
  package var weightGradientAlgorithm: Convolution.Algorithm {
    algorithm == .winograd && 4 * channels >= 3 * paddedToVectors(channels) ? .winograd : .direct
  }
}
