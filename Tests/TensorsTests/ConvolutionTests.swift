import Randomness
import ReferenceKernels
import Tensors
import Testing

/// The fast kernels held against the plain ones, over sizes that leave remainders everywhere.
struct ConvolutionTests {
  /// Sizes with a reason each.
  static let geometries: [ConvolutionGeometry] = {
    var list = [
      // The notebook's layers, and odd relatives of them.
      geometry(32, 32, 3, 32, 5, 2), geometry(16, 16, 32, 64, 3, 1), geometry(8, 8, 64, 64, 3, 1),
      geometry(28, 28, 1, 20, 5, 2), geometry(14, 14, 20, 50, 5, 0), geometry(7, 9, 3, 5, 3, 1),
      geometry(12, 12, 17, 33, 3, 2), geometry(10, 10, 4, 7, 7, 3),
      // An own network's: 20 channels, 28 pixels; sizes that fill no patch or block of patches.
      geometry(28, 28, 20, 20, 3, 1), geometry(14, 14, 20, 40, 3, 0), geometry(11, 3, 12, 8, 3, 1),
    ]
    for size in [2, 3, 5, 9] {
      for channels in [1, 2, 16, 19] {
        for outputs in [1, 3, 16, 35] {
          for kernel in [1, 2, 3, 4, 5] where kernel <= size + 2 * (kernel / 2) {
            list.append(geometry(size, size + 1, channels, outputs, kernel, kernel / 2))
          }
        }
      }
    }
    return list
  }()

  private static func geometry(
    _ height: Int, _ width: Int, _ channels: Int, _ outputs: Int, _ kernel: Int, _ padding: Int
  ) -> ConvolutionGeometry {
    ConvolutionGeometry(
      height: height, width: width, channels: channels, outputs: outputs, kernel: kernel,
      padding: padding)
  }

  @Test func forwardEqualsThePlainLoops() {
    for geometry in Self.geometries {
      let sample = Sample(geometry)
      let y = AlignedMemory(ReferenceConvolution.outputCount(geometry))
      let scratch = AlignedMemory(geometry.algorithm.kernel.scratchCount(geometry))
      geometry.algorithm.kernel.forward(
        geometry, sample.padded.base, packed: sample.packed.base, bias: sample.bias, slope: 0.25,
        into: y.base, outputRow: geometry.outputWidth * geometry.outputs, scratch: scratch.base)
      let expected = sample.convolved.map { $0 > 0 ? $0 : 0.25 * $0 }
      expectClose(y.array(count: expected.count), expected, geometry)
    }
  }

  /// The direct kernel where the other one is chosen.
  @Test func directForwardEqualsThePlainLoopsForAllSizes() {
    let others = Self.geometries.filter { $0.algorithm == .winograd }
    #expect(others.count > 10)
    for geometry in others {
      let sample = Sample(geometry)
      let packed = AlignedMemory(
        (geometry.outputs + 31) / 32 * 32 * geometry.kernel * geometry.kernel * geometry.channels)
      PackedWeights.packDirect(geometry, sample.weights, into: packed.base)
      let y = AlignedMemory(ReferenceConvolution.outputCount(geometry))
      let scratch = AlignedMemory(DirectConvolution.scratchCount(geometry))
      DirectConvolution.forward(
        geometry, sample.padded.base, packed: packed.base, bias: sample.bias, slope: 1,
        into: y.base, outputRow: geometry.outputWidth * geometry.outputs, scratch: scratch.base)
      let expected = sample.convolved
      expectClose(y.array(count: expected.count), expected, geometry)
    }
  }

