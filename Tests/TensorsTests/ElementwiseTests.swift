import Randomness
import Tensors
import Testing

/// The kernels that go through values one by one, held against their definitions. Counts lie around
/// the 16 values of a vector.
struct ElementwiseTests {
  private static let counts = [1, 2, 15, 16, 17, 31, 48, 53]

  @Test func slopesAreThoseOfTheFunctions() {
    #expect(Activation.none.slope == 1)
    #expect(Activation.relu.slope == 0)
    #expect(Activation.leakyRelu(slope: 0.125).slope == 0.125)
  }

  @Test(arguments: counts)
  func activationMultipliesWhatIsNotPositive(count: Int) {
    // Zeros, and small numbers beside large ones.
    let x = (0..<count).map { Float([0, -2, 0.5, 3, -0.25][$0 % 5]) }
    for slope: Float in [0, 0.01, 1] {
      var y = x
      ActivationKernel.forward(&y, count: count, slope: slope)
      #expect(y == x.map { $0 > 0 ? $0 : $0 * slope })
      // At an output of 0 the derivative is the slope.
      var gradient = (0..<count).map { Float($0 + 1) }
      ActivationKernel.backward(&gradient, output: y, count: count, slope: slope)
      #expect(
        gradient
          == (0..<count).map { y[$0] > 0 || slope == 1 ? Float($0 + 1) : Float($0 + 1) * slope })
    }
  }

  /// Rows of three lengths: those of a, b and y need not lie equally far apart.
  @Test(arguments: [3, 16, 37])
  func sumsOfImagesWithRowsFarApart(length: Int) {
    let (height, aRow, bRow, yRow) = (3, length + 2, length + 5, length + 1)
    let a = values(height * aRow, seed: 1)
    let b = values(height * bRow, seed: 2)
    var y = [Float](repeating: 9, count: height * yRow)
    var x = b
    func layout(_ row: Int) -> ImageLayout {
      ImageLayout(height: height, width: length, channels: 1, row: row)
    }
    Addition.forward(
      a, layout(aRow), b, layout(bRow), slope: 0.5, into: &y, layout(yRow))
    Addition.add(a, layout(aRow), to: &x, layout(bRow))
    for row in 0..<height {
      for index in 0..<length {
        let sum = a[row * aRow + index] + b[row * bRow + index]
        #expect(y[row * yRow + index] == (sum > 0 ? sum : sum * 0.5))
        #expect(x[row * bRow + index] == sum)
      }
      #expect(y[row * yRow + length] == 9)
      #expect(x[row * bRow + length] == b[row * bRow + length])
    }
  }

  @Test func normalizationDividesByTheLength() {
    let (images, features) = (3, 5)
    // Lengths 5 and 13, and a row of zeros.
    let x: [Float] = [3, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, -12]
    var y = [Float](repeating: 9, count: images * features)
    var norms = [Float](repeating: 9, count: images)
    Normalization.forward(x, images: images, features: features, into: &y, norms: &norms)
    #expect(norms == [5, 1e-12, 13])
    #expect(y == x.enumerated().map { $1 / [5, 1, 13][$0 / features] })

    // Less than the floor, more than zero: divided by the floor.
    let tiny: [Float] = [3e-14, 4e-14]
    var other: [Float] = [0, 0]
    Normalization.forward(tiny, images: 1, features: 2, into: &other, norms: &norms)
    #expect(norms[0] == 1e-12)
    #expect(abs(other[0] - 0.03) < 1e-6)
  }

  /// dx_i = Σ_j dy_j·∂y_j/∂x_i with ∂y_j/∂x_i = (δ_ij − y_i·y_j) / ‖x‖.
  @Test func wayBackThroughNormalizationIsItsDerivative() {
    let (images, features) = (2, 4)
    let x = values(images * features, seed: 3)
    var y = [Float](repeating: 0, count: images * features)
    var norms = [Float](repeating: 0, count: images)
    Normalization.forward(x, images: images, features: features, into: &y, norms: &norms)
    let dy = values(images * features, seed: 4)
    var dx = dy
    Normalization.backward(&dx, y: y, norms: norms, images: images, features: features)
    for image in 0..<images {
      let row = image * features..<(image + 1) * features
      for i in row {
        let sum = row.reduce(Float(0)) {
          $0 + dy[$1] * (($1 == i ? 1 : 0) - y[i] * y[$1]) / norms[image]
        }
        #expect(abs(dx[i] - sum) < 1e-5)
      }
    }
  }

  @Test func dropoutKeepsAShareAndLetsItGrow() {
    let (count, rate) = (4000, Float(0.25))
    let x = values(count, seed: 5).map { $0 + 2 }
    var y = [Float](repeating: 9, count: count)
    var kept = [UInt8](repeating: 9, count: count)
    let stream = RandomStream(seed: 6)
    Dropout.forward(x, count: count, rate: rate, random: stream, into: &y, kept: &kept)
    var random = stream
    var dx = [Float](repeating: 9, count: count)
    Dropout.backward(x, count: count, rate: rate, kept: kept, into: &dx)
    for index in 0..<count {
      let isKept = random.uniform() >= rate
      #expect(kept[index] == (isKept ? 1 : 0))
      #expect(abs(y[index] - (isKept ? x[index] / 0.75 : 0)) < 1e-5)
      #expect(dx[index] == y[index])
    }
    // Four deviations of the binomial distribution, √(4000·0.25·0.75) = 27.
    #expect(abs(kept.reduce(0) { $0 + Int($1) } - 3000) < 110)
  }

  @Test(arguments: counts)
  func stochasticGradientDescentIsPyTorchs(count: Int) {
    var weights = Block(values(count, seed: 7))
    var velocity = Block(zeros: count)
    var (w, v) = (weights.elements.map(Double.init), [Double](repeating: 0, count: count))
    let (rate, momentum, decay) = (0.1, 0.9, 0.05)
    for step in 0..<3 {
      let gradient = Block(values(count, seed: UInt64(8 + step)))
      Updates.sgd(
        &weights, gradient: gradient, velocity: &velocity, rate: Float(rate),
        momentum: Float(momentum), decay: Float(decay), on: ThreadPool(threadCount: 2))
      for i in 0..<count {
        v[i] = momentum * v[i] + Double(gradient.elements[i]) + decay * w[i]
        w[i] -= rate * v[i]
      }
    }
    for i in 0..<count { #expect(abs(Double(weights.elements[i]) - w[i]) < 1e-5) }
  }

  /// Kingma and Ba 2015, with the decay of AdamW before the step.
  @Test(arguments: counts)
  func adamIsThatOfThePaper(count: Int) {
    var weights = Block(values(count, seed: 11))
    var (mean, square) = (Block(zeros: count), Block(zeros: count))
    var w = weights.elements.map(Double.init)
    var (m, v) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    let (rate, beta1, beta2, epsilon, decay) = (0.01, 0.9, 0.999, 0.5, 0.2)
    var (power1, power2) = (1.0, 1.0)
    for step in 0..<3 {
      let gradient = Block(values(count, seed: UInt64(12 + step)))
      power1 *= beta1
      power2 *= beta2
      Updates.adam(
        &weights, gradient: gradient, mean: &mean, square: &square,
        step: Float(rate / (1 - power1)), betas: (beta1, beta2), epsilon: Float(epsilon),
        squareCorrection: Float(1 - power2), keep: Float(1 - rate * decay),
        on: ThreadPool(threadCount: 2))
      for i in 0..<count {
        let g = Double(gradient.elements[i])
        m[i] = beta1 * m[i] + (1 - beta1) * g
        v[i] = beta2 * v[i] + (1 - beta2) * g * g
        w[i] *= 1 - rate * decay
        w[i] -= rate * (m[i] / (1 - power1)) / ((v[i] / (1 - power2)).squareRoot() + epsilon)
      }
    }
    for i in 0..<count {
      #expect(abs(Double(weights.elements[i]) - w[i]) < 1e-6)
      #expect(abs(Double(mean.elements[i]) - m[i]) < 1e-6)
      #expect(abs(Double(square.elements[i]) - v[i]) < 1e-6 * max(1e-3, v[i]))
    }
  }

  /// In double precision, and the same bits on any number of threads.
  @Test(arguments: counts + [4096, 4097, 100_003])
  func squaresAreSummedUp(count: Int) {
    let block = Block(values(count, seed: 21))
    let sums = [1, 2, 3].map { SquaredNorm.of(block, on: ThreadPool(threadCount: $0)) }
    let exact = block.elements.reduce(0) { $0 + Double($1) * Double($1) }
    #expect(sums[1] == sums[0] && sums[2] == sums[0])
    #expect(abs(sums[0] - exact) <= 1e-6 * exact)
  }

  private func values(_ count: Int, seed: UInt64) -> [Float] {
    var random = RandomStream(seed: seed)
    return (0..<count).map { _ in random.uniform(in: -1..<1) }
  }
}
