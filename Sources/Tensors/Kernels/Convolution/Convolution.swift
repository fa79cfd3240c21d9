/// Convolution of one image by one kernel.
///
/// x [H+2p, W+2p, C], border zero; w packed (`PackedWeights`) → y [H', W', K]. No value depends on the
/// tiles, the vector width or the number of threads.
package protocol ConvolutionKernel {
  /// Floats of scratch memory that a call needs, a multiple of a vector.
  static func scratchCount(_ geometry: ConvolutionGeometry) -> Int

  /// - Parameters:
  ///   - bias: [K], or nil for zeros.
  ///   - y: The first output pixel; pixels lie K floats apart, rows `outputRow`.
  static func forward(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, slope: Float, into y: UnsafeMutablePointer<Float>, outputRow: Int,
    scratch: UnsafeMutablePointer<Float>)

  /// The same with 2×2 max-pooling, while two rows are still in the cache.
  ///
  /// - Parameters:
  ///   - y: The first pooled pixel; pixels lie K floats apart, rows `outputRow`.
  ///   - argmax: [H'/2, W'/2, K]: which of the four (row-major) was the largest, the first of
  ///     equals; nil if nothing is to be taken back.
  static func forwardPooled(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, slope: Float, into y: UnsafeMutablePointer<Float>, outputRow: Int,
    argmax: UnsafeMutablePointer<UInt8>?, scratch: UnsafeMutablePointer<Float>)
}

/// The dense weight gradient of a convolution: sums over images, in an order of the kernel's own, of
/// which each slot has its own.
package protocol WeightGradientKernel {
  /// Floats of a slot's sums.
  static func count(_ geometry: ConvolutionGeometry) -> Int
  static func scratchCount(_ geometry: ConvolutionGeometry) -> Int

  /// Adds one image's share.  x [H+2p, W+2p, C], dy [H', W', K] with rows `gradientRow` apart
  static func add(
    _ geometry: ConvolutionGeometry, _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
    gradientRow: Int, into sum: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>)

  /// Adds up the slots' sums in order and puts them in PyTorch's layout.
  ///
  /// - Parameters:
  ///   - output: The output channel to do.
  ///   - slots: `slotCount` sums, `stride` floats apart.
  ///   - gradient: [outputs, channels, kernel, kernel]; the total is added to it.
  static func collect(
    _ geometry: ConvolutionGeometry, output: Int, slots: UnsafePointer<Float>, slotCount: Int,
    stride: Int, into gradient: UnsafeMutablePointer<Float>)
}

/// How a convolution's products are arranged.
package enum ConvolutionAlgorithm: String, Sendable {
  /// A multiply-add per tap.
  case direct
  /// 16 products for the 36 of a 2×2 patch.
  case winograd

  package var kernel: any ConvolutionKernel.Type {
    switch self {
    case .direct: DirectConvolution.self
    case .winograd: WinogradConvolution.self
    }
  }

  package var weightGradient: any WeightGradientKernel.Type {
    switch self {
    case .direct: WeightGradient.self
    case .winograd: WinogradWeightGradient.self
    }
  }
}

extension ConvolutionGeometry {
  /// Winograd's transforms pay where each transformed value meets enough channels on both sides;
  /// measured by `scripts/bench --kernels`.
  package var algorithm: ConvolutionAlgorithm {
    kernel == 3 && channels >= 12 && outputs >= 8 && outputHeight > 1 && outputWidth > 1
      ? .winograd : .direct
  }

  /// The same for the dense weight gradient, whose lanes are channels: a quarter of them idle at most.
  package var weightGradientAlgorithm: ConvolutionAlgorithm {
    algorithm == .winograd && 4 * channels >= 3 * paddedToVectors(channels) ? .winograd : .direct
  }
}
