/// Convolution weights in the order in which the forward kernel reads them.
///
/// For `DirectConvolution`, and with `WinogradWeights` for the other:
/// [channel group][kernel row][kernel column][input channel][lane]: a group is as many output
/// channels as a tile has lanes; lanes past the last output are zero. Packed, a tile's weights are
/// one ascending run; unpacked, they would lie 2ⁿ bytes apart and evict each other from the cache.
package enum PackedWeights {
  package static func count(_ geometry: ConvolutionGeometry) -> Int {
    switch geometry.algorithm {
    case .direct: groups(geometry.outputs) * Tile.channels * geometry.tapCount
    case .winograd: WinogradWeights.count(geometry)
    }
  }

  static func groups(_ outputs: Int) -> Int { (outputs + Tile.channels - 1) / Tile.channels }

  /// - Parameters:
  ///   - weights: [outputs, channels, kernel, kernel], PyTorch's layout.
  ///   - packed: `count(geometry)` floats.
  package static func pack(
    _ geometry: ConvolutionGeometry, _ weights: UnsafePointer<Float>,
    into packed: UnsafeMutablePointer<Float>
  ) {
    if geometry.algorithm == .winograd {
      return WinogradWeights.pack(geometry, weights, into: packed)
    }
    packDirect(geometry, weights, into: packed)
  }

  /// The direct kernel's order, whatever the sizes.
  package static func packDirect(
    _ geometry: ConvolutionGeometry, _ weights: UnsafePointer<Float>,
    into packed: UnsafeMutablePointer<Float>
  ) {
    let taps = geometry.kernel * geometry.kernel
    for output in 0..<groups(geometry.outputs) * Tile.channels {
      let (group, lane) = output.quotientAndRemainder(dividingBy: Tile.channels)
      let target = packed + group * geometry.tapCount * Tile.channels + lane
      for channel in 0..<geometry.channels {
        let source = weights + (output * geometry.channels + channel) * taps
        for tap in 0..<taps {
          target[(tap * geometry.channels + channel) * Tile.channels] =
            output < geometry.outputs ? source[tap] : 0
        }
      }
    }
  }

  /// The same for the convolution that takes gradients back to the input.
  ///
  /// - Parameters:
  ///   - geometry: Of the forward convolution.
  ///   - packed: `count(geometry.transposed)` floats.
  package static func packTransposed(
    _ geometry: ConvolutionGeometry, _ weights: UnsafePointer<Float>,
    into packed: UnsafeMutablePointer<Float>
  ) {
    let taps = geometry.kernel * geometry.kernel
    let back = geometry.transposed
    if back.algorithm == .winograd {
      return WinogradWeights.packTransposed(geometry, weights, into: packed)
    }
    for channel in 0..<groups(back.outputs) * Tile.channels {
      let (group, lane) = channel.quotientAndRemainder(dividingBy: Tile.channels)
      let target = packed + group * back.tapCount * Tile.channels + lane
      for output in 0..<geometry.outputs {
        let source = weights + (output * geometry.channels + channel) * taps
        for tap in 0..<taps {
          target[((taps - 1 - tap) * geometry.outputs + output) * Tile.channels] =
            channel < geometry.channels ? source[tap] : 0
        }
      }
    }
  }

  /// Weights for `PooledConvolution`: [output][kernel row][(kernel column, channel)], each row of
  /// the kernel filled up with zeros to whole vectors.
  package static func scatterCount(_ geometry: ConvolutionGeometry) -> Int {
    geometry.outputs * geometry.kernel * paddedToVectors(geometry.run)
  }

  package static func packForScatter(
    _ geometry: ConvolutionGeometry, _ weights: UnsafePointer<Float>,
    into packed: UnsafeMutablePointer<Float>
  ) {
    let (kernel, channels) = (geometry.kernel, geometry.channels)
    let row = paddedToVectors(geometry.run)
    for output in 0..<geometry.outputs {
      for channel in 0..<channels {
        let source = weights + (output * channels + channel) * kernel * kernel
        let target = packed + output * kernel * row + channel
        for y in 0..<kernel {
          for x in 0..<kernel { target[y * row + x * channels] = source[y * kernel + x] }
        }
      }
    }
  }
}
