import Datasets
import Foundation
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// The analytic strategy against ridge regression on all images at once.
struct AnalyticTests {
  static let device = Device(threads: 2)

  private func run(
    _ data: DataSet, _ tasks: TaskSequence, _ given: [String: OptionValue] = [:], seed: Int = 3
  ) throws -> Run {
    let type = try #require(Strategies.named("analytic"))
    return try Run(
      type,
      options: OptionValues(
        type.options, given: given.merging(["batch": .integer(5)]) { $1 }),
      network: SmallSigns.network(), data: data, tasks: tasks, seed: seed)
  }

  private func finished(_ run: Run, _ data: DataSet) -> Run {
    var run = run
    run.advance(data, on: Self.device)
    return run
  }

  /// The classifier, as a saved run has it.
  private func classifier(_ run: Run) throws -> LinearMap {
    struct Saved: Decodable {
      var strategy: Named
      struct Named: Decodable { var state: State }
      struct State: Decodable { var classifier: LinearMap }
    }
    return try JSONDecoder().decode(Saved.self, from: JSONEncoder().encode(run)).strategy.state
      .classifier
  }

  /// All images' features in one matrix, and the solution from it.
  private func joint(_ data: DataSet, classes: [Int], ridge: Double) throws -> LinearMap {
    let features = ImageFeatures(gradients: OrientedGradients(), usesNetwork: true)
    let network = try SmallSigns.network()
    let images = data.train.indices(of: classes)
    let batch = data.batch(images, of: .train, random: RandomStream(seed: 0))
    let values = features.values(batch.images, network, on: Self.device)
    #expect(values.shape == [images.count, features.count(network.architecture)])
    var sums = RidgeSums(features: values.shape[1])
    sums.grow(classes: classes.count)
    sums.add(
      values, labels: batch.labels.compactMap { classes.firstIndex(of: $0) }, on: Self.device.pool)
    return try #require(sums.solution(ridge: ridge, on: Self.device.pool)).classifier
  }

