import Randomness
import Tensors
import Testing

/// Batch normalization's figures held against the definitions of Ioffe and Szegedy 2015, in double
/// precision over all values at once.
struct BatchStatisticsTests {
  private static let cases = [(1, 3, 4), (3, 6, 5), (5, 13, 18)]

  /// The moments of the images together are those of all their values.
  @Test(arguments: cases)
  func momentsOfABatchAreThoseOfAllItsValues(images: Int, pixels: Int, channels: Int) {
    let z = values(images, pixels, channels)
    let table = measured(z, images, pixels, channels)
    for channel in 0..<channels {
      let (mean, variance) = moments(z, images, pixels, channels, channel)
      #expect(abs(Double(table.table.mean[channel]) - mean) < 1e-4)
      #expect(abs(Double(table.table.variance[channel]) - variance) < 1e-4)
    }
  }

  @Test func scaleAndShiftNormalise() {
    let channels = 3
    let memory = AlignedMemory(BatchNormalization.Table.count(channels: channels))
    let table = BatchNormalization.Table(memory.base, channels: channels)
    let (means, variances): ([Float], [Float]) = ([1, -2, 0.5], [4, 0.25, 0])
    for channel in 0..<channels {
      (table.mean[channel], table.variance[channel]) = (means[channel], variances[channel])
    }
    let weights: [Float] = [2, 0.5, 3, 0.1, 0.2, 0.3]  // γ, then β
    BatchNormalization.prepare(table, weights: weights)
    for channel in 0..<channels {
      let deviation = (Double(variances[channel]) + 1e-5).squareRoot()
      #expect(abs(Double(table.inverseDeviation[channel]) * deviation - 1) < 1e-6)
      for z in [-1.0, 0, 2.5] {
        let expected =
          Double(weights[channel]) * (z - Double(means[channel])) / deviation
          + Double(weights[channels + channel])
        let found = Double(table.scale[channel]) * z + Double(table.shift[channel])
        #expect(abs(found - expected) < 1e-5 * max(1, abs(expected)))
      }
    }
  }

