import Networks
import Randomness
import Tensors

// Time of one training step and one forward pass of the notebook's networks, batch 64.
// usage: Benchmarks [threads]

let threads = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 2
let device = Device(threads: max(1, threads))

/// The median and the least of many runs, in milliseconds.
func measure(_ body: () -> Void) -> (median: Double, least: Double) {
  var times: [Double] = []
  for run in 0..<48 {
    let time = ContinuousClock().measure(body)
    if run >= 8 { times.append(time / .milliseconds(1)) }
  }
  times.sort()
  return (times[times.count / 2], times[0])
}

func text(_ value: Double) -> String { String(Double(Int(value * 100)) / 100) }

print("kernels \(Processor.kernels), \(Processor.vectorBits) bits, \(threads) threads")
for preset in Architecture.presets {
  guard
    let architecture = try Architecture.preset(
      preset, input: .image(height: 32, width: 32, channels: 3), outputs: 40)
  else { continue }
  var network = Network(architecture, initialization: .xavier, random: RandomStream(seed: 1))
  var random = RandomStream(seed: 2)
  let images = Tensor(
    [64, 32, 32, 3], (0..<64 * 3072).map { _ in random.uniform() })
  let labels = (0..<64).map { $0 % 40 }
  var optimizer = Optimizer(.adam, learningRate: 1e-3, count: network.weights.count)
  let step = measure {
    var gradient = Block(zeros: network.weights.count)
    _ = network.backpropagate(images, on: device, into: &gradient) {
      $0.map { crossEntropy($0, labels: labels) }
    }
    optimizer.update(&network.weights, gradient: gradient, on: device)
  }
  let forward = measure { _ = network.logits(images, on: device) }
  print(
    preset, "train step ms median \(text(step.median)) least \(text(step.least)),",
    "forward 64 ms median \(text(forward.median)) least \(text(forward.least))")
}