  @Test(arguments: [
    [[4, 0], [3, 1], [2, 5]], [[4, 0], [2, 5], [3, 1]], [[3, 1], [4, 0], [2, 5]],
    [[3, 1], [2, 5], [4, 0]], [[2, 5], [4, 0], [3, 1]], [[2, 5], [3, 1], [4, 0]],
    [[0, 1, 2, 3], [4], [5]], [[5, 4, 3, 2, 1, 0]],
  ])
  func anyOrderOfTasksGivesTheJointSolution(tasks: [[Int]]) throws {
    let data = try SmallSigns.data()
    let expected = try joint(data, classes: Array(0..<6), ridge: 0.03)
    let found = try classifier(finished(run(data, TaskSequence(tasks: tasks)), data))
    let width = expected.inputs
    for (output, label) in tasks.flatMap(\.self).enumerated() {
      #expect(
        abs(found.bias.elements[output] - expected.bias.elements[label]) < 1e-6)
      for feature in 0..<width {
        let difference =
          found.weights.elements[output * width + feature]
          - expected.weights.elements[label * width + feature]
        #expect(abs(difference) < 1e-6)
      }
    }
  }

  /// With balance=1 a class weighs the same however many images it has: one whose images all come
  /// twice changes nothing.
  @Test func balancedClassesWeighAlike() throws {
    let data = try SmallSigns.data()
    func weights(_ data: DataSet, _ balance: Double) throws -> Block {
      try classifier(
        finished(run(data, SmallSigns.tasks, ["balance": .real(balance)]), data)
      ).weights
    }
    let before = (plain: try weights(data, 0), balanced: try weights(data, 1))
    let train = data.train
    let again = train.indices(of: [SmallSigns.tasks.tasks[1][0]])
    let doubled = DataSet(
      source: data.source, classNames: data.classNames,
      train: ImageSet(
        shape: train.shape, pixels: train.pixels + again.flatMap { train.image(at: $0) },
        labels: train.labels + again.map { train.labels[$0] }),
      test: data.test)
    let after = (plain: try weights(doubled, 0), balanced: try weights(doubled, 1))
    #expect(before.plain != after.plain)
    for (a, b) in zip(before.balanced.elements, after.balanced.elements) {
      #expect(abs(a - b) < 1e-6)
    }
  }

  @Test func networkStaysAsItWas() throws {
    let data = try SmallSigns.data()
    let before = try SmallSigns.network()
    let after = finished(try run(data, SmallSigns.tasks), data).network
    let body = before.architecture.parameters.dropLast(2).last?.range.upperBound ?? 0
    #expect(body > 0)
    #expect(before.weights.elements[..<body] == after.weights.elements[..<body])
  }

  /// Twelve features that follow from six and hardly differ from 1: rounding leaves their correlations
  /// without a solution, and a ridge too small to mend that becomes the next power of ten that does.
  @Test(arguments: [1e-9, 1e-8]) func ridgeGrowsUntilThereIsASolution(start: Double) throws {
    var random = RandomStream(seed: 31)
    let images = ImageSet(
      shape: ImageShape(height: 2, width: 3, channels: 1),
      pixels: (0..<240).map { _ in UInt8(255 * random.index(below: 2)) },
      labels: (0..<40).map { $0 % 2 })
    let data = DataSet(
      source: .synthetic(SyntheticSigns()), classNames: ["a", "b"], train: images, test: images)
    let architecture = try Architecture(
      name: "flat", input: .image(height: 2, width: 3, channels: 1),
      layers: [.flatten, .dense(name: "fc1", outputs: 12)], heads: [Head(name: "fc", outputs: 2)])
    var network = Network(architecture, initialization: .pytorch, random: random)
    // 1 + x_i / 2¹⁷, then 1 + (x_i + x_{i+1}) / 2¹⁷, all of them exact.
    for feature in 0..<12 {
      for pixel in 0..<6 {
        let isRead = pixel == feature % 6 || feature >= 6 && pixel == (feature + 1) % 6
        network.weights.elements[feature * 6 + pixel] = isRead ? 0x1p-17 : 0
      }
      network.weights.elements[72 + feature] = 1
    }
    let type = try #require(Strategies.named("analytic"))
    let run = try Run(
      type,
      options: OptionValues(
        type.options,
        given: ["hog": .flag(false), "ridge": .real(start), "batch": .integer(1000)]),
      network: network, data: data, tasks: TaskSequence(tasks: [[0, 1]]), seed: 3)
    let found = try classifier(finished(run, data))

    var sums = RidgeSums(features: 12)
    sums.grow(classes: 2)
    let batch = data.batch(0..<40, of: .train, random: random)
    sums.add(
      ImageFeatures(gradients: nil, usesNetwork: true)
        .values(batch.images, network, on: Self.device),
      labels: batch.labels, on: Self.device.pool)
    let ridges = (0..<9).map { start * pow(10, Double($0)) }
    let solutions = ridges.map { sums.solution(ridge: $0, on: Self.device.pool) }
    #expect(solutions[0] == nil && solutions[1] == nil)
    let first = try #require(solutions.compactMap(\.self).first)
    expectNear(
      found.weights.elements.map(Double.init),
      first.classifier.weights.elements.map(Double.init), "the weights")
  }

  /// Only a further task needs the sums: the last one lets go of them.
  @Test func sumsGoWithTheLastTask() throws {
    let data = try SmallSigns.data()
    var run = try run(data, SmallSigns.tasks)
    func hasSums() throws -> Bool {
      String(decoding: try JSONEncoder().encode(run), as: UTF8.self).contains("\"classSums\"")
    }
    for task in 0..<3 {
      run.advance(data, on: Self.device, to: .more(1, .task))
      #expect(try hasSums() == (task < 2))
    }
  }

  /// Six classes of nine small images each; a guess would be right once in six.
  @Test func accuracyIsFarAboveChance() throws {
    let data = try SmallSigns.data()
    let run = finished(try run(data, SmallSigns.tasks), data)
    let matrix = AccuracyMatrix(evaluations: run.history.evaluations, tasks: run.tasks.tasks)
    #expect(run.history.evaluations.count == 3)
    #expect((run.history.evaluations.last?.accuracy ?? 0) > 30)
    #expect((matrix.forgetting ?? 100) < 30)
  }

  /// Every copy goes through the transform's random parts anew.
  @Test func copiesAreTransformedAnew() throws {
    let varied = try SmallSigns.data(transform: SmallSigns.varying)
    let plain = try SmallSigns.data()
    func weights(_ data: DataSet, copies: Int) throws -> Block {
      try classifier(
        finished(run(data, SmallSigns.tasks, ["copies": .integer(copies)]), data)
      ).weights
    }
    #expect(try weights(varied, copies: 1) != weights(varied, copies: 2))
    // The same sums twice have the same means and correlations.
    let (once, twice) = (try weights(plain, copies: 1), try weights(plain, copies: 2))
    for (a, b) in zip(once.elements, twice.elements) { #expect(abs(a - b) < 1e-5) }
  }

  /// Both poolings of the small network, 4 channels each, on a grid of 4 × 4; of a network without
  /// images inside, what its last layer hands on.
  @Test func networkIsReadAtItsScales() throws {
    let features = ImageFeatures(gradients: nil, usesNetwork: true)
    let network = try SmallSigns.network()
    #expect(features.count(network.architecture) == 2 * 4 * 16)
    let images = Tensor(
      [1, 16, 16, 3], (0..<16 * 16 * 3).map { Float($0 % 7) / 7 })
    let values = features.values(images, network, on: Self.device)
    // The second pooling hands on 4 × 4 pixels: its grid is the image itself.
    let scales = network.architecture.scales
    let last = network.features(images, at: [scales[1]], side: 1, on: Self.device)
    for channel in 0..<4 {
      let mean = (0..<16).reduce(Float(0)) { $0 + values.elements[64 + 4 * $1 + channel] } / 16
      #expect(abs(mean - last.elements[channel]) < 1e-5)
    }
    let flat = try Architecture(
      name: "flat", input: .image(height: 16, width: 16, channels: 3),
      layers: [.flatten, .dense(name: "fc1", outputs: 8)], heads: [Head(name: "fc", outputs: 2)])
    #expect(features.count(flat) == 8)
  }

  @Test func withoutFeaturesItIsRefused() throws {
    let data = try SmallSigns.data()
    #expect(throws: StrategyObjection.noFeatures) {
      try run(data, SmallSigns.tasks, ["network": .flag(false), "hog": .flag(false)])
    }
  }
}
