import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import TestSupport
import Testing

struct StrategyTests {
  static let device = Device(threads: 1)

  @Test(arguments: SmallSigns.courses)
  func memoryIsBalancedAndWithinItsCapacityAfterEveryTask(course: SmallSigns.Course) throws {
    let data = try SmallSigns.data()
    var run = try course.run(on: data)
    var tasks = 0
    while !run.isFinished {
      guard case .taskEnded(let task) = run.step(data, on: Self.device) else { continue }
      tasks += 1
      check(run.learner.memory, course, data, classes: run.tasks.classes(through: task))
    }
    #expect(tasks == run.tasks.count)
  }

  private func check(
    _ memory: Memory, _ course: SmallSigns.Course, _ data: DataSet, classes: [Int]
  ) {
    if SmallSigns.isStreamed(course) || course.strategy == "gdumb" { return }
    let share: Int
    switch (course.given["memory"], course.given["per-class"]) {
    case (.integer(let capacity)?, _):
      share = capacity / classes.count
      #expect(memory.count <= capacity)
    case (_, .integer(let perClass)?): share = perClass
    default:
      #expect(memory.isEmpty && memory.count == 0)
      return
    }
    #expect(memory.classes.map(\.label) == classes)
    for exemplars in memory.classes {
      let all = data.train.indices(of: [exemplars.label])
      #expect(exemplars.images.count == min(share, all.count))
      #expect(Set(exemplars.images).count == exemplars.images.count)
      #expect(Set(exemplars.images).isSubset(of: all))
    }
  }

  /// Whatever a run has just done: never more exemplars than the capacity, none twice, each with its
  /// own class; no class with more than another, unless the memory follows the stream.
  @Test(arguments: SmallSigns.courses)
  func memoryIsBalancedAndWithinItsCapacityAtEveryStep(course: SmallSigns.Course) throws {
    let data = try SmallSigns.data()
    var run = try course.run(on: data)
    var most = 0
    while !run.isFinished {
      let before = run.learner.memory.count
      let event = run.step(data, on: Self.device)
      let memory = run.learner.memory
      most = max(most, memory.count)
      #expect(Set(memory.images).count == memory.count)
      for exemplars in memory.classes {
        #expect(exemplars.images.allSatisfy { data.train.labels[$0] == exemplars.label })
      }
      let counts = memory.classes.map(\.images.count).filter { $0 > 0 }
      let apart = (counts.max() ?? 0) - (counts.min() ?? 0)
      switch (course.given["memory"], course.given["per-class"]) {
      case (.integer(let capacity)?, _):
        #expect(memory.count <= capacity)
        if SmallSigns.isStreamed(course) {
          #expect(memory.count >= before, "a stream's memory lets go of one only for another")
        } else if course.strategy != "gdumb" {
          #expect(apart == 0, "\(counts) at \(run.position)")
        } else if case .batchTrained = event {
          // What is left over when the capacity is shared out, and the image that came last.
          #expect(apart <= 2, "\(counts) at \(run.position)")
        }
      case (_, .integer(let perClass)?):
        #expect(counts.allSatisfy { $0 == perClass })
      default: #expect(memory.isEmpty)
      }
    }
    let hasMemory = course.given["memory"] != nil || course.given["per-class"] != nil
    #expect((most > 0) == hasMemory)
  }

  @Test(arguments: SmallSigns.courses)
  func historyHasEveryEpochAndEveryTask(course: SmallSigns.Course) throws {
    let data = try SmallSigns.data()
    var run = try course.run(on: data)
    var trained = 0
    var evaluated: [Int] = []
    while !run.isFinished {
      switch run.step(data, on: Self.device) {
      case .batchTrained(let report):
        #expect(report.position.batch < report.batches && report.position.epoch < report.epochs)
        #expect(report.loss.isFinite && (0...100).contains(report.accuracy))
        trained += 1
      case .taskEvaluated(let task, let evaluation):
        evaluated.append(task)
        #expect(evaluation.classes == run.tasks.classes(through: task))
        let images = data.test.indices(of: evaluation.classes)
        #expect(evaluation.total == images.count)
      default: break
      }
    }
    let history = run.history
    #expect(history.steps == trained)
    #expect(evaluated == Array(0..<run.tasks.count))
    #expect(history.evaluations.count == run.tasks.count)
    #expect(run.tasksDone == run.tasks.count && run.isFinished)
    #expect(run.network.architecture.outputs == 6)
    for task in 0..<run.tasks.count {
      let epochs = history.epochs.filter { $0.task == task && $0.purpose == .learn }
      let learnsNow = task == 0 || course.strategy != "slda"
      if case .integer(let steps)? = course.given["steps"] {
        #expect(epochs.reduce(0) { $0 + $1.batches } == steps)
      } else {
        #expect(epochs.map(\.epoch) == (learnsNow ? [0, 1] : []))
      }
      let balance = history.epochs.filter { $0.task == task && $0.purpose == .balance }
      let passes = ["der-cnn": 1, "der": 2][course.strategy] ?? 0
      #expect(balance.count == (task > 0 ? passes : 0))
    }
    for record in history.epochs {
      #expect(record.loss.isFinite && (0...100).contains(record.accuracy))
    }
    // What a finished run does next is nothing.
    let before = run
    guard case .finished = run.step(data, on: Self.device) else {
      Issue.record("a finished run went on")
      return
    }
    #expect(difference(run, before) == nil)
  }

