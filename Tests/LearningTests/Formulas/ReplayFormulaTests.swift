import Datasets
import Learning
import Metrics
import Networks
import Randomness
import Tensors
import Testing

/// Experience replay: a batch of new images is joined by exemplars, and all weigh the same (Chaudhry
/// et al. 2019, On tiny episodic memories).
struct ReplayFormulaTests {
  @Test func exemplarsJoinTheBatch() throws {
    var course = try FollowedRun(
      "replay", ["memory": .integer(8), "replay": .integer(100), "epochs": .integer(2)])
    for task in 0..<3 {
      try course.beginTask()
      let exemplars = course.memory
      #expect(exemplars.count == [0, 5, 8][task])
      let images = course.images(ofTask: task) + exemplars
      for _ in 0..<2 {
        try course.expectStep(images) { [course] in course.crossEntropy(images, $0) }
      }
      // Exemplars are chosen when the task is over.
      #expect(course.memory == exemplars)
      try course.endTask()
    }
  }

  /// By tasks: CE(new)/t + (1 − 1/t)·CE(exemplars), however many images of each there are.
  @Test func tasksWeighTheSame() throws {
    var course = try FollowedRun(
      "replay",
      ["memory": .integer(8), "replay": .integer(100), "weigh-by": .choice("tasks")])
    for task in 0..<3 {
      try course.beginTask()
      let (new, exemplars) = (course.images(ofTask: task), course.memory)
      try course.expectStep(new + exemplars) { [course] z in
        let own = course.crossEntropy(new, Array(z[..<new.count]))
        guard task > 0 else { return own }
        let old = course.crossEntropy(exemplars, Array(z[new.count...]))
        let share = 1 / Double(task + 1)
        return PlainLoss(
          value: share * own.value + (1 - share) * old.value,
          slopes: (share * own).slopes + ((1 - share) * old).slopes)
      }
      try course.endTask()
    }
  }

  /// As many as were asked for, no one twice, another draw in every step.
  @Test func exemplarsAreDrawnAnewForEachBatch() throws {
    var course = try FollowedRun(
      "replay", ["memory": .integer(6), "replay": .integer(2), "epochs": .integer(8)])
    try course.beginTask()
    try course.endTask()
    try course.beginTask()
    let new = course.images(ofTask: 1)
    let pairs = course.memory.choices(of: 2)
    var drawn = Set<[Int]>()
    for step in 0..<8 {
      let matches = try course.trained(amongst: pairs.map { new + $0 }) { [course] in
        course.crossEntropy($0, $1)
      }
      #expect(matches.count == 1, "step \(step)")
      drawn.formUnion(matches)
    }
    #expect(drawn.count > 2)
  }

  /// Told the task, exemplars compete within their own tasks.
  @Test func toldTheTaskExemplarsCompeteWithinTheirs() throws {
    var course = try FollowedRun(
      "replay", ["memory": .integer(6), "replay": .integer(100)], scenario: .taskIncremental)
    for task in 0..<3 {
      try course.beginTask()
      let images = course.images(ofTask: task) + course.memory
      try course.expectStep(images) { [course] in
        plainCrossEntropy($0, course.outputs(images)) { [$0 / 2 * 2, $0 / 2 * 2 + 1] }
      }
      try course.endTask()
    }
  }
}
