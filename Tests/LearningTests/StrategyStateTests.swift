import Datasets
import Foundation
import Learning
import Networks
import Randomness
import Tensors
import TestSupport
import Testing

/// What strategies keep from task to task, read from a saved run.
struct StrategyStateTests {
  static let device = Device(threads: 1)

  /// The strategy's state as JSON.
  private func state(of run: Run) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(run))
    let strategy = (json as? [String: Any])?["strategy"] as? [String: Any]
    return try #require(strategy?["state"] as? [String: Any])
  }

  /// A block's numbers.
  private func numbers(_ object: Any?) throws -> [Float] {
    let elements = (object as? [String: Any])?["elements"] as? [NSNumber]
    return try #require(elements).map(\.floatValue)
  }

  /// The springs of a run that holds weights, as JSON.
  private func penalty(of run: Run) throws -> [String: Any] {
    let consolidation = try state(of: run)["consolidation"] as? [String: Any]
    return try #require(consolidation?["penalty"] as? [String: Any])
  }

  private func advance(_ run: inout Run, _ data: DataSet, tasks: Int) {
    run.advance(data, on: Self.device, to: .more(tasks, .task))
  }

  @Test func frozenBackbonesStayAsTheyAreToTheBit() throws {
    let data = try SmallSigns.data()
    let course = SmallSigns.Course(
      strategy: "der", given: ["memory": .integer(8), "second-epochs": .integer(2)])
    var run = try course.run(on: data)
    advance(&run, data, tasks: 1)
    var expected: [Network] = []
    for task in 1..<3 {
      expected.append(run.network)
      while run.tasksDone == task {
        _ = run.step(data, on: Self.device)
        guard run.phase != .beginTask, !run.isFinished else { continue }
        let frozen = try JSONDecoder().decode(
          [Network].self,
          from: JSONSerialization.data(withJSONObject: #require(try state(of: run)["frozen"])))
        #expect(difference(frozen, expected) == nil)
      }
    }
    #expect(expected.count == 2 && difference(expected[0], expected[1]) != nil)
  }

  /// With one step a task: Ω = max(0, −g·Δθ) / (Δθ² + ξ), g of the loss alone.
  @Test func synapticImportanceIsTheDefinition() throws {
    let data = try SmallSigns.data()
    let type = try #require(Strategies.named("si"))
    var run = try Run(
      type,
      options: OptionValues(
        type.options,
        given: ["epochs": .integer(1), "batch": .integer(1000), "damping": .real(0.01)]),
      network: SmallSigns.network(isPlain: true), data: data, tasks: SmallSigns.tasks, seed: 3)
    _ = run.step(data, on: Self.device)
    let before = run.network
    let images = data.train.indices(of: SmallSigns.tasks.tasks[0])
    let batch = data.batch(images, of: .train, random: RandomStream(seed: 0))
    let labels = OutputOrder(SmallSigns.tasks.through(0)).outputs(of: batch.labels)
    var gradient = Block(zeros: before.weights.count)
    _ = before.evaluationPass(batch.images, on: Self.device, into: &gradient) {
      OutputLoss([crossEntropy($0.logits[0], labels: labels)])
    }
    advance(&run, data, tasks: 1)
    let penalty = try penalty(of: run)
    let importance = try numbers(penalty["importance"])
    #expect(try difference(numbers(penalty["anchor"]), run.network.weights.elements) == nil)
    var largest: Float = 0
    for i in importance.indices {
      let moved = run.network.weights.elements[i] - before.weights.elements[i]
      let expected = max(0, -gradient.elements[i] * moved) / (moved * moved + 0.01)
      largest = max(largest, expected)
      #expect(abs(importance[i] - expected) <= 1e-3 * expected + 1e-8)
    }
    #expect(largest > 0)
  }

  /// The mean over the images that were drawn of the exact Fisher information.
  @Test(arguments: [("ewc", "fisher-images"), ("mas", "importance-images")])
  func importanceIsTheMeanOverTheImages(strategy: String, option: String) throws {
    let data = try SmallSigns.data()
    var run = try SmallSigns.Course(strategy: strategy, given: [option: .integer(1000)])
      .run(on: data)
    advance(&run, data, tasks: 1)
    let images = data.train.indices(of: SmallSigns.tasks.tasks[0])
    let batch = data.batch(images, of: .train, random: RandomStream(seed: 0))
    let sum =
      strategy == "ewc"
      ? run.network.fisherSum(batch.images, on: Self.device)
      : run.network.outputSensitivitySum(batch.images, on: Self.device)
    let penalty = try penalty(of: run)
    let importance = try numbers(penalty["importance"])
    #expect(try difference(numbers(penalty["anchor"]), run.network.weights.elements) == nil)
    #expect(importance.contains { $0 > 0 })
    for i in importance.indices {
      let expected = sum.elements[i] / Float(images.count)
      #expect(abs(importance[i] - expected) <= 1e-4 * expected + 1e-9)
    }
  }

  /// Class by class and row by row, in any order, the scatter is Σ_k Σ_x (x − μ_k)(x − μ_k)ᵀ.
  @Test func scatterIsThatOfTheWholeBatch() {
    var random = RandomStream(seed: 77)
    let classes = [5, 1, 9]
    let features = 6
    let rows = classes.map { count in
      Tensor([count, features], (0..<count * features).map { _ in 3 + random.normal() })
    }
    var inOrder = GaussianClasses(features: features)
    for (position, x) in rows.enumerated() { inOrder.add(x, of: position, on: Self.device) }
    var mixed = GaussianClasses(features: features)
    for row in 0..<9 {
      for (position, x) in rows.enumerated() where row < x.shape[0] {
        let last = x.shape[0] - 1 - row
        mixed.add(
          Tensor([1, features], Array(x.elements[last * features..<(last + 1) * features])),
          of: position, on: Self.device)
      }
    }
    #expect(inOrder.counts == classes && mixed.counts == classes)
    for i in 0..<features {
      for j in 0...i {
        var expected = 0.0
        for x in rows {
          let count = x.shape[0]
          func value(_ row: Int, _ column: Int) -> Double {
            Double(x.elements[row * features + column])
          }
          let means = [i, j].map { column in
            (0..<count).reduce(0) { $0 + value($1, column) } / Double(count)
          }
          for row in 0..<count {
            expected += (value(row, i) - means[0]) * (value(row, j) - means[1])
          }
        }
        #expect(abs(inOrder.scatter[i, j] - expected) < 1e-9)
        #expect(abs(mixed.scatter[i, j] - expected) < 1e-9)
      }
    }
  }

  @Test(arguments: [
    ("replay", ["memory": OptionValue.integer(5)]), ("icarl", ["memory": .integer(5)]),
    ("bic", ["memory": .integer(11)]), ("bic", ["hold-out": .real(0)]),
    ("gdumb", ["memory": .integer(1)]), ("rehearsal-kd", ["memory": .integer(5)]),
  ])
  func impossibleSettingIsRefused(strategy: String, given: [String: OptionValue]) throws {
    let data = try SmallSigns.data()
    #expect(throws: StrategyObjection.self) {
      try SmallSigns.Course(strategy: strategy, given: given).run(on: data)
    }
  }
}