  @Test(arguments: [
    ("der-cnn", 1, StrategyObjection.needsHeads(2, found: 1)),
    ("finetune", 2, .needsHeads(1, found: 2)), ("joint", 2, .needsHeads(1, found: 2)),
    ("rehearsal-kd", 2, .needsHeads(1, found: 2)),
  ])
  func strategyRefusesANetworkOfOtherHeads(
    strategy: String, heads: Int, objection: StrategyObjection
  ) throws {
    let data = try SmallSigns.data()
    #expect(throws: objection) {
      try SmallSigns.Course(strategy: strategy, heads: heads).run(on: data)
    }
  }

  @Test func expandableRepresentationRefusesACosineHead() throws {
    let data = try SmallSigns.data()
    var architecture = try SmallSigns.network().architecture
    architecture.setHeads(.cosine)
    let network = Network(architecture, initialization: .xavier, random: RandomStream(seed: 1))
    let type = try #require(Strategies.named("der"))
    #expect(throws: StrategyObjection.needsLinearHead) {
      try Run(
        type, options: OptionValues(type.options), network: network, data: data,
        tasks: SmallSigns.tasks, seed: 3)
    }
  }

  @Test(arguments: Strategies.all.map { $0.description.name })
  func declarationIsComplete(name: String) throws {
    let strategy = try #require(Strategies.named(name))
    let description = strategy.description
    #expect(description.name == name)
    for text in [description.idea, description.keeps, description.source, description.formula] {
      #expect(!text.isEmpty)
    }
    let options = strategy.options
    #expect(Set(options.map(\.name)).count == options.count)
    for option in options {
      #expect(!option.summary.isEmpty)
      switch option.kind {
      case .integer(let standard, let range): #expect(range.contains(standard))
      case .real(let standard, let range): #expect(range.contains(standard))
      case .flag: break
      case .choice(let standard, let choices): #expect(choices.contains(standard))
      }
    }
    let values = OptionValues(options)
    for option in options { #expect(values.values[option.name] == option.standard) }
    let hasMemory = options.contains { ["memory", "per-class"].contains($0.name) }
    #expect(strategy.init(values).keepsExemplars == hasMemory)
  }

  @Test func namesOfStrategiesAreDifferentAndFound() {
    let names = Strategies.all.map { $0.description.name }
    #expect(names.prefix(4) == ["finetune", "joint", "rehearsal-kd", "der-cnn"])
    #expect(Set(names).count == names.count)
    #expect(Strategies.named("nothing") == nil)
  }

  /// λ = old/(old+new) weighs nothing while there is no old network.
  @Test func weightedFormIsTheSameOnTheFirstTask() throws {
    let data = try SmallSigns.data()
    let runs = try [false, true].map { weighted -> Run in
      let course = SmallSigns.Course(
        strategy: "rehearsal-kd", given: ["weighted": .flag(weighted)])
      var run = try course.run(on: data)
      run.advance(data, on: Self.device, to: .more(1, .task))
      return run
    }
    #expect(difference(runs[0].network, runs[1].network) == nil)
    let last = runs.map { run in
      var run = run
      run.advance(data, on: Self.device)
      return run.network
    }
    #expect(difference(last[0], last[1]) != nil)
  }
}

struct ScheduleTests {
  @Test(
    arguments: [
      (0, 8), (1, 8), (2, 4), (3, 4), (4, 2), (6, 1), (7, 1), (8, 0.5),
    ] as [(Int, Float)])
  func rateHalvesEveryTwoEpochs(epoch: Int, rate: Float) {
    #expect(StepSchedule(initial: 8, every: 2, factor: 0.5).rate(epoch: epoch) == rate)
  }

  @Test func rateNeverRises() {
    let schedule = StepSchedule(initial: 0.001, every: 3, factor: 0.3)
    let rates = (0..<50).map { schedule.rate(epoch: $0) }
    #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 >= $1 && $1 > 0 })
  }
}

struct PredictionTests {
  @Test(arguments: [([0, 2, 2], 1), ([-1, -1, -1], 0), ([5, 4, 6], 2)] as [([Float], Int)])
  func firstOfEqualScoresWins(scores: [Float], position: Int) {
    let order = OutputOrder(TaskSequence(tasks: [[7, 3, 5]]))
    #expect(order.prediction(scores[...], for: 3) == position)
  }
}
