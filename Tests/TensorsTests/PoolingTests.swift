import Tensors
import Testing

struct PoolingTests {
  /// 5×7 pixels of 3 channels, rows 25 floats apart; each value occurs about twice, so that some
  /// maxima are met twice in a cell.
  private let height = 5
  private let width = 7
  private let channels = 3
  private let row = 25

  private var layout: ImageLayout {
    ImageLayout(height: height, width: width, channels: channels, row: row)
  }

  private var image: [Float] {
    (0..<height * row).map { Float($0 * 37 % 53) }
  }

  @Test func largestOfFourWinsAndTheFirstOfEquals() {
    let x = image
    let (rows, columns, outputRow) = (height / 2, width / 2, 11)
    var y = [Float](repeating: 99, count: rows * outputRow)
    var argmax = [UInt8](repeating: 99, count: rows * columns * channels)
    Pooling.forward(x, layout, into: &y, outputRow: outputRow, argmax: &argmax)
    for cell in 0..<rows * columns {
      let (i, j) = cell.quotientAndRemainder(dividingBy: columns)
      for channel in 0..<channels {
        let four = (0..<4).map { place in
          x[(2 * i + place / 2) * row + (2 * j + place % 2) * channels + channel]
        }
        #expect(y[i * outputRow + j * channels + channel] == four.max())
        #expect(Int(argmax[cell * channels + channel]) == four.firstIndex(of: four.max() ?? 0))
      }
    }
    #expect(y[outputRow - 1] == 99)

    var equal = [UInt8](repeating: 9, count: 1)
    var one: [Float] = [0]
    Pooling.forward(
      [5, 5, 5, 5], ImageLayout(height: 2, width: 2, channels: 1), into: &one, outputRow: 1,
      argmax: &equal)
    #expect(equal == [0])
  }

  @Test func gradientGoesToTheLargestAlone() {
    let (rows, columns, gradientRow) = (height / 2, width / 2, 10)
    let dy = (0..<rows * gradientRow).map { Float($0 + 1) }
    let argmax = (0..<rows * columns * channels).map { UInt8($0 * 7 % 4) }
    var dx = [Float](repeating: 99, count: height * row)
    Pooling.backward(dy, gradientRow: gradientRow, argmax: argmax, into: &dx, layout)
    var expected = [Float](repeating: 99, count: height * row)
    for y in 0..<height { for i in 0..<width * channels { expected[y * row + i] = 0 } }
    for cell in 0..<rows * columns {
      let (i, j) = cell.quotientAndRemainder(dividingBy: columns)
      for channel in 0..<channels {
        let place = Int(argmax[cell * channels + channel])
        expected[(2 * i + place / 2) * row + (2 * j + place % 2) * channels + channel] =
          dy[i * gradientRow + j * channels + channel]
      }
    }
    #expect(dx == expected)
  }

  /// PyTorch's order: all rows of the first channel, then those of the next.
  @Test func flatteningPutsChannelBehindChannel() {
    let x = image
    let count = height * width
    var y = [Float](repeating: 99, count: count * channels)
    Flattening.forward(x, layout, into: &y)
    var back = [Float](repeating: 99, count: height * row)
    Flattening.backward(y, layout, into: &back)
    for i in 0..<height {
      for j in 0..<width {
        for channel in 0..<channels {
          let place = i * row + j * channels + channel
          #expect(y[channel * count + i * width + j] == x[place])
          #expect(back[place] == x[place])
        }
      }
      #expect(back[i * row + width * channels] == 99)
    }
  }

  /// The mean over all pixels, and its gradient: an equal share for each.
  @Test(arguments: [3, 16, 21])
  func meanOfAnImageAndItsGradient(channels: Int) {
    let row = width * channels + 4
    let layout = ImageLayout(height: height, width: width, channels: channels, row: row)
    let x = (0..<height * row + 16).map { Float($0 * 29 % 41) }
    var y = [Float](repeating: 99, count: channels)
    AveragePooling.forward(x, layout, into: &y)
    let dy = (0..<channels).map { Float($0 + 1) }
    var dx = [Float](repeating: 99, count: height * row)
    AveragePooling.backward(dy, layout, into: &dx)
    for channel in 0..<channels {
      var sum: Float = 0
      for i in 0..<height {
        for j in 0..<width {
          sum += x[i * row + j * channels + channel]
          #expect(abs(dx[i * row + j * channels + channel] - dy[channel] / 35) < 1e-5)
        }
      }
      #expect(abs(y[channel] - sum / 35) < 1e-4)
    }
  }

  /// Part i of `side` covers the rows ⌊i·h/side⌋ to ⌈(i+1)·h/side⌉, as PyTorch's adaptive pooling
  /// has it; its gradient is shared evenly by its pixels, on top of what is there.
  @Test(arguments: [(4, 4, 2, 3), (5, 7, 3, 2), (7, 5, 4, 17)])
  func gradientOfAGridIsAddedInEqualShares(height: Int, width: Int, side: Int, channels: Int) {
    let row = width * channels + 3
    let dy = (0..<side * side * channels + 16).map { Float($0 * 31 % 23) - 11 }
    let before = (0..<height * row).map { Float($0 % 7) }
    var dx = before
    AveragePooling.addGrid(
      dy, side: side, to: &dx,
      ImageLayout(height: height, width: width, channels: channels, row: row))
    var expected = before
    for i in 0..<side {
      for j in 0..<side {
        let rows = i * height / side..<((i + 1) * height + side - 1) / side
        let columns = j * width / side..<((j + 1) * width + side - 1) / side
        for y in rows {
          for x in columns {
            for channel in 0..<channels {
              expected[y * row + x * channels + channel] +=
                dy[(i * side + j) * channels + channel] / Float(rows.count * columns.count)
            }
          }
        }
      }
    }
    for index in dx.indices { #expect(abs(dx[index] - expected[index]) < 1e-4) }
  }
}
