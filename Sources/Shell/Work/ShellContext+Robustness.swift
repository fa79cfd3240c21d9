import CommandLanguage
import Datasets
import Inspection
import Metrics
import Networks
import Sessions

/// A model, or runs of several seeds, whose robustness is measured.
struct SpoiledModel {
  var name: String
  /// One for each seed.
  var members: [ModelImages.Asked]
}

extension ShellContext {
  /// The models that are named, and the images that each is asked about.
  func spoiledModels(
    _ references: [ObjectReference], _ arguments: Arguments
  ) throws -> [SpoiledModel] {
    try references.map { reference in
      let members =
        reference.kind == .runs
        ? session.runs(of: reference.name).map {
          ObjectReference(name: $0, kind: .run, span: reference.span)
        } : [reference]
      return SpoiledModel(
        name: reference.name, members: try members.map { try askedImages(of: $0, arguments) })
    }
  }

  /// Accuracies in percent on images that are spoiled, [model][ladder][step][member], with a progress
  /// bar; Ctrl-C ends it.
  mutating func accuracies(
    of models: [SpoiledModel], under ladders: [SpoilLadder]
  ) throws -> [[[[Double]]]] {
    for asked in models.flatMap(\.members) {
      try checkFits(asked.model.network, asked.model.prepared(asked.data), batch: nil)
      if ladders[0].isAttack, let obstacle = asked.model.gradientObstacle {
        let name = models.first { $0.members.contains { $0.model.gradientObstacle != nil } }?.name
        throw ModelProblem.noGradient(obstacle, name: name ?? "", parameter: "models")
      }
    }
    let images = models.flatMap(\.members).reduce(0) { $0 + $1.images.count }
    var work = SpoiledWork(total: images * ladders.reduce(0) { $0 + $1.strengths.count })
    var results = models.map { model in
      ladders.map { $0.strengths.map { _ in model.members.map { _ in 0.0 } } }
    }
    defer { console.progress.finish() }
    for (place, ladder) in ladders.enumerated() {
      switch ladder.way {
      case .corruptions(let steps):
        for (step, corruption) in steps.enumerated() {
          work.spoiled = nil
          for (model, members) in models.enumerated().map({ ($0, $1.members) }) {
            for (member, asked) in members.enumerated() {
              results[model][place][step][member] = try accuracy(
                of: asked, under: corruption, at: [model, member], &work)
            }
          }
        }
      case .attack:
        for (model, members) in models.enumerated().map({ ($0, $1.members) }) {
          for (member, asked) in members.enumerated() {
            let signs = try signs(
              of: asked.model, asked.data, split: asked.split, images: asked.images)
            for (step, strength) in ladder.strengths.enumerated() {
              results[model][place][step][member] = try accuracy(
                of: asked.model, signs.attacked(by: strength), &work)
            }
          }
        }
      }
    }
    return results
  }

  /// The signs of a model's gradient at all images, with a progress bar; Ctrl-C ends it.
  mutating func signs(
    of model: Model, _ data: DataSet, split: DataSet.Split, images: [Int], isLabelled: Bool = true
  ) throws -> GradientSign {
    try checkFits(model.network, model.prepared(data), batch: nil)
    var signs = GradientSign(model, data, split: split, images: images, isLabelled: isLabelled)
    try carryOut(&signs, "gradient")
    return signs
  }

  /// Images as they are need one test, however many ladders begin with them, and models that are asked
  /// about the same images share what is made of them.
  private mutating func accuracy(
    of asked: ModelImages.Asked, under corruption: Corruption?, at place: [Int],
    _ work: inout SpoiledWork
  ) throws -> Double {
    if corruption == nil, let known = work.clean[place] {
      work.done += asked.images.count
      return known
    }
    let shared = work.spoiled.flatMap { $0.asked.isOfSameImages(as: asked) ? $0.data : nil }
    let data =
      shared
      ?? asked.data.spoiled(
        asked.images, of: asked.split, by: corruption, on: training.device.pool)
    work.spoiled = (asked, data)
    let accuracy = try accuracy(of: asked.model, data, &work)
    if corruption == nil { work.clean[place] = accuracy }
    return accuracy
  }

  /// In percent of all test images.
  private mutating func accuracy(
    of model: Model, _ data: DataSet, _ work: inout SpoiledWork
  ) throws -> Double {
    var predictor = Predictor(
      model, data, split: .test, images: data.test.labels.indices.map(\.self))
    try carryOut(&predictor, "answering", within: (work.done, work.total))
    work.done += predictor.total
    let answers = predictor.result
    let right = (0..<answers.count).count { answers[$0].isRight }
    return 100 * Double(right) / Double(answers.count)
  }
}

/// How far a measurement has come, and what it has at hand.
private struct SpoiledWork {
  /// In answers.
  var done = 0
  var total: Int
  /// The accuracies on images as they are, by [model, member].
  var clean: [[Int]: Double] = [:]
  var spoiled: (asked: ModelImages.Asked, data: DataSet)?

  init(total: Int) { self.total = total }
}

extension ModelImages.Asked {
  fileprivate func isOfSameImages(as other: Self) -> Bool {
    data.digest == other.data.digest && data.transform == other.data.transform
      && split == other.split && images == other.images
  }
}