  /// PyTorch's momentum of 0.1, and the variance of a sample: n/(n − 1) of the batch's.
  @Test(arguments: [1, 2, 10])
  func runningStatisticsMoveByATenth(count: Int) {
    let memory = AlignedMemory(BatchNormalization.Table.count(channels: 2))
    let table = BatchNormalization.Table(memory.base, channels: 2)
    (table.mean[0], table.mean[1]) = (3, -1)
    (table.variance[0], table.variance[1]) = (2, 5)
    var running: [Float] = [1, 1, 4, 8]
    BatchNormalization.update(&running, table, values: count)
    let sample = count > 1 ? Float(count) / Float(count - 1) : 1
    let expected: [Float] = [
      0.9 * 1 + 0.1 * 3, 0.9 * 1 - 0.1 * 1, 0.9 * 4 + 0.1 * 2 * sample,
      0.9 * 8 + 0.1 * 5 * sample,
    ]
    for index in 0..<4 { #expect(abs(running[index] - expected[index]) < 1e-5) }
  }

  /// Weights that are folded give at once what the convolution and then the normalization gives.
  @Test(arguments: [false, true])
  func foldedWeightsNormaliseTheOutput(hasBias: Bool) {
    let (outputs, taps) = (3, 4)
    let w = values(1, outputs, taps)
    let bias: [Float] = [0.5, -1, 2]
    let normalization: [Float] = [2, -0.5, 1.5, 0.1, 0.2, 0.3]
    let running: [Float] = [1, -2, 0.5, 4, 0.25, 0]
    var folded = [Float](repeating: 9, count: outputs * taps)
    var foldedBias = [Float](repeating: 9, count: outputs)
    if hasBias {
      BatchNormalization.fold(
        w, bias: bias, taps: taps, outputs: outputs, normalization: normalization,
        running: running, into: &folded, bias: &foldedBias)
    } else {
      BatchNormalization.fold(
        w, bias: nil, taps: taps, outputs: outputs, normalization: normalization,
        running: running, into: &folded, bias: &foldedBias)
    }
    let x: [Double] = [1, -2, 0.5, 3]
    for output in 0..<outputs {
      let row = output * taps..<(output + 1) * taps
      let z = zip(row, x).reduce(hasBias ? Double(bias[output]) : 0) {
        $0 + Double(w[$1.0]) * $1.1
      }
      let y =
        Double(normalization[output]) * (z - Double(running[output]))
        / (Double(running[outputs + output]) + 1e-5).squareRoot()
        + Double(normalization[outputs + output])
      let found = zip(row, x).reduce(Double(foldedBias[output])) {
        $0 + Double(folded[$1.0]) * $1.1
      }
      #expect(abs(found - y) < 1e-4 * max(1, abs(y)))
    }
  }

  /// With g the gradient at ŷ, over the n values of a channel:
  /// dγ = Σ g·x̂, dβ = Σ g, dz = γ/√(v + ε)·(g − dβ/n − x̂·dγ/n).
  @Test(arguments: cases)
  func wayBackIsTheDerivativeOverTheWholeBatch(images: Int, pixels: Int, channels: Int) {
    let z = values(images, pixels, channels)
    let g = values(images, pixels, channels, seed: 2)
    let weights = (0..<2 * channels).map { Float($0 % 3 + 1) / 2 }
    let (memory, table) = measured(z, images, pixels, channels)
    BatchNormalization.prepare(table, weights: weights)
    let layout = ImageLayout(height: 1, width: pixels, channels: channels)
    let length = pixels * channels
    let (first, second, slots) = (padded(z), padded(g), AlignedMemory(2 * 2 * channels))
    for image in 0..<images {
      BatchNormalization.addSums(
        layout, first.base + image * length, table, slope: 1, output: first.base + image * length,
        second.base + image * length, gradientRow: length,
        into: slots.base + image % 2 * 2 * channels)
    }
    var gradient = [Float](repeating: 1, count: 2 * channels)
    BatchNormalization.collect(
      slots.base, slotCount: 2, stride: 2 * channels, values: images * pixels, table,
      into: &gradient)
    let dz = AlignedMemory(images * length)
    for image in 0..<images {
      BatchNormalization.backward(
        layout, first.base + image * length, table, second.base + image * length,
        gradientRow: length, into: dz.base + image * length)
    }
    let n = Double(images * pixels)
    for channel in 0..<channels {
      let (mean, variance) = moments(z, images, pixels, channels, channel)
      let inverse = 1 / (variance + 1e-5).squareRoot()
      let places = (0..<images * pixels).map { $0 * channels + channel }
      let normalized = places.map { (Double(z[$0]) - mean) * inverse }
      let plain = places.reduce(0.0) { $0 + Double(g[$1]) }
      let along = zip(places, normalized).reduce(0.0) { $0 + Double(g[$1.0]) * $1.1 }
      #expect(abs(Double(gradient[channel]) - 1 - along) < 1e-3)
      #expect(abs(Double(gradient[channels + channel]) - 1 - plain) < 1e-3)
      for (place, x) in zip(places, normalized) {
        let expected =
          Double(weights[channel]) * inverse * (Double(g[place]) - plain / n - x * along / n)
        #expect(abs(Double(dz.base[place]) - expected) < 1e-3)
      }
    }
    withExtendedLifetime(memory) {}
  }

  /// Where the statistics do not follow from the batch nothing is taken off.
  @Test func fixedStatisticsTakeNothingOff() {
    let memory = AlignedMemory(BatchNormalization.Table.count(channels: 1))
    let table = BatchNormalization.Table(memory.base, channels: 1)
    (table.mean[0], table.variance[0]) = (1, 3)
    BatchNormalization.prepare(table, weights: [2, 0] as [Float])
    var gradient: [Float] = [0, 0]
    BatchNormalization.collect(
      [4, 5], slotCount: 1, stride: 2, values: nil, table, into: &gradient)
    #expect(gradient == [5, 4])
    let layout = ImageLayout(height: 1, width: 2, channels: 1)
    let (z, g, dz) = (padded([7, 9]), padded([1, -2]), AlignedMemory(2))
    BatchNormalization.backward(
      layout, z.base, table, g.base, gradientRow: 2, into: dz.base)
    #expect(dz.base[0] == table.scale[0])
    #expect(dz.base[1] == -2 * table.scale[0])
  }

  // MARK: Plain figures

  private func measured(
    _ z: [Float], _ images: Int, _ pixels: Int, _ channels: Int
  ) -> (memory: AlignedMemory, table: BatchNormalization.Table) {
    let source = padded(z)
    let moments = AlignedMemory(images * 2 * channels)
    for image in 0..<images {
      BatchNormalization.measure(
        source.base + image * pixels * channels, pixels: pixels, channels: channels,
        into: moments.base + image * 2 * channels)
    }
    let memory = AlignedMemory(BatchNormalization.Table.count(channels: channels))
    let table = BatchNormalization.Table(memory.base, channels: channels)
    BatchNormalization.combine(moments.base, images: images, pixels: pixels, into: table)
    return (memory, table)
  }

  private func moments(
    _ z: [Float], _ images: Int, _ pixels: Int, _ channels: Int, _ channel: Int
  ) -> (mean: Double, variance: Double) {
    let all = (0..<images * pixels).map { Double(z[$0 * channels + channel]) }
    let mean = all.reduce(0, +) / Double(all.count)
    return (mean, all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count))
  }

  /// Each image has a mean of its own, so that the spread between images counts.
  private func values(_ images: Int, _ pixels: Int, _ channels: Int, seed: UInt64 = 1) -> [Float] {
    var random = RandomStream(seed: seed)
    return (0..<images * pixels * channels).map { index in
      random.uniform(in: -1..<1) + Float(index / (pixels * channels))
    }
  }

  private func padded(_ values: [Float]) -> AlignedMemory {
    let memory = AlignedMemory(values.count)
    for (index, value) in values.enumerated() { memory.base[index] = value }
    return memory
  }
}