  @Test func pooledForwardEqualsThePlainLoops() {
    for geometry in Self.geometries where geometry.outputHeight > 1 && geometry.outputWidth > 1 {
      let sample = Sample(geometry)
      let pooled = sample.pooled
      let y = AlignedMemory(pooled.y.count)
      let argmax = ByteMemory(pooled.y.count)
      let scratch = AlignedMemory(geometry.algorithm.kernel.scratchCount(geometry))
      geometry.algorithm.kernel.forwardPooled(
        geometry, sample.padded.base, packed: sample.packed.base, bias: sample.bias, slope: 1,
        into: y.base, outputRow: geometry.outputWidth / 2 * geometry.outputs,
        argmax: argmax.base, scratch: scratch.base)
      expectClose(y.array(count: pooled.y.count), pooled.y, geometry)
      #expect(
        Array(UnsafeBufferPointer(start: argmax.base, count: pooled.y.count)) == pooled.argmax,
        "\(geometry)")
    }
  }

  @Test func denseGradientsEqualThePlainLoops() {
    for geometry in Self.geometries {
      let sample = Sample(geometry)
      let dy = sample.random.values(ReferenceConvolution.outputCount(geometry))
      let expected = ReferenceConvolution.backward(
        geometry, sample.x, weights: sample.weights, dy)
      let row = geometry.outputWidth * geometry.outputs
      let sums = AlignedMemory(WeightGradient.count(geometry))
      let bias = AlignedMemory(geometry.outputs)
      dy.withUnsafeBufferPointer { buffer in
        guard let dy = buffer.baseAddress else { return }
        WeightGradient.add(
          geometry, sample.padded.base, dy, gradientRow: row, into: sums.base,
          scratch: AlignedMemory(0).base)
        WeightGradient.addBias(
          dy,
          ImageLayout(
            height: geometry.outputHeight, width: geometry.outputWidth,
            channels: geometry.outputs, row: row), into: bias.base)
      }
      expectClose(collected(sums, geometry), expected.dw, geometry)
      expectClose(bias.array(count: geometry.outputs), expected.db, geometry)

      let back = geometry.transposed
      let packed = AlignedMemory(PackedWeights.count(back))
      PackedWeights.packTransposed(geometry, sample.weights, into: packed.base)
      let source = padded(dy, back)
      let dx = AlignedMemory(sample.x.count)
      let scratch = AlignedMemory(back.algorithm.kernel.scratchCount(back))
      back.algorithm.kernel.forward(
        back, source.base, packed: packed.base, bias: nil, slope: 1, into: dx.base,
        outputRow: geometry.width * geometry.channels, scratch: scratch.base)
      expectClose(dx.array(count: sample.x.count), expected.dx, geometry)
    }
  }

  /// Two images, so that a sum that is not added to shows.
  @Test func winogradWeightGradientEqualsThePlainLoops() {
    let some = Self.geometries.filter { $0.algorithm == .winograd }
    #expect(some.contains { $0.outputHeight % 2 == 1 && $0.outputWidth % 2 == 1 })
    #expect(Set(some.map(\.weightGradientAlgorithm)).count == 2)
    for geometry in some {
      let row = geometry.outputWidth * geometry.outputs
      let sums = AlignedMemory(WinogradWeightGradient.count(geometry))
      let scratch = AlignedMemory(WinogradWeightGradient.scratchCount(geometry))
      var expected = [Float](repeating: 0, count: geometry.weightCount)
      for seed in 0..<2 {
        let sample = Sample(geometry, seed: UInt64(seed))
        let dy = sample.random.values(ReferenceConvolution.outputCount(geometry))
        let plain = ReferenceConvolution.backward(
          geometry, sample.x, weights: sample.weights, dy)
        for index in expected.indices { expected[index] += plain.dw[index] }
        let memory = AlignedMemory(dy.count)
        for index in dy.indices { memory.base[index] = dy[index] }
        WinogradWeightGradient.add(
          geometry, sample.padded.base, memory.base, gradientRow: row, into: sums.base,
          scratch: scratch.base)
      }
      var found = [Float](repeating: 0, count: geometry.weightCount)
      for output in 0..<geometry.outputs {
        WinogradWeightGradient.collect(
          geometry, output: output, slots: sums.base, slotCount: 1, stride: 0, into: &found)
      }
      expectClose(found, expected, geometry)
    }
  }

  @Test func pooledGradientsEqualThePlainLoops() {
    for geometry in Self.geometries where geometry.outputHeight > 1 && geometry.outputWidth > 1 {
      let sample = Sample(geometry)
      let pooled = sample.pooled
      var gradient = sample.random.values(pooled.y.count)
      for index in stride(from: 0, to: gradient.count, by: 5) { gradient[index] = 0 }
      let dense = ReferencePooling.backward(
        gradient, argmax: pooled.argmax, height: geometry.outputHeight,
        width: geometry.outputWidth, channels: geometry.outputs)
      let expected = ReferenceConvolution.backward(
        geometry, sample.x, weights: sample.weights, dense)

      let row = geometry.outputWidth / 2 * geometry.outputs
      let sums = AlignedMemory(WeightGradient.count(geometry))
      let weights = AlignedMemory(PackedWeights.scatterCount(geometry))
      PackedWeights.packForScatter(geometry, sample.weights, into: weights.base)
      // Adding nothing to -0 gives +0, so that what is touched shows.
      let end = geometry.paddedCount + geometry.overhang
      let dx = AlignedMemory(end + 16)
      for index in end..<end + 16 { dx.base[index] = -0.0 }
      var order = [UInt16](repeating: 0, count: 2 * (gradient.count + 4 * gradient.count))
      gradient.withUnsafeBufferPointer { buffer in
        guard let dy = buffer.baseAddress else { return }
        PooledGradient.addWeights(
          geometry, sample.padded.base, dy, gradientRow: row, argmax: pooled.argmax,
          into: sums.base)
        PooledGradient.addInput(
          geometry, dy, gradientRow: row, argmax: pooled.argmax, weights: weights.base,
          into: dx.base, order: &order)
      }
      expectClose(collected(sums, geometry), expected.dw, geometry)
      expectClose(interior(dx, geometry), expected.dx, geometry)
      #expect((end..<end + 16).allSatisfy { dx.base[$0].sign == .minus }, "\(geometry)")
    }
  }

  @Test func weightSumsOfSlotsAreAddedInOrder() {
    let geometry = Self.geometries[0]
    let count = WeightGradient.count(geometry)
    let sums = AlignedMemory(3 * count)
    var expected = [Float](repeating: 0, count: geometry.weightCount)
    for slot in 0..<3 {
      for index in 0..<count { sums.base[slot * count + index] = Float(index % 97) * 0.37 }
      sums.base[slot * count] = [1e8, 1, -1e8][slot]
    }
    for output in 0..<geometry.outputs {
      WeightGradient.collect(
        geometry, output: output, slots: sums.base, slotCount: 3, stride: count, into: &expected)
    }
    #expect(expected[0] == (Float(1e8) + 1) - 1e8)
  }
}

