import Networks
import Tensors

/// Training steps and forward passes, round by round beside PyTorch and the machine's sgemm rate.
struct StepGoals {
  let device: Device
  let torch: PyTorchSide?
  let rounds: Int

  /// Modes that PyTorch can be run in.
  private static let layouts = ["nchw", "channels-last"]
  private static let repetitions = 8

  /// What one workload gave in all rounds.
  private struct Measured {
    var ours = Sample()
    /// By layout.
    var theirs: [Sample] = layouts.map { _ in Sample() }
    /// PyTorch's time by layout divided by ours of the same round.
    var ratios: [Sample] = layouts.map { _ in Sample() }
    /// 10⁹ operations a second of a large product.
    var sgemm = Sample()
    /// Our rate as a share of that of the same round, in percent; dense, then executed.
    var shares = [Sample(), Sample()]

    /// The layout in which PyTorch was fastest.
    var best: Int { theirs[0].median <= theirs[1].median ? 0 : 1 }
  }

  func measure() throws -> [Goal] {
    let simple = try measure(.simpleCNN, training: true)
    let forward = try measure(.simpleCNN, training: false)
    var goals = compared(simple, "SimpleCNN train step", atLeast: 2)
    goals += shared(simple, "SimpleCNN train step", atLeast: 75)
    goals += compared(forward, "SimpleCNN forward 64", layout: 1, atLeast: 1.4)
    goals += shared(forward, "SimpleCNN forward 64", atLeast: nil)
    for (preset, name) in [(Preset.simpleCNN2, "SimpleCNN2"), (.derCNN, "DER_CNN")] {
      let measured = try measure(preset, training: true)
      goals += compared(measured, "\(name) train step", atLeast: 1.5)
    }
    return goals
  }

  /// Rounds of ours, PyTorch's modes and sgemm; every other round the other way round.
  private func measure(_ preset: Preset, training: Bool) throws -> Measured {
    var workload = try Workload(preset, on: device)
    let cost = workload.cost(training: training)
    var measured = Measured()
    for round in 0..<rounds {
      var theirs = [Double](repeating: .nan, count: Self.layouts.count)
      let askTorch = {
        guard let torch else { return }
        for (index, layout) in Self.layouts.enumerated() {
          theirs[index] = try torch.ask(
            "\(preset) \(training ? "train" : "forward") \(layout) \(Self.repetitions)")
        }
      }
      if round % 2 == 0 { try askTorch() }
      let ours = milliseconds(Self.repetitions) {
        if training { workload.train() } else { workload.forward() }
      }.median
      if round % 2 == 1 { try askTorch() }
      let rate = MatrixProduct.rate(threads: device.threads)
      measured.ours.add(ours)
      measured.sgemm.add(rate)
      measured.shares[0].add(100 * 2e-6 * Double(cost.dense) / ours / rate)
      measured.shares[1].add(100 * 2e-6 * Double(cost.executed) / ours / rate)
      for (index, time) in theirs.enumerated() where time.isFinite {
        measured.theirs[index].add(time)
        measured.ratios[index].add(time / ours)
      }
    }
    return measured
  }

  /// - Parameter layout: Of PyTorch; the fastest, if none is given.
  private func compared(
    _ measured: Measured, _ name: String, layout: Int? = nil, atLeast bound: Double
  ) -> [Goal] {
    let ours = "\(Goal.text(measured.ours.median)) ms"
    guard torch != nil else {
      return [Goal("\(name), time", measured.ours, unit: "ms", note: "no PyTorch to compare with")]
    }
    let index = layout ?? measured.best
    let others = zip(Self.layouts, measured.theirs).map {
      "\($0) \(Goal.text($1.median)) ms"
    }
    return [
      Goal(
        "\(name) / PyTorch \(Self.layouts[index])", measured.ratios[index], unit: "×",
        .atLeast(bound), note: "\(ours); PyTorch " + others.joined(separator: ", "))
    ]
  }

  private func shared(_ measured: Measured, _ name: String, atLeast bound: Double?) -> [Goal] {
    let rate = "sgemm \(Goal.text(measured.sgemm.median)) GFLOP/s"
    return [
      Goal(
        "\(name), share of sgemm, all products", measured.shares[0], unit: "%",
        bound.map { .atLeast($0) } ?? .nothing, note: rate),
      Goal(
        "\(name), share of sgemm, products done", measured.shares[1], unit: "%",
        note: "zeros behind pooling left out"),
    ]
  }
}
