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
    /// Time per image of a training step with its batch, and the epoch's shuffle, as a multiple of
    /// that with the standard sizes.
    var training: Double
    /// The same of a forward pass.
    var forward: Double
    /// Microseconds per image with the standard sizes.
    var usualTraining: Double
    var usualForward: Double
    var peakBytes: Int
    /// Of the images as they are kept.
    var dataBytes: Int
  }

  /// Measures in this process, in turns with the standard sizes.
  func measure() throws -> Figures {
    let data = noise()
    var order = Array(0..<images)
    var random = RandomStream(seed: 3)
    let shuffle = ContinuousClock().measure { random.shuffle(&order) } / .microseconds(1)
    var own = try Course(self, data, order)
    _ = own.times()
    let peak = ChildProcess.peakBytes() ?? 0
    var standard = try Course(
      Growth.standard(threads: ProcessInfo.processInfo.activeProcessorCount), data, order)
    _ = standard.times()
    // The machine's speed changes from minute to minute, so that only ratios can be compared.
    var (training, forward) = (Sample(), Sample())
    var usual = (training: Sample(), forward: Sample())
    for _ in 0..<9 {
      let (times, others) = (own.times(), standard.times())
      training.add((times.training + shuffle / Double(images)) / others.training)
      forward.add(times.forward / others.forward)
      usual.training.add(others.training)
      usual.forward.add(others.forward)
    }
    return Figures(
      point: self, training: training.median, forward: forward.median,
      usualTraining: usual.training.median, usualForward: usual.forward.median,
      peakBytes: peak, dataBytes: data.train.pixels.count + 8 * data.train.labels.count)
  }

  /// Training steps and forward passes through a data set.
  private struct Course {
    private let point: GrowthPoint
    private let data: DataSet
    private let order: [Int]
    private var workload: Workload
    private var next = 0

    init(_ point: GrowthPoint, _ data: DataSet, _ order: [Int]) throws {
      self.point = point
      self.data = data
      self.order = order
      let architecture = try Preset.simpleCNN.architecture(
        input: .image(height: 32, width: 32, channels: 3), outputs: point.classes)
      workload = Workload(architecture, batch: 1, on: Device(threads: point.threads))
    }

    /// Microseconds per image, over about as many images whatever the batch.
    mutating func times() -> (training: Double, forward: Double) {
      let steps = max(2, 512 / point.batch)
      let random = RandomStream(seed: 3)
      var images = Tensor(zeros: [0, 32, 32, 3])
      let training = milliseconds(steps) {
        let indices = (0..<point.batch).map { order[(next + $0) % order.count] }
        next += point.batch
        let made = data.batch(
          indices, of: .train, training: true, random: random, on: workload.device.pool)
        images = made.images
        // Few classes take part where the other network has fewer.
        workload.train(images, made.labels.map { $0 % point.classes })
      }
      let forward = milliseconds(steps) {
        _ = workload.network.logits(images, on: workload.device)
      }
      let scale = 1000 / Double(point.batch)
      return (scale * training.median, scale * forward.median)
    }
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
