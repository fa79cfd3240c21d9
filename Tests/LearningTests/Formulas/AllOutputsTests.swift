import Datasets
import Foundation
import Learning
import Networks
import Randomness
import Tensors
import TestSupport
import Testing

/// Tasks with the outputs of all classes from the first one on, those to come among them.
struct AllOutputsTests {
  /// Every output competes in every step.
  @Test func classesToComeCompete() throws {
    var course = try FollowedRun(
      "finetune", ["epochs": .integer(2), "rivals": .choice("all")], hasAllOutputs: true)
    for task in 0..<3 {
      try course.beginTask()
      let images = course.images(ofTask: task)
      for _ in 0..<2 {
        try course.expectStep(images) { [course] z in
          #expect(z[0].count == 6)
          return course.crossEntropy(images, z)
        }
      }
      try course.endTask()
    }
  }

  /// The last network teaches what it has learned, not what it has outputs for.
  @Test func lastNetworkTeachesOldClassesOnly() throws {
    var course = try FollowedRun(
      "icarl", ["memory": .integer(12), "epochs": .integer(1)], hasAllOutputs: true)
    for task in 0..<3 {
      let teacher = PlainLinear(course.run.network)
      try course.beginTask()
      let images = course.images(ofTask: task) + course.memory
      let labels = course.outputs(images)
      let answers = course.pixels(images).map {
        Array(teacher($0).prefix(task == 0 ? 0 : 2 * task))
      }
      try course.expectStep(images) { plainBinaryCrossEntropy($0, labels, answers) }
      try course.endTask()
    }
  }

  static let refusing = ["bic", "wa", "der"]

  /// Every strategy takes them or says why not; scores are of the classes so far.
  @Test(arguments: (SmallSigns.courses + SmallSigns.surveys).indices)
  func everyStrategyTakesThemOrRefuses(number: Int) throws {
    let course = (SmallSigns.courses + SmallSigns.surveys)[number]
    let data = try SmallSigns.data()
    let tasks = SmallSigns.tasks.withAllOutputs(true)
    guard !Self.refusing.contains(course.strategy) else {
      #expect(throws: StrategyObjection.growsItsHead) { try course.run(on: data, tasks: tasks) }
      return
    }
    var whole = try course.run(on: data, tasks: tasks)
    var stopped = whole
    let device = Device(threads: 1)
    let images = data.batch(0..<4, of: .test, random: RandomStream(seed: 0)).images
    whole.advance(data, on: device) { event, run in
      if case .taskEvaluated(let task, _) = event {
        let outputs = run.tasks.outputs(through: task)
        let shapes = run.scores(images, data, on: device).map(\.shape)
        #expect(shapes.allSatisfy { $0 == [4, outputs] }, "\(course)")
      }
      return true
    }
    // Between tasks, too: those of the task that comes next are no classes so far.
    var begun = try course.run(on: data, tasks: tasks)
    begun.advance(data, on: device, to: .task(0))
    #expect(
      begun.scores(images, data, on: device).allSatisfy {
        $0.shape == [4, begun.tasks.outputs(through: 0)]
      }, "\(course)")
    #expect(whole.isFinished && whole.history.evaluations.count == whole.tasks.count)
    for _ in 0..<9 { _ = stopped.step(data, on: device) }
    stopped = try JSONDecoder().decode(Run.self, from: JSONEncoder().encode(stopped))
    #expect(stopped.tasks.hasAllOutputs)
    stopped.advance(data, on: device)
    #expect(stopped == whole, "\(course)")
  }

  /// Files of before do not say it.
  @Test func isWrittenDownOnlyWhereItIsSo() throws {
    let tasks = SmallSigns.tasks
    #expect(try !String(decoding: JSONEncoder().encode(tasks), as: UTF8.self).contains("Outputs"))
    let read = try JSONDecoder().decode(
      TaskSequence.self, from: JSONEncoder().encode(tasks.withAllOutputs(true)))
    #expect(read.hasAllOutputs && read.shuffled(seed: 1).hasAllOutputs && !tasks.hasAllOutputs)
  }
}
