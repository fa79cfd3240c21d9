/// Batch normalization (Ioffe and Szegedy 2015) with the activation and the 2×2 max-pooling behind it.
///
/// ŷ = γ·x̂ + β with x̂ = (z − mean)/√(variance + ε), per channel; y = activation(ŷ), or the activation
/// of the largest ŷ of four. One call does one image z [H, W, K] without a border, y's rows `outputRow`
/// apart, dy's `gradientRow`. x̂ is not kept: the way back makes it again from z, which saves a third of
/// the memory traffic.
package enum BatchNormalization {
  /// PyTorch's ε.
  package static let epsilon = 1e-5
  /// The share of a batch in the running statistics: PyTorch's `momentum`.
  package static let momentum: Float = 0.1

  /// Per channel of a batch: [mean, 1/√(variance + ε), scale, shift, variance, offset, tilt].
  package struct Table {
    static let rows = 7

    package let base: UnsafeMutablePointer<Float>
    package let channels: Int

    package init(_ base: UnsafeMutablePointer<Float>, channels: Int) {
      self.base = base
      self.channels = channels
    }

    package static func count(channels: Int) -> Int { rows * channels }

    package var mean: UnsafeMutablePointer<Float> { base }
    package var inverseDeviation: UnsafeMutablePointer<Float> { base + channels }
    /// γ/√(variance + ε)
    package var scale: UnsafeMutablePointer<Float> { base + 2 * channels }
    /// β − mean·scale
    package var shift: UnsafeMutablePointer<Float> { base + 3 * channels }
    package var variance: UnsafeMutablePointer<Float> { base + 4 * channels }
    /// What the mean's dependence on z takes from every dz.
    var offset: UnsafeMutablePointer<Float> { base + 5 * channels }
    /// What the variance's dependence on z takes from every dz, per z − mean.
    var tilt: UnsafeMutablePointer<Float> { base + 6 * channels }
  }

  /// One image's mean, and its sum of squared deviations from it.  z [pixels, K] → moments [2, K]
  ///
  /// Two passes, so that a mean far from 0 costs no digits.
  package static func measure(
    _ z: UnsafePointer<Float>, pixels: Int, channels: Int, into moments: UnsafeMutablePointer<Float>
  ) {
    for channel in stride(from: 0, to: channels, by: 16) {
      let lanes = min(16, channels - channel)
      let source = z + channel
      let mean = sum(source, pixels: pixels, channels) { $0 } / Float(pixels)
      let squares = sum(source, pixels: pixels, channels) { ($0 - mean) * ($0 - mean) }
      moments.store(mean, at: channel, lanes: lanes)
      moments.store(squares, at: channels + channel, lanes: lanes)
    }
  }

  /// Four chains of additions, so that none waits for the one before.
  @inline(__always)
  private static func sum(
    _ source: UnsafePointer<Float>, pixels: Int, _ step: Int, _ term: (Vector) -> Vector
  ) -> Vector {
    var (a, b, c, d) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
    var pixel = 0
    while pixel + 4 <= pixels {
      a += term(source.vector(at: pixel * step))
      b += term(source.vector(at: (pixel + 1) * step))
      c += term(source.vector(at: (pixel + 2) * step))
      d += term(source.vector(at: (pixel + 3) * step))
      pixel += 4
    }
    while pixel < pixels {
      a += term(source.vector(at: pixel * step))
      pixel += 1
    }
    return (a + b) + (c + d)
  }

  /// Puts the images' moments together, in order: mean and variance of the batch into the table.
  ///
  /// - Parameter moments: [images, 2, K]
  package static func combine(
    _ moments: UnsafePointer<Float>, images: Int, pixels: Int, into table: Table
  ) {
    let channels = table.channels
    for channel in 0..<channels {
      var mean = 0.0
      for image in 0..<images { mean += Double(moments[image * 2 * channels + channel]) }
      mean /= Double(images)
      var squares = 0.0
      for image in 0..<images {
        let own = moments + image * 2 * channels + channel
        let deviation = Double(own[0]) - mean
        squares += Double(own[channels]) + Double(pixels) * deviation * deviation
      }
      table.mean[channel] = Float(mean)
      table.variance[channel] = Float(squares / Double(images * pixels))
    }
  }

  /// Fills the rest of the table from its mean and variance.
  ///
  /// - Parameter weights: γ [K], then β [K].
  package static func prepare(_ table: Table, weights: UnsafePointer<Float>) {
    for channel in 0..<table.channels {
      let inverse = 1 / (Double(table.variance[channel]) + epsilon).squareRoot()
      let scale = Double(weights[channel]) * inverse
      table.inverseDeviation[channel] = Float(inverse)
      table.scale[channel] = Float(scale)
      table.shift[channel] = Float(
        Double(weights[table.channels + channel]) - Double(table.mean[channel]) * scale)
    }
  }

  /// Moves running statistics towards those of a batch, whose variance counts as that of a sample.
  ///
  /// - Parameters:
  ///   - running: Mean [K], then variance [K].
  ///   - values: Values per channel in the batch.
  package static func update(_ running: UnsafeMutablePointer<Float>, _ table: Table, values: Int) {
    let sample = values > 1 ? Float(values) / Float(values - 1) : 1
    for channel in 0..<table.channels {
      let other = table.channels + channel
      running[channel] += momentum * (table.mean[channel] - running[channel])
      running[other] += momentum * (sample * table.variance[channel] - running[other])
    }
  }

  /// Convolution weights and bias that give at once what normalizing the convolution's output by
  /// running statistics gives.  weights [K, taps] → folded [K, taps], bias [K]
  ///
  /// - Parameter running: Mean [K], then variance [K].
  package static func fold(
    _ weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?, taps: Int, outputs: Int,
    normalization: UnsafePointer<Float>, running: UnsafePointer<Float>,
    into folded: UnsafeMutablePointer<Float>, bias foldedBias: UnsafeMutablePointer<Float>
  ) {
    for output in 0..<outputs {
      let inverse = 1 / (Double(running[outputs + output]) + epsilon).squareRoot()
      let scale = Double(normalization[output]) * inverse
      for tap in output * taps..<(output + 1) * taps {
        folded[tap] = Float(Double(weights[tap]) * scale)
      }
      let start = Double(bias?[output] ?? 0) - Double(running[output])
      foldedBias[output] = Float(Double(normalization[outputs + output]) + start * scale)
    }
  }
}
