import Datasets
import Learning
import Networks
import Randomness
import Tensors
import Testing

/// A run in a world that can be computed by hand: grey images of 2 × 3 pixels, one linear layer, and
/// plain gradient descent in which a batch is all there is, unless options say otherwise.
struct FollowedRun {
  static let device = Device(threads: 1)
  static let rate = 0.5
  static let tasks = [[2, 0], [1, 3], [4, 5]]

  var run: Run
  let data: DataSet
  /// Of the last training step.
  private(set) var last: BatchReport?

  /// - Parameters:
  ///   - given: Options in place of one step of gradient descent with a rate of ½ for each task.
  ///   - hasAllOutputs: Whether classes to come have outputs too.
  ///   - counts: Training images of each class.
  init(
    _ strategy: String, _ given: [String: OptionValue] = [:], tasks: [[Int]] = Self.tasks,
    scenario: Scenario = .classIncremental, hasAllOutputs: Bool = false,
    counts: [Int] = [3, 4, 2, 5, 3, 2], heads: Int = 1,
    layers: [Layer] = [.flatten], data: DataSet? = nil, seed: Int = 3
  ) throws {
    self.data = data ?? Self.data(counts)
    let type = try #require(Strategies.named(strategy))
    let plain: [String: OptionValue] = [
      "epochs": .integer(1), "batch": .integer(1000), "lr": .real(Self.rate),
      "optimizer": .choice("sgd"), "momentum": .real(0), "weight-decay": .real(0),
      "schedule": .choice("step"), "lr-step": .integer(1000),
    ]
    let shape = self.data.train.shape
    let architecture = try Architecture(
      name: "linear",
      input: .image(height: shape.height, width: shape.width, channels: shape.channels),
      layers: layers,
      heads: ["fc", "auxiliary"].prefix(heads).map { Head(name: $0, outputs: 2) })
    let declared = type.options
    for name in given.keys { try #require(declared.contains { $0.name == name }, "\(name)") }
    run = try Run(
      type,
      options: OptionValues(
        declared,
        given: plain.filter { name, _ in declared.contains { $0.name == name } }.merging(given) {
          $1
        }),
      network: Network(
        architecture, initialization: .pytorch, random: RandomStream(seed: 17)),
      data: self.data,
      tasks: TaskSequence(tasks: tasks, scenario: scenario, hasAllOutputs: hasAllOutputs),
      seed: seed)
  }

  /// Images that are alike within a class, the classes taking turns.
  ///
  /// - Parameters:
  ///   - counts: Training images of each class.
  ///   - tests: Test images of each class.
  static func data(
    _ counts: [Int], tests: Int = 2, height: Int = 2, width: Int = 3
  ) -> DataSet {
    var random = RandomStream(seed: 23)
    func set(_ counts: [Int]) -> ImageSet {
      var (pixels, labels) = ([UInt8](), [Int]())
      for turn in 0..<(counts.max() ?? 0) {
        for label in counts.indices where turn < counts[label] {
          labels.append(label)
          pixels += (0..<height * width).map { pixel in
            UInt8((pixel * (label + 2) * 37) % 150 + random.index(below: 100))
          }
        }
      }
      return ImageSet(
        shape: ImageShape(height: height, width: width, channels: 1), pixels: pixels,
        labels: labels)
    }
    return DataSet(
      source: .synthetic(SyntheticSigns()), classNames: counts.indices.map { "class \($0)" },
      train: set(counts), test: set(counts.map { _ in tests }))
  }

  /// The same grey image for all classes.
  static func uniformData(_ counts: [Int]) -> DataSet {
    let labels = counts.enumerated().flatMap { label, count in
      [Int](repeating: label, count: count)
    }
    let set = ImageSet(
      shape: ImageShape(height: 2, width: 3, channels: 1),
      pixels: labels.flatMap { _ in [90, 100, 110, 120, 130, 140] }, labels: labels)
    return DataSet(
      source: .synthetic(SyntheticSigns()), classNames: counts.indices.map { "class \($0)" },
      train: set, test: set)
  }

  /// Goes on until an event is the one that is waited for.
  @discardableResult
  mutating func advance<Value>(to wanted: (Event) -> Value?) throws -> Value {
    var found: Value?
    run.advance(data, on: Self.device) { event, _ in
      found = wanted(event)
      return found == nil
    }
    return try #require(found, "the run is over")
  }

  mutating func beginTask() throws {
    try advance { if case .taskBegan = $0 { () } else { nil } }
  }

  mutating func train() throws -> BatchReport {
    let report = try advance { if case .batchTrained(let report) = $0 { report } else { nil } }
    last = report
    return report
  }

  mutating func endTask() throws {
    try advance { if case .taskEnded = $0 { () } else { nil } }
  }

  mutating func evaluateTask() throws {
    try advance { if case .taskEvaluated = $0 { () } else { nil } }
  }

  // MARK: What the run works on

  var weights: [Double] { run.network.weights.elements.map(Double.init) }
  var memory: [Int] { run.learner.memory.images }

  /// The training images of a task, by position.
  func images(ofTask task: Int) -> [Int] { data.train.indices(of: run.tasks.tasks[task]) }

  func pixels(_ images: [Int]) -> [[Double]] {
    images.map { data.train.image(at: $0).map { Double($0) / 255 } }
  }

  /// The output that stands for each image's class: its place in the order in which the classes were
  /// met, or in its task where tasks share the outputs.
  func outputs(_ images: [Int]) -> [Int] {
    images.map { image in
      let label = data.train.labels[image]
      let task = run.tasks.tasks.first { $0.contains(label) } ?? []
      let all = run.tasks.scenario == .domainIncremental ? task : run.tasks.tasks.flatMap(\.self)
      return all.firstIndex(of: label) ?? -1
    }
  }

  // MARK: Steps held against gradient descent

  /// Takes a training step and expects it to be one of gradient descent on the given loss.
  ///
  /// - Parameters:
  ///   - images: Those of the step, in any order.
  ///   - penalty: Given the weights, what a penalty adds to the loss and to its gradient.
  ///   - loss: Given the logits of each image.
  mutating func expectStep(
    _ images: [Int], rate: Double = Self.rate,
    penalty: ((_ weights: [Double]) -> (value: Double, gradient: [Double]))? = nil,
    at place: SourceLocation = #_sourceLocation, loss: (_ logits: [[Double]]) -> PlainLoss
  ) throws {
    let before = PlainLinear(run.network)
    let report = try train()
    let x = pixels(images)
    var expected = loss(x.map { before($0) })
    var gradient = before.gradient(x, expected.slopes)
    if let penalty {
      let pull = penalty(before.weights)
      expected.value += pull.value
      gradient = zip(gradient, pull.gradient).map { $0 + $1 }
    }
    expectNear([Double(report.loss)], [expected.value], "the loss", at: place)
    expectNear(
      weights, before.stepped(along: gradient, rate: rate).weights, "the weights", at: place)
  }

  /// Takes a training step and finds out of which images it can have been; of two heads the first
  /// is looked at.
  ///
  /// - Parameters:
  ///   - candidates: Lists of images.
  ///   - loss: Given a candidate and its images' logits.
  /// - Returns: Those whose step of gradient descent it is.
  mutating func trained(
    amongst candidates: [[Int]], rate: Double = Self.rate,
    loss: (_ images: [Int], _ logits: [[Double]]) -> PlainLoss
  ) throws -> [[Int]] {
    let before = PlainLinear(run.network)
    let report = try train()
    return candidates.filter { images in
      let x = pixels(images)
      let expected = loss(images, x.map { before($0) })
      let after = before.stepped(
        along: before.gradient(x, expected.slopes), rate: rate)
      let found = Array(weights.prefix(after.weights.count))
      return deviation(found, from: after.weights) == nil
        && abs(Double(report.loss) - expected.value) < 1e-4
    }
  }

  /// Cross-entropy of these images among all outputs so far.
  func crossEntropy(
    _ images: [Int], _ logits: [[Double]], smoothing: Double = 0
  ) -> PlainLoss {
    plainCrossEntropy(logits, outputs(images), smoothing: smoothing) { _ in
      Array(logits[0].indices)
    }
  }
}

extension Array {
  /// All choices of `count` elements.
  func choices(of count: Int) -> [[Element]] {
    if count == 0 { return [[]] }
    guard let first else { return [] }
    let rest = Array(dropFirst())
    return rest.choices(of: count - 1).map { [first] + $0 } + rest.choices(of: count)
  }
}
