import Datasets
import Networks

/// Training on everything: what the others are measured against (the notebook's § 8).
struct Joint: LossStrategy {
  static let description = StrategyDescription(
    name: "joint", idea: "train on all classes so far: the upper bound", keeps: "all images",
    source: "the notebook, § 8", formula: "CE(z, y) over all outputs, all images",
    explanation: """
      For each task a new network is trained on all images of all classes so far, as if nothing had \
      to be forgotten and nothing had to be saved. It keeps every image and does the work of all \
      earlier tasks again, which is what class-incremental learning wants to avoid.

      It is the upper bound for this network and these epochs: the distance from fine tuning to it \
      is what a strategy can win.
      """)

  let common: CommonOptions
  private let startsAnew: Bool

  init(_ options: inout OptionReader) {
    common = CommonOptions(&options)
    startsAnew = !options.flag(
      "once", false,
      "one task of all classes, from the given weights, instead of from new weights per task")
  }

  func tasks(_ tasks: [[Int]]) -> [[Int]] {
    startsAnew ? tasks : [tasks.flatMap(\.self)]
  }

  func objection(to architecture: Architecture, _ tasks: TaskSequence) -> StrategyObjection? {
    if let objection = architecture.objection(heads: 1) { return objection }
    return startsAnew || tasks.scenario == .classIncremental ? nil : .needsClassScenario
  }

  mutating func begin(_ experience: Experience, _ learner: inout Learner) -> [Stage] {
    if startsAnew {
      learner.network.initialize(.xavier, random: experience.stream("weights"))
    }
    learner.network.replaceHeads(
      outputs: experience.headOutputs, random: experience.stream("heads"))
    learner.prepare(common.method, common.schedule)
    return [common.learning]
  }

  func images(for stage: Stage, _ experience: Experience, _ learner: Learner) -> [Int] {
    experience.allImages
  }

  func keptBytes(_ learner: Learner) -> Int? { nil }
}
