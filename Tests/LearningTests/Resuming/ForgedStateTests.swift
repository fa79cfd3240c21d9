import Datasets
import Learning
import Networks
import Tensors
import Testing

/// What a file says of a run's networks and of its strategy's state is held against each other before
/// any step of it.
struct ForgedStateTests {
  /// The run in its second task.
  private func begun(
    _ strategy: String, _ given: [String: OptionValue] = [:], layers: [Layer] = [.flatten]
  ) throws -> Run {
    var course = try FollowedRun(strategy, given, layers: layers)
    try course.endTask()
    try course.beginTask()
    #expect(course.run.hasPlausibleStrategy && course.run.hasPlausibleTeacher)
    return course.run
  }

  @Test(arguments: [
    ("slda", "statistics.means"), ("icarl", "rehearsal.means.means"),
    ("der", "oldHead.weights.first"), ("der", "oldHead.bias.first"), ("der", "oldHead.map.bias"),
    ("ewc", "consolidation.penalty.anchor"), ("ewc", "consolidation.penalty.importance"),
    ("si", "path"), ("si", "start"), ("mas", "sensitivity.sum"), ("analytic", "classifier.bias"),
  ]) func numbersOfAStateHaveToFit(strategy: String, path: String) throws {
    let run = try begun(
      strategy, strategy == "der" ? ["memory": .integer(9)] : [:],
      layers: [.flatten, .dense(name: "fc1", outputs: 3)])
    let forged = try run.forged("strategy.state.\(path)", shortened)
    #expect(!forged.hasPlausibleStrategy)
  }

  /// The network has no outputs yet for a third task, and the teacher none for the second.
  @Test func onlyOutputsThatAreThereAreCorrected() throws {
    let run = try begun("bic")
    let forged = try run.forged("strategy.state") { state in
      var state = try #require(state as? [String: Any])
      for name in ["corrections", "oldCorrections"] {
        let corrections = try #require(state[name] as? [Any])
        state[name] = corrections + [try #require(corrections.last)]
      }
      return state
    }
    #expect(!forged.hasPlausibleStrategy)
    let early = try run.forged("strategy.state") { state in
      var state = try #require(state as? [String: Any])
      state["oldCorrections"] = state["corrections"]
      return state
    }
    #expect(!early.hasPlausibleStrategy)
  }

  @Test(arguments: ["weights", "statistics"])
  func teacherHasAllOfItsNumbers(block: String) throws {
    let run = try begun(
      "lwf", layers: [.flatten, .dense(name: "fc1", outputs: 3), .batchNormalization(name: "bn1")])
    let forged = try run.forged("learner.teacher.\(block)", shortened)
    #expect(!forged.hasPlausibleTeacher)
  }

  /// A teacher without the last activation has as many weights.
  @Test func teacherHasTheLayersOfTheNetwork() throws {
    let run = try begun("lwf", layers: [.flatten, .activation(.relu)])
    let forged = try run.forged("learner.teacher.architecture.layers") { layers in
      Array(try #require(layers as? [Any]).dropLast())
    }
    #expect(!forged.hasPlausibleTeacher)
  }

  /// A cosine head has one number in the place of the biases.
  @Test func teacherHasHeadsOfTheSameKind() throws {
    let forged = try begun("lwf")
      .forged("learner.teacher.architecture.heads.0.kind") { _ in "cosine" }
      .forged("learner.teacher.weights", shortened)
    let teacher = try #require(forged.learner.teacher)
    #expect(teacher.weights.count == teacher.architecture.parameterCount)
    #expect(!forged.hasPlausibleTeacher)
  }
}
