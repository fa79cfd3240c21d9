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
    }
    let images = models.flatMap(\.members).reduce(0) { $0 + $1.images.count }
    let total = images * ladders.reduce(0) { $0 + $1.steps.count }
    var done = 0
    var results = models.map { model in
      ladders.map { $0.steps.map { _ in model.members.map { _ in 0.0 } } }
    }
    defer { console.progress.finish() }
    // Images as they are need one test, however many ladders begin with them.
    var clean: [[Double?]] = models.map { $0.members.map { _ in nil } }
    for (ladder, steps) in ladders.enumerated().map({ ($0, $1.steps) }) {
      for (step, corruption) in steps.enumerated() {
        var spoiled: (asked: ModelImages.Asked, data: DataSet)?
        for (model, members) in models.enumerated().map({ ($0, $1.members) }) {
          for (member, asked) in members.enumerated() {
            if corruption == nil, let known = clean[model][member] {
              results[model][ladder][step][member] = known
              done += asked.images.count
              continue
            }
            if spoiled.map({ !$0.asked.isOfSameImages(as: asked) }) ?? true {
              spoiled = (
                asked,
                asked.data.spoiled(
                  asked.images, of: asked.split, by: corruption, on: training.device.pool)
              )
            }
            guard let data = spoiled?.data else { continue }
            let accuracy = try accuracy(of: asked.model, data, done: done, of: total)
            done += asked.images.count
            results[model][ladder][step][member] = accuracy
            if corruption == nil { clean[model][member] = accuracy }
          }
        }
      }
    }
    return results
  }

  /// In percent of all test images.
  private mutating func accuracy(
    of model: Model, _ data: DataSet, done: Int, of total: Int
  ) throws -> Double {
    var predictor = Predictor(
      model, data, split: .test, images: data.test.labels.indices.map(\.self))
    while predictor.done < predictor.total {
      predictor.advance(on: training.device)
      console.progress.update(
        Progress("answering", completed: done + predictor.done, total: total, unit: "image"))
      if training.isInterrupted() { throw SessionProblem.stopped }
    }
    let answers = predictor.result
    let right = (0..<answers.count).count { answers[$0].isRight }
    return 100 * Double(right) / Double(answers.count)
  }
}

extension ModelImages.Asked {
  fileprivate func isOfSameImages(as other: Self) -> Bool {
    data.digest == other.data.digest && data.transform == other.data.transform
      && split == other.split && images == other.images
  }
}
