import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// Fine tuning: mean cross-entropy on the new images (the notebook, § 7), and joint training: the same
/// on all images so far (§ 8).
struct FineTuningFormulaTests {
  /// With label smoothing (Szegedy et al. 2016) and without.
  @Test(arguments: [0, 0.2]) func stepIsCrossEntropyOfTheNewImages(smoothing: Double) throws {
    var course = try FollowedRun(
      "finetune", ["epochs": .integer(3), "label-smoothing": .real(smoothing)])
    for task in 0..<3 {
      try course.beginTask()
      for _ in 0..<3 {
        let images = course.images(ofTask: task)
        try course.expectStep(images) { [course] in
          course.crossEntropy(images, $0, smoothing: smoothing)
        }
      }
    }
  }

  /// With rivals=new old outputs are as if they were not there.
  @Test func newOutputsAloneMayCompete() throws {
    var course = try FollowedRun("finetune", ["rivals": .choice("new")])
    for task in 0..<3 {
      try course.beginTask()
      let images = course.images(ofTask: task)
      try course.expectStep(images) { [course] in
        plainCrossEntropy($0, course.outputs(images)) { _ in [2 * task, 2 * task + 1] }
      }
    }
  }

  /// Outputs that a task does not have do not compete (van de Ven and Tolias 2019).
  @Test(arguments: [0, 0.3]) func toldTheTaskItsOutputsAloneCompete(smoothing: Double) throws {
    var course = try FollowedRun(
      "finetune", ["label-smoothing": .real(smoothing)], scenario: .taskIncremental)
    for task in 0..<3 {
      try course.beginTask()
      let images = course.images(ofTask: task)
      try course.expectStep(images) { [course] in
        plainCrossEntropy($0, course.outputs(images), smoothing: smoothing) { _ in
          [2 * task, 2 * task + 1]
        }
      }
    }
  }

  /// Tasks share two outputs.
  @Test func domainsShareTheirOutputs() throws {
    var course = try FollowedRun("finetune", scenario: .domainIncremental)
    for task in 0..<3 {
      try course.beginTask()
      #expect(course.run.network.architecture.outputs == 2)
      let images = course.images(ofTask: task)
      try course.expectStep(images) { [course] in course.crossEntropy(images, $0) }
    }
  }

  @Test func jointTrainsOnAllImagesSoFar() throws {
    var course = try FollowedRun("joint", ["epochs": .integer(2)])
    for task in 0..<3 {
      try course.beginTask()
      let images = (0...task).flatMap { course.images(ofTask: $0) }
      for _ in 0..<2 {
        try course.expectStep(images) { [course] in course.crossEntropy(images, $0) }
      }
    }
  }

  @Test func jointOnceTrainsOnAllImages() throws {
    var course = try FollowedRun("joint", ["once": .flag(true)])
    try course.beginTask()
    let images = Array(course.data.train.labels.indices)
    try course.expectStep(images) { [course] in course.crossEntropy(images, $0) }
  }

  /// Images of several tasks in one batch: each among its own task's outputs, and every image weighs
  /// the same, however many of its task there are.
  @Test(arguments: [0, 0.2]) func everyImageWeighsTheSame(smoothing: Double) throws {
    var course = try FollowedRun(
      "joint", ["label-smoothing": .real(smoothing)], tasks: [[2, 0, 4], [1, 3], [5]],
      scenario: .taskIncremental)
    let ranges = [[0, 1, 2], [3, 4], [5]]
    for task in 0..<3 {
      try course.beginTask()
      let images = (0...task).flatMap { course.images(ofTask: $0) }
      try course.expectStep(images) { [course] in
        plainCrossEntropy($0, course.outputs(images), smoothing: smoothing) { label in
          ranges.first { $0.contains(label) } ?? []
        }
      }
    }
  }

  /// Old outputs go on as they are, and each new one is drawn.
  @Test func headGrows() throws {
    var course = try FollowedRun("finetune")
    try course.endTask()
    for task in 1..<3 {
      let before = course.weights
      try course.beginTask()
      let after = PlainLinear(course.run.network)
      #expect(after.outputs == 2 * task + 2)
      let old = after.grown(before)
      #expect(zip(old, after.weights).allSatisfy { $0 == 0 || $0 == $1 })
      let new = zip(old, after.weights).filter { $0.0 == 0 }.map(\.1)
      #expect(new.count == 14 && Set(new).count == 14 && !new.contains(0))
      try course.endTask()
    }
  }

  /// Where a strategy begins anew with every task, body and head are drawn, for each task apart.
  @Test(arguments: ["joint", "gdumb"]) func weightsAreDrawnAnew(strategy: String) throws {
    var course = try FollowedRun(
      strategy, strategy == "gdumb" ? ["memory": .integer(12)] : [:],
      layers: [.flatten, .dense(name: "fc1", outputs: 3)])
    var bodies: [[Double]] = []
    for task in 0..<3 {
      try course.beginTask()
      let body = Array(course.weights[..<21])
      var drawn = course.run.network
      drawn.initialize(
        .xavier, random: RandomStream(seed: 3).stream("weights").stream(task))
      #expect(body == drawn.weights.elements[..<21].map(Double.init))
      bodies.append(body)
      try course.endTask()
    }
    #expect(Set(bodies).count == 3)
  }
}
