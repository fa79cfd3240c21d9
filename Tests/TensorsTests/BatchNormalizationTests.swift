import Randomness
import Tensors
import Testing

/// The kernels behind pooling held against those without, over sizes with a last row or column that
/// no cell has, and channels that fill no vector.
struct BatchNormalizationTests {
  @Test(
    arguments: [
      (4, 4, 16), (5, 7, 20), (6, 5, 3), (2, 2, 1), (3, 8, 33), (16, 16, 32),
    ])
  func wayBackBehindPoolingIsThatOfTheLargestAlone(height: Int, width: Int, channels: Int) {
    let (rows, columns) = (height / 2, width / 2)
    let (whole, pooled) = (height * width * channels, rows * columns * channels)
    let layout = ImageLayout(height: height, width: width, channels: channels)
    var random = RandomStream(seed: 12)
    func memory(_ count: Int, _ range: Range<Float> = -1..<1) -> AlignedMemory {
      let memory = AlignedMemory(count)
      for index in 0..<count { memory.base[index] = random.uniform(in: range) }
      return memory
    }
    let z = memory(whole)
    let numbers = memory(BatchNormalization.Table.count(channels: channels), 0.2..<1)
    let table = BatchNormalization.Table(numbers.base, channels: channels)
    let y = AlignedMemory(pooled)
    let argmax = ByteMemory(pooled)
    BatchNormalization.forwardPooled(
      layout, z.base, table, slope: 1, into: y.base, outputRow: columns * channels,
      argmax: argmax.base)

    // The same gradient in the places of the argmax, zeros elsewhere.
    let g = memory(pooled)
    let dense = AlignedMemory(whole)
    for index in 0..<pooled {
      let (cell, channel) = index.quotientAndRemainder(dividingBy: channels)
      let place = Int(argmax.base[index])
      let row = 2 * (cell / columns) + place / 2
      let column = 2 * (cell % columns) + place % 2
      dense.base[(row * width + column) * channels + channel] = g.base[index]
      let value = table.scale[channel] * z.base[(row * width + column) * channels + channel]
      #expect(abs(y.base[index] - value - table.shift[channel]) < 1e-5)
    }
    let sums = (AlignedMemory(2 * channels), AlignedMemory(2 * channels))
    BatchNormalization.addPooledSums(
      layout, z.base, table, slope: 1, output: y.base, g.base, gradientRow: columns * channels,
      argmax: argmax.base, into: sums.0.base)
    BatchNormalization.addSums(
      layout, z.base, table, slope: 1, output: z.base, dense.base, gradientRow: layout.row,
      into: sums.1.base)
    expectClose(sums.0, sums.1, 2 * channels)

    let dz = (AlignedMemory(whole), AlignedMemory(whole))
    BatchNormalization.backwardPooled(
      layout, z.base, table, g.base, gradientRow: columns * channels, argmax: argmax.base,
      into: dz.0.base)
    BatchNormalization.backward(
      layout, z.base, table, dense.base, gradientRow: layout.row, into: dz.1.base)
    expectClose(dz.0, dz.1, whole)
  }

  @Test(arguments: [3, 20])
  func firstOfEqualsWins(channels: Int) {
    let z = AlignedMemory(4 * 6 * channels)
    for index in 0..<4 * 6 * channels { z.base[index] = 0.5 }
    let numbers = AlignedMemory(BatchNormalization.Table.count(channels: channels))
    let pooled = 2 * 3 * channels
    let y = AlignedMemory(pooled)
    let argmax = ByteMemory(pooled)
    BatchNormalization.forwardPooled(
      ImageLayout(height: 4, width: 6, channels: channels), z.base,
      BatchNormalization.Table(numbers.base, channels: channels), slope: 1, into: y.base,
      outputRow: 3 * channels, argmax: argmax.base)
    #expect((0..<pooled).allSatisfy { argmax.base[$0] == 0 })
  }

  private func expectClose(_ a: AlignedMemory, _ b: AlignedMemory, _ count: Int) {
    #expect((0..<count).contains { b.base[$0] != 0 })
    for index in 0..<count {
      #expect(abs(a.base[index] - b.base[index]) <= 1e-5 * max(1, abs(b.base[index])))
    }
  }
}