/// Random input and weights of one geometry.
private struct Sample {
  let geometry: ConvolutionGeometry
  let x: [Float]
  let weights: [Float]
  let bias: [Float]
  let padded: AlignedMemory
  let packed: AlignedMemory
  let random: RandomStream

  init(_ geometry: ConvolutionGeometry, seed: UInt64 = 5) {
    self.geometry = geometry
    let seed = RandomStream(seed: seed)
    x = seed.stream(0).values(geometry.height * geometry.width * geometry.channels)
    weights = seed.stream(1).values(geometry.weightCount)
    bias = seed.stream(2).values(geometry.outputs)
    random = seed.stream(3)
    padded = ConvolutionTests.padded(x, geometry)
    packed = AlignedMemory(PackedWeights.count(geometry))
    PackedWeights.pack(geometry, weights, into: packed.base)
  }

  var convolved: [Float] {
    ReferenceConvolution.forward(geometry, x, weights: weights, bias: bias)
  }

  var pooled: (y: [Float], argmax: [UInt8]) {
    ReferencePooling.forward(
      convolved, height: geometry.outputHeight, width: geometry.outputWidth,
      channels: geometry.outputs)
  }
}

extension RandomStream {
  fileprivate func values(_ count: Int) -> [Float] {
    var stream = self
    return (0..<count).map { _ in stream.uniform(in: -1..<1) }
  }
}

extension ConvolutionTests {
  fileprivate static func padded(_ x: [Float], _ geometry: ConvolutionGeometry) -> AlignedMemory {
    let memory = AlignedMemory(geometry.paddedCount)
    let length = geometry.width * geometry.channels
    for row in 0..<geometry.height {
      for index in 0..<length {
        memory.base[
          (row + geometry.padding) * geometry.paddedRow + geometry.padding * geometry.channels
            + index] = x[row * length + index]
      }
    }
    return memory
  }

  private func padded(_ x: [Float], _ geometry: ConvolutionGeometry) -> AlignedMemory {
    Self.padded(x, geometry)
  }

  private func interior(_ memory: AlignedMemory, _ geometry: ConvolutionGeometry) -> [Float] {
    (0..<geometry.height).flatMap { row in
      memory.array(
        from: (row + geometry.padding) * geometry.paddedRow
          + geometry.padding * geometry.channels, count: geometry.width * geometry.channels)
    }
  }

  private func collected(_ sums: AlignedMemory, _ geometry: ConvolutionGeometry) -> [Float] {
    var gradient = [Float](repeating: 0, count: geometry.weightCount)
    for output in 0..<geometry.outputs {
      WeightGradient.collect(
        geometry, output: output, slots: sums.base, slotCount: 1, stride: 0, into: &gradient)
    }
    return gradient
  }

  private func expectClose(
    _ found: [Float], _ expected: [Float], _ geometry: ConvolutionGeometry,
    location: SourceLocation = #_sourceLocation
  ) {
    let size = (expected.reduce(0) { $0 + $1 * $1 } / Float(max(1, expected.count))).squareRoot()
    let worst = zip(found, expected).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
    #expect(
      found.count == expected.count && worst <= 2e-5 * max(size, 1e-3),
      "\(geometry): off by \(worst) at a size of \(size)", sourceLocation: location)
  }
}
