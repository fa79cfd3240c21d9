import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// DER (Yan, Xie and He 2021): cross-entropy of a head on the features of all backbones side by side +
/// λ·cross-entropy of an auxiliary head on the new backbone's, which has one output for all old
/// classes (equations 5 to 7); then a new head, with a softmax of temperature T, on the exemplars
/// alone (section 3.4). A backbone here is a linear layer of three features.
struct ExpandableRepresentationFormulaTests {
  private let auxiliary = 0.7
  private let temperature = 5.0
  private let secondRate = 0.2

  /// A backbone and its part of the head.
  private struct Branch {
    var body: PlainLinear
    var head: PlainLinear

    init(_ network: Network) {
      let numbers = network.weights.elements.map(Double.init)
      body = PlainLinear(inputs: 6, outputs: 3, weights: Array(numbers[..<21]))
      head = PlainLinear(
        inputs: 3, outputs: network.architecture.outputs, weights: Array(numbers[21...]))
    }
  }

  /// Weights and biases uniform in ±1/√inputs.
  private func drawn(_ purpose: String, task: Int, inputs: Int, outputs: Int) -> PlainLinear {
    let random = RandomStream(seed: 3).stream(purpose).stream(task)
    let bound = 1 / Float(inputs).squareRoot()
    let numbers = [outputs * inputs, outputs].enumerated().flatMap { stream, count in
      var random = random.stream(stream)
      return (0..<count).map { _ in Double(random.uniform(in: -bound..<bound)) }
    }
    return PlainLinear(inputs: inputs, outputs: outputs, weights: numbers)
  }

  private func sum(_ parts: [[Double]]) -> [Double] {
    parts.dropFirst().reduce(parts[0]) { zip($0, $1).map { $0 + $1 } }
  }

  /// Slopes at the features that come back through a head.
  private func back(_ head: PlainLinear, _ slopes: [Double]) -> [Double] {
    (0..<head.inputs).map { input in
      slopes.indices.reduce(0) { $0 + slopes[$1] * head.weights[$1 * head.inputs + input] }
    }
  }

  @Test(arguments: [0, 0.2]) func stepsAreTheFormula(smoothing: Double) throws {
    var course = try FollowedRun(
      "der",
      [
        "memory": .integer(9), "epochs": .integer(3), "auxiliary": .real(auxiliary),
        "second-epochs": .integer(2), "second-lr": .real(secondRate),
        "second-temperature": .real(temperature), "label-smoothing": .real(smoothing),
      ], layers: [.flatten, .dense(name: "fc1", outputs: 3)])
    var frozen: [Branch] = []
    for task in 0..<3 {
      try course.beginTask()
      var new = Branch(course.run.network)
      var aux = drawn("auxiliary", task: task, inputs: 3, outputs: 3)
      if task > 0 {
        expectNear(new.body.weights, frozen[task - 1].body.weights, "the new backbone")
        frozen = frozen.map { branch in
          var branch = branch
          let wide = PlainLinear(
            inputs: 3, outputs: 2 * task + 2,
            weights: [Double](repeating: 0, count: 4 * (2 * task + 2)))
          branch.head = PlainLinear(
            inputs: 3, outputs: 2 * task + 2, weights: wide.grown(branch.head.weights))
          return branch
        }
      }
      // The frozen heads become one map, which has one bias.
      for place in frozen.indices.dropFirst() {
        let bias = frozen[place].head.weights.suffix(2 * task + 2)
        for (output, value) in bias.enumerated() {
          frozen[0].head.weights[6 * (task + 1) + output] += value
        }
        forgetBias(&frozen[place].head)
      }
      let images = course.images(ofTask: task) + course.memory
      let (x, labels) = (course.pixels(images), course.outputs(images))
      for step in 0..<3 {
        let report = try course.train()
        let features = x.map { new.body($0) }
        let old = frozen.map { branch in x.map { branch.body($0) } }
        let z = x.indices.map { image in
          sum(
            [new.head(features[image])]
              + frozen.indices.map { frozen[$0].head(old[$0][image]) })
        }
        let main = course.crossEntropy(images, z, smoothing: smoothing)
        var slopes = main.slopes.map { back(new.head, $0) }
        var value = main.value
        if task > 0 {
          let side =
            auxiliary
            * plainCrossEntropy(
              features.map { aux($0) }, labels.map { max(0, $0 - 2 * task + 1) },
              smoothing: smoothing
            ) { _ in [0, 1, 2] }
          value += side.value
          for image in x.indices {
            slopes[image] = sum([slopes[image], back(aux, side.slopes[image])])
          }
          aux = aux.stepped(along: aux.gradient(features, side.slopes), rate: FollowedRun.rate)
        }
        expectNear([Double(report.loss)], [value], "the loss of task \(task), step \(step)")
        for place in frozen.indices {
          frozen[place].head = frozen[place].head.stepped(
            along: frozen[place].head.gradient(old[place], main.slopes), rate: FollowedRun.rate)
          if place > 0 { forgetBias(&frozen[place].head) }
        }
        new.head = new.head.stepped(
          along: new.head.gradient(features, main.slopes), rate: FollowedRun.rate)
        new.body = new.body.stepped(along: new.body.gradient(x, slopes), rate: FollowedRun.rate)
        expectNear(
          course.weights, new.body.weights + new.head.weights,
          "the weights of task \(task), step \(step)")
        expectScores(course, frozen + [new], "task \(task), step \(step)")
      }
      if task > 0 { try balance(&course, &frozen, &new, task, smoothing) }
      try course.endTask()
      frozen.append(new)
    }
  }

