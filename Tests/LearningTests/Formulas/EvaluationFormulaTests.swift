import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// Who wins for a test image: the largest of all outputs, of its own task's, or of those that tasks
/// share (van de Ven and Tolias 2019).
struct EvaluationFormulaTests {
  @Test(arguments: [Scenario.classIncremental, .taskIncremental, .domainIncremental])
  func confusionIsThatOfTheLogits(scenario: Scenario) throws {
    var course = try FollowedRun("finetune", scenario: scenario)
    var mistakes = 0
    for task in 0..<3 {
      try course.evaluateTask()
      let evaluation = try #require(course.run.history.evaluations.last)
      let classes = FollowedRun.tasks[...task].flatMap(\.self)
      #expect(evaluation.classes == classes)
      var confusion = classes.map { _ in classes.map { _ in 0 } }
      var right = 0
      let layer = PlainLinear(course.run.network)
      for image in course.data.test.labels.indices {
        let label = course.data.test.labels[image]
        guard let truth = classes.firstIndex(of: label) else { continue }
        let z = layer(course.data.test.image(at: image).map { Double($0) / 255 })
        let own = truth / 2 * 2
        // Classes and the outputs that stand for them.
        let rivals =
          scenario == .classIncremental ? Array(classes.indices) : [own, own + 1]
        func logit(_ place: Int) -> Double { z[scenario == .domainIncremental ? place % 2 : place] }
        let winner = rivals.max { logit($0) < logit($1) } ?? 0
        confusion[truth][winner] += 1
        if [own, own + 1].allSatisfy({ logit($0) <= logit(truth) }) { right += 1 }
      }
      #expect(evaluation.confusion == confusion)
      let total = 2 * classes.count
      #expect(evaluation.taskMaskedAccuracy == 100 * Double(right) / Double(total))
      mistakes += total - classes.indices.reduce(0) { $0 + confusion[$1][$1] }
    }
    #expect(mistakes > 0)
  }

  /// Forward transfer: the mean over tasks of the accuracy just before a task − chance (Lopez-Paz and
  /// Ranzato 2017), on the next task's images and outputs.
  @Test func nextTaskIsAnsweredBeforeItIsLearned() throws {
    var course = try FollowedRun(
      "finetune", ["epochs": .integer(5)], scenario: .domainIncremental,
      data: FollowedRun.data([3, 4, 2, 5, 3, 2], tests: 20))
    var shares: [Double] = []
    for task in 0..<2 {
      try course.evaluateTask()
      let layer = PlainLinear(course.run.network)
      let next = FollowedRun.tasks[task + 1]
      let images = course.data.test.indices(of: next)
      var confusion = [[0, 0], [0, 0]]
      for image in images {
        let z = layer(course.data.test.image(at: image).map { Double($0) / 255 })
        let truth = next.firstIndex(of: course.data.test.labels[image]) ?? -1
        confusion[truth][z[1] > z[0] ? 1 : 0] += 1
      }
      shares.append(100 * Double(confusion[0][0] + confusion[1][1]) / 40)
      #expect(course.run.history.ahead.last?.confusion == confusion)
    }
    // Else one of them could stand for the other.
    #expect(course.run.history.ahead[0].confusion != course.run.history.ahead[1].confusion)
    try course.evaluateTask()
    let transfer = try #require(course.run.forwardTransfer)
    #expect(abs(transfer - (shares[0] + shares[1]) / 2 + 50) < 1e-9)
  }

  /// Of a network with more outputs than there are classes each has its column, answered or not.
  @Test func everyOutputHasAColumn() throws {
    var network = try FollowedRun("finetune").run.network
    network.replaceHeads(outputs: 6, random: RandomStream(seed: 2))
    // The bias of output 0, behind the 36 weights: it always wins.
    network.weights.elements[36] = 100
    let tasks = TaskSequence(tasks: [[2, 0]])
    var count = EvaluationCount()
    let total = count.advance(
      FollowedRun.data([3, 4, 2]), tasks: tasks, on: FollowedRun.device
    ) { [network.logits($0, on: FollowedRun.device)[0]] }
    #expect(total == 4 && count.done == 4)
    let evaluation = count.results(tasks: tasks)[0]
    #expect(evaluation.confusion == [[2, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0]])
    #expect(evaluation.rightInTask == [2, 0])
  }

  /// More test images than are classified at a time: all are counted, once.
  @Test func allTestImagesAreCounted() throws {
    var course = try FollowedRun(
      "replay", scenario: .domainIncremental,
      data: FollowedRun.data([3, 4, 2, 5, 3, 2], tests: 200))
    var parts = 0
    for task in 0..<3 {
      let evaluation = try course.advance {
        if case .testImagesClassified = $0 { parts += 1 }
        return if case .taskEvaluated(_, let evaluation) = $0 { evaluation } else { nil }
      }
      #expect(evaluation.total == 400 * (task + 1))
      let rows = evaluation.confusion.map { $0.reduce(0, +) }
      #expect(rows == [Int](repeating: 200, count: 2 * task + 2))
      guard task < 2 else { continue }
      let next = try #require(course.run.history.ahead.last)
      #expect(next.classes == FollowedRun.tasks[task + 1])
      #expect(next.confusion.map { $0.reduce(0, +) } == [200, 200])
    }
    #expect(parts > 4)
    // The other head's, one for each task.
    #expect(course.run.history.others.map(\.classifier) == [.nearestMean])
    let others = course.run.history.others.flatMap(\.evaluations)
    #expect(others.map(\.total) == [400, 800, 1200])
    #expect(course.run.history.evaluationSteps == [1, 2, 3])
  }
}
