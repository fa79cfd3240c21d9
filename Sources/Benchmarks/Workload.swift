import Networks
import Randomness
import Tensors

/// What is timed: a training step or a forward pass of one network on one batch.
///
/// The counterpart of `workload` in `scripts/reference/steps_pytorch.py`.
struct Workload {
  private(set) var network: Network
  private var optimizer: Optimizer
  private let images: Tensor
  private let labels: [Int]
  let device: Device

  static let batch = 64
  static let classes = 40

  init(
    _ architecture: Architecture, batch: Int = Workload.batch, on device: Device, seed: UInt64 = 1
  ) {
    network = Network(architecture, initialization: .xavier, random: RandomStream(seed: seed))
    optimizer = Optimizer(.adam, learningRate: 1e-3, count: network.weights.count)
    self.device = device
    var random = RandomStream(seed: seed).stream("images")
    let count = architecture.input.count
    var shape = [batch, count]
    if case .image(let height, let width, let channels) = architecture.input {
      shape = [batch, height, width, channels]
    }
    images = Tensor(shape, (0..<batch * count).map { _ in random.uniform() })
    labels = (0..<batch).map { $0 % architecture.outputs }
  }

  /// A network by name for the notebook's 32×32 images.
  init(_ preset: Preset, batch: Int = Workload.batch, on device: Device) throws {
    self.init(
      try preset.architecture(
        input: .image(height: 32, width: 32, channels: 3), outputs: Self.classes),
      batch: batch, on: device)
  }

  /// Forward, loss, backward, update.
  mutating func train() { train(images, labels) }

  mutating func train(_ images: Tensor, _ labels: [Int]) {
    var gradient = Block(zeros: network.weights.count)
    _ = network.trainingPass(
      images, on: device, random: RandomStream(seed: 3), into: &gradient
    ) { outputs in
      OutputLoss(outputs.logits.map { crossEntropy($0, labels: labels) })
    }
    optimizer.update(&network.weights, gradient: gradient, on: device)
  }

  func forward() { _ = network.logits(images, on: device) }

  /// Multiply-adds of a forward pass, or of a training step.
  func cost(training: Bool) -> PassCost {
    PassCost(network.architecture, images: images.shape[0], training: training)
  }
}

/// Why nothing is measured.
enum BenchmarkError: Error {
  /// Words for the person at the terminal.
  case refused(String)
}