  /// All backbones see the same images, as the transform makes them for this batch.
  @Test func frozenBackbonesSeeTheTransformedImages() throws {
    var data = FollowedRun.data([3, 4, 2, 5, 3, 2])
    data.transform.horizontalFlip = true
    var course = try FollowedRun(
      "der", ["memory": .integer(9), "auxiliary": .real(0), "second-epochs": .integer(0)],
      layers: [.flatten, .dense(name: "fc1", outputs: 3)], data: data)
    try course.endTask()
    try course.beginTask()
    var images = course.images(ofTask: 1) + course.memory
    let random = RandomStream(seed: 3)
    var order = random.stream("order").stream(1).stream(0).stream(0)
    order.shuffle(&images)
    let batch = data.batch(
      images, of: .train, training: true,
      random: random.stream("transform").stream(1).stream(0).stream(0).stream(0))
    #expect(batch.images != data.batch(images, of: .train, random: random).images)
    let scores = course.run.scores(batch.images, data, on: FollowedRun.device)[0].elements
    let z = images.indices.map { scores[4 * $0..<4 * $0 + 4].map(Double.init) }
    let report = try course.train()
    expectNear([Double(report.loss)], [course.crossEntropy(images, z).value], "the loss")
  }

  /// Without passes of the second stage the head stays as it was learned.
  @Test func secondStageMayBeLeftOut() throws {
    var course = try FollowedRun(
      "der", ["memory": .integer(9), "second-epochs": .integer(0)],
      layers: [.flatten, .dense(name: "fc1", outputs: 3)])
    for _ in 0..<3 { try course.endTask() }
    #expect(course.run.isFinished && course.run.history.steps == 3)
    #expect(course.run.history.epochs.map(\.purpose) == [.learn, .learn, .learn])
    #expect(course.run.history.evaluations.count == 3)
  }

  /// The second stage.
  private func balance(
    _ course: inout FollowedRun, _ frozen: inout [Branch], _ new: inout Branch, _ task: Int,
    _ smoothing: Double
  ) throws {
    let branches = frozen + [new]
    let width = 3 * branches.count
    var whole = drawn("head", task: task, inputs: width, outputs: 2 * task + 2)
    for step in 0..<2 {
      let report = try course.train()
      let images = course.memory
      #expect(images.count == [0, 8, 6][task])
      let features = course.pixels(images).map { x in branches.flatMap { $0.body(x) } }
      let soft = course.crossEntropy(
        images, features.map { whole($0).map { $0 / temperature } }, smoothing: smoothing)
      expectNear([Double(report.loss)], [soft.value], "the loss of balancing step \(step)")
      let slopes = soft.slopes.map { $0.map { $0 / temperature } }
      whole = whole.stepped(along: whole.gradient(features, slopes), rate: secondRate)
    }
    func part(_ place: Int, bias: Bool) -> PlainLinear {
      PlainLinear(
        inputs: 3, outputs: whole.outputs,
        weights: (0..<whole.outputs).flatMap { output in
          (0..<3).map { whole.weights[output * width + 3 * place + $0] }
        }
          + (0..<whole.outputs).map { bias ? whole.weights[whole.outputs * width + $0] : 0 })
    }
    for place in frozen.indices { frozen[place].head = part(place, bias: false) }
    new.head = part(frozen.count, bias: true)
    try course.evaluateTask()
    expectNear(
      course.weights, new.body.weights + new.head.weights, "the weights after balancing")
    expectScores(course, frozen + [new], "after balancing task \(task)")
  }

  private func forgetBias(_ layer: inout PlainLinear) {
    for output in 0..<layer.outputs { layer.weights[layer.outputs * layer.inputs + output] = 0 }
  }

  private func expectScores(_ course: FollowedRun, _ branches: [Branch], _ place: String) {
    let batch = course.data.batch(0..<6, of: .test, random: RandomStream(seed: 0)).images
    let scores = course.run.scores(batch, course.data, on: FollowedRun.device)[0]
    let expected = (0..<6).flatMap { image -> [Double] in
      let x = course.data.test.image(at: image).map { Double($0) / 255 }
      return sum(branches.map { $0.head($0.body(x)) })
    }
    expectNear(scores.elements.map(Double.init), expected, "the scores in \(place)")
  }
}
