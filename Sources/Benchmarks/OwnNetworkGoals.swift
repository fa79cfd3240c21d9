import Networks
import Tensors

/// Networks whose sizes fill no register tile, beside SimpleCNN.
struct OwnNetworkGoals {
  let device: Device
  let rounds: Int

  /// Image side, input channels, channels of the two convolutions, kernel.
  private static let sizes = [
    (28, 1, 20, 40, 5), (28, 3, 20, 20, 3), (33, 3, 24, 48, 3), (16, 3, 32, 64, 3),
    (8, 3, 32, 64, 3),
  ]

  func measure() throws -> [Goal] {
    var simple = try Workload(.simpleCNN, on: device)
    return try Self.sizes.map { side, channels, first, second, kernel in
      let architecture = try Architecture(
        name: "own", input: .image(height: side, width: side, channels: channels),
        layers: [
          .convolution(name: "a", outputs: first, kernel: kernel, padding: kernel / 2),
          .activation(.relu), .maxPool,
          .convolution(name: "b", outputs: second, kernel: kernel, padding: kernel / 2),
          .activation(.relu), .maxPool, .flatten,
        ], heads: [Head(name: "fc", outputs: 40)])
      var own = Workload(architecture, on: device)
      var ratio = Sample()
      var time = Sample()
      for _ in 0..<rounds {
        let standard = rate(&simple)
        let (figure, ms) = rate(&own)
        ratio.add(100 * figure / standard.rate)
        time.add(ms)
      }
      return Goal(
        "\(side)×\(side)×\(channels), \(kernel)×\(kernel), \(first) and \(second) channels: rate / "
          + "SimpleCNN's", ratio, unit: "%", note: "train step \(Goal.text(time.median)) ms")
    }
  }

  /// Dense multiply-adds a millisecond of a training step.
  private func rate(_ workload: inout Workload) -> (rate: Double, ms: Double) {
    let ms = milliseconds(5) { workload.train() }.median
    return (Double(workload.cost(training: true).dense) / ms, ms)
  }
}
