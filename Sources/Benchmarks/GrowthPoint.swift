import Datasets
import Foundation
import Networks
import Randomness
import Tensors

/// One row of a growth table: the sizes, and how to measure them.
struct GrowthPoint: Codable {
  var batch: Int
  var images: Int
  var classes: Int
  var threads: Int

  struct Figures: Codable {
    var point: GrowthPoint
    /// Per image: a training step with its batch, and the epoch's shuffle.
    var microseconds: Double
    /// Per image: a forward pass.
    var forwardMicroseconds: Double
    var peakBytes: Int
    /// Of the images as they are kept.
    var dataBytes: Int
  }

  /// Measures in this process.
  func measure() throws -> Figures {
    let device = Device(threads: threads)
    let data = noise()
    var order = Array(0..<images)
    var random = RandomStream(seed: 3)
    let shuffle = ContinuousClock().measure { random.shuffle(&order) } / .microseconds(1)
    guard
      let architecture = try Architecture.preset(
        "simplecnn", input: .image(height: 32, width: 32, channels: 3), outputs: classes)
    else { throw BenchmarkError.unknownNetwork("simplecnn") }
    var network = Network(architecture, initialization: .xavier, random: RandomStream(seed: 1))
    var optimizer = Optimizer(.adam, learningRate: 1e-3, count: network.weights.count)
    // As many images whatever the batch.
    let steps = max(4, 4096 / batch)
    var next = 0
    var made = data.batch(order.prefix(batch), of: .train, random: random, on: device.pool)
    let step = milliseconds(steps) {
      let indices = (0..<batch).map { order[(next + $0) % images] }
      next += batch
      made = data.batch(indices, of: .train, training: true, random: random, on: device.pool)
      var gradient = Block(zeros: network.weights.count)
      _ = network.backpropagate(made.images, on: device, into: &gradient) {
        $0.map { crossEntropy($0, labels: made.labels) }
      }
      optimizer.update(&network.weights, gradient: gradient, on: device)
    }
    let peak = Self.peakBytes
    let forward = milliseconds(steps) { _ = network.logits(made.images, on: device) }
    return Figures(
      point: self,
      microseconds: 1000 * step.median / Double(batch) + shuffle / Double(images),
      forwardMicroseconds: 1000 * forward.median / Double(batch), peakBytes: peak,
      dataBytes: data.train.pixels.count + 8 * data.train.labels.count)
  }

  /// Images of nothing; their classes come in turn.
  private func noise() -> DataSet {
    let shape = ImageShape(height: 32, width: 32, channels: 3)
    let pixels = [UInt8](unsafeUninitializedCapacity: images * shape.count) { bytes, count in
      var state: UInt64 = 88_172_645_463_325_252
      count = images * shape.count
      for index in 0..<count {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        bytes[index] = UInt8(truncatingIfNeeded: state)
      }
    }
    let labels = (0..<images).map { $0 % classes }
    let empty = ImageSet(shape: shape, pixels: [], labels: [])
    return DataSet(
      source: .folder(path: "noise", size: 32), classNames: (0..<classes).map { "\($0)" },
      train: ImageSet(shape: shape, pixels: pixels, labels: labels), test: empty,
      digest: "not computed")
  }

  /// The most memory this process has held so far.
  private static var peakBytes: Int {
    var usage = rusage()
    getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }

  /// Measures in a process of its own.
  func measureInChild() throws -> Figures {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = [
      "--growth-point", String(decoding: try JSONEncoder().encode(self), as: UTF8.self),
    ]
    process.standardOutput = output
    try process.run()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode(Figures.self, from: answer)
  }
}
