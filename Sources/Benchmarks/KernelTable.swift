import Randomness
import Tensors

/// The convolution kernels by themselves, on one thread: which one is faster for which layer.
enum KernelTable {
  /// The notebook's layers, two of signnet, then sizes that fill no tile.
  private static let layers = [
    ("conv1 of SimpleCNN", geometry(32, 3, 32, 5)), ("conv2", geometry(16, 32, 64, 3)),
    ("conv3", geometry(8, 64, 64, 3)), ("conv1 of SimpleCNN2", geometry(32, 3, 32, 3)),
    ("conv2 of signnet", geometry(32, 32, 32, 3)), ("conv5 of signnet", geometry(8, 64, 128, 3)),
    ("own", geometry(28, 20, 20, 3)), ("own", geometry(14, 20, 40, 5)),
    ("own", geometry(33, 24, 48, 3)), ("narrow", geometry(16, 8, 16, 3)),
    ("narrow", geometry(16, 12, 12, 3)), ("narrow", geometry(16, 16, 8, 3)),
  ]

  private static func geometry(
    _ side: Int, _ channels: Int, _ outputs: Int, _ kernel: Int
  ) -> ConvolutionGeometry {
    ConvolutionGeometry(
      height: side, width: side, channels: channels, outputs: outputs, kernel: kernel,
      padding: kernel / 2)
  }

  /// Rows of a table: 10⁹ operations a second, every product counted, whether it is done or not.
  static func measure() -> [[String]] {
    let head = [
      "layer", "sizes", "chosen", "direct", "winograd", "dw", "dw winograd",
      "dw pooled", "dx pooled",
    ]
    return [head]
      + layers.map { name, geometry in
        let bench = KernelBench(geometry)
        let isThree = geometry.kernel == 3
        let figures = [
          bench.forward(.direct), isThree ? bench.forward(.winograd) : .nan,
          bench.weightGradient(.direct), isThree ? bench.weightGradient(.winograd) : .nan,
          bench.pooledWeightGradient(), bench.pooledInputGradient(),
        ]
        let sizes = "\(geometry.width)² × \(geometry.channels) → \(geometry.outputs)"
        return [
          name, "\(sizes), \(geometry.kernel)×\(geometry.kernel)", geometry.algorithm.rawValue,
        ] + figures.map(Goal.text)
      }
  }
}

/// The memory of one layer, and its kernels on it.
private struct KernelBench {
  private let geometry: ConvolutionGeometry
  private let x: AlignedMemory
  private let y: AlignedMemory
  private let dy: AlignedMemory
  private let dx: AlignedMemory
  private let weights: AlignedMemory
  private let packed: AlignedMemory
  private let scratch: AlignedMemory
  private let sums: AlignedMemory
  private let argmax: ByteMemory
  private let order: [UInt16]
  private let images = 16

  init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    var random = RandomStream(seed: 1)
    func memory(_ count: Int) -> AlignedMemory {
      let memory = AlignedMemory(count)
      for index in 0..<count { memory.base[index] = random.uniform(in: -1..<1) }
      return memory
    }
    let outputs = geometry.outputHeight * geometry.outputWidth * geometry.outputs
    x = memory(geometry.paddedCount)
    y = memory(outputs)
    dy = memory(outputs)
    dx = memory(geometry.paddedCount)
    weights = memory(geometry.weightCount)
    packed = AlignedMemory(64 * geometry.weightCount + 64 * 1024)
    scratch = AlignedMemory(
      max(
        DirectConvolution.scratchCount(geometry), WinogradConvolution.scratchCount(geometry),
        WinogradWeightGradient.scratchCount(geometry)))
    sums = AlignedMemory(
      max(WeightGradient.count(geometry), WinogradWeightGradient.count(geometry)))
    argmax = ByteMemory(outputs)
    for index in 0..<outputs { argmax.base[index] = UInt8(random.index(below: 4)) }
    order = [UInt16](repeating: 0, count: outputs + 4 * outputs / geometry.outputs)
  }

  private var row: Int { geometry.outputWidth * geometry.outputs }

  private func rate(_ body: () -> Void) -> Double {
    let time = milliseconds(15) { for _ in 0..<images { body() } }.least
    return 2e-6 * Double(images * geometry.multiplyAdds) / time
  }

  func forward(_ algorithm: ConvolutionAlgorithm) -> Double {
    switch algorithm {
    case .direct: PackedWeights.packDirect(geometry, weights.base, into: packed.base)
    case .winograd: WinogradWeights.pack(geometry, weights.base, into: packed.base)
    }
    return rate {
      algorithm.kernel.forwardPooled(
        geometry, x.base, packed: packed.base, bias: weights.base, slope: 0.01, into: y.base,
        outputRow: row / 2, argmax: argmax.base, scratch: scratch.base)
    }
  }

  func weightGradient(_ algorithm: ConvolutionAlgorithm) -> Double {
    rate {
      algorithm.weightGradient.add(
        geometry, x.base, dy.base, gradientRow: row, into: sums.base, scratch: scratch.base)
    }
  }

  func pooledWeightGradient() -> Double {
    rate {
      PooledGradient.addWeights(
        geometry, x.base, dy.base, gradientRow: row / 2, argmax: argmax.base, into: sums.base)
    }
  }

  func pooledInputGradient() -> Double {
    PackedWeights.packForScatter(geometry, weights.base, into: packed.base)
    var order = order
    return order.withUnsafeMutableBufferPointer { order in
      guard let order = order.baseAddress else { return .nan }
      return rate {
        PooledGradient.addInput(
          geometry, dy.base, gradientRow: row / 2, argmax: argmax.base, weights: packed.base,
          into: dx.base, order: order)
      }
    }
  }
}
