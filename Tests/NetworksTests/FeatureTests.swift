import Networks
import Randomness
import Tensors
import Testing

/// What the heads read, and losses on it.
struct FeatureTests {
  private static let device = Device(threads: 2)

  private static func network() throws -> Network {
    let architecture = try Architecture(
      name: "small", input: .image(height: 6, width: 6, channels: 2),
      layers: [
        // Nothing with a kink, so that differences are exact enough.
        .convolution(name: "conv", outputs: 4, kernel: 3, padding: 1), .flatten,
        .dense(name: "fc1", outputs: 5),
      ], heads: [Head(name: "fc", outputs: 3), Head(name: "other", outputs: 3)])
    return Network(architecture, initialization: .pytorch, random: RandomStream(seed: 3))
  }

  private static let images: Tensor = {
    var random = RandomStream(seed: 8)
    return Tensor([4, 6, 6, 2], (0..<4 * 72).map { _ in random.uniform(in: -1..<1) })
  }()

  /// ½·Σ f², whose gradient at the features is f.
  private static func squares(_ features: Tensor) -> Loss {
    Loss(value: features.elements.reduce(0) { $0 + $1 * $1 } / 2, gradient: features)
  }

  @Test func headsReadTheFeatures() throws {
    let network = try Self.network()
    let outputs = network.outputs(Self.images, on: Self.device)
    #expect(network.features(Self.images, on: Self.device) == outputs.features)
    #expect(network.logits(Self.images, on: Self.device) == outputs.logits)
    #expect(outputs.features.shape == [4, 5])
    let parameters = network.architecture.parameters
    let weights = network.tensor(parameters[parameters.count - 4]).elements
    let bias = network.tensor(parameters[parameters.count - 3]).elements
    for image in 0..<4 {
      for output in 0..<3 {
        let logit = (0..<5).reduce(bias[output]) {
          $0 + weights[output * 5 + $1] * outputs.features.elements[image * 5 + $1]
        }
        #expect(abs(logit - outputs.logits[0].elements[image * 3 + output]) < 1e-6)
      }
    }
  }

  @Test func gradientOfALossOnFeaturesIsThatOfDifferences() throws {
    let network = try Self.network()
    func loss(_ network: Network) -> Float {
      let outputs = network.outputs(Self.images, on: Self.device)
      return crossEntropy(outputs.logits[0], labels: [0, 1, 2, 0]).value
        + Self.squares(outputs.features).value
    }
    var gradient = Block(zeros: network.weights.count)
    let value = network.evaluationPass(Self.images, on: Self.device, into: &gradient) { outputs in
      OutputLoss(
        [
          crossEntropy(outputs.logits[0], labels: [0, 1, 2, 0]),
          0 * crossEntropy(outputs.logits[1], labels: [0, 0, 0, 0]),
        ], features: Self.squares(outputs.features))
    }
    #expect(abs(value - loss(network)) < 1e-5)
    for index in stride(from: 0, to: network.weights.count, by: 7) {
      var (above, below) = (network, network)
      above.weights.elements[index] += 0.01
      below.weights.elements[index] -= 0.01
      let expected = (loss(above) - loss(below)) / 0.02
      #expect(abs(gradient.elements[index] - expected) < 2e-3, "weight \(index)")
    }
  }
}

struct OneCycleTests {
  /// `torch.optim.lr_scheduler.OneCycleLR(max_lr=0.01, total_steps=12, cycle_momentum=False)`.
  private static let rates = [
    0.0004, 0.00349789654, 0.00879285159, 0.00994415435, 0.0093301297, 0.00811745654, 0.00647378998,
    0.00462637103, 0.00283060998, 0.0013347753, 0.000345669874, 4e-08,
  ]

  @Test func ratesArePyTorchs() {
    let schedule = Schedule.oneCycle(OneCycleSchedule(peak: 0.01))
    for (step, rate) in Self.rates.enumerated() {
      let moment = Moment(epoch: step / 4, of: 3, step: step % 4, of: 4)
      #expect(abs(Double(schedule.rate(at: moment)) - rate) < 1e-6 * rate + 1e-12)
    }
  }

  /// The notebook's DER goes on training when its epochs are over.
  @Test func rateStaysWhereItEnded() {
    let schedule = Schedule.oneCycle(OneCycleSchedule(peak: 0.01))
    for step in [12, 13, 20] {
      let rate = Double(schedule.rate(at: Moment(epoch: 0, of: 1, step: step, of: 12)))
      #expect(abs(rate - 4e-8) < 1e-13, "step \(step)")
    }
    #expect(
      schedule.rate(at: Moment(epoch: 3, of: 3, step: 0, of: 4))
        == schedule.rate(at: Moment(epoch: 2, of: 3, step: 3, of: 4)))
  }

  @Test(arguments: [1, 2, 3, 4, 7]) func shortCyclesHaveRatesToo(count: Int) {
    for step in 0..<count {
      let rate = OneCycleSchedule(peak: 0.01).rate(step: step, of: count)
      #expect(rate > 0 && rate <= 0.01)
    }
  }
}
