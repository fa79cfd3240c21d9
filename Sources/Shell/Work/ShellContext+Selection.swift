import CommandLanguage
import Datasets
import Inspection
import Networks
import PlainText
import Sessions
import Tensors

extension ShellContext {
  /// The images of a data set that meet all of some conditions.
  struct Chosen {
    var train: [Int] = []
    var test: [Int] = []
    /// What is to be said of them.
    var notes: [String] = []
  }

  /// - Parameter tasks: Which classes a network's outputs stand for.
  mutating func images(
    meeting conditions: [ImageCondition], of data: DataSet, named name: String, on tasks: Tasks?,
    _ arguments: Arguments
  ) throws -> Chosen {
    var chosen = Chosen()
    var measured: [(name: String, range: ClosedRange<Double>)] = []
    for split in DataSet.Split.allCases {
      let set = data[split]
      var images = Array(set.labels.indices)
      var measures: [Int: ImageMeasures] = [:]
      for condition in conditions.sorted(by: { $0.order < $1.order }) {
        let met: Set<Int>
        switch condition.kind {
        case .plain(let isMet): met = Set(images.filter { isMet($0, split) })
        case .measure(let measure, let range):
          if measures.isEmpty {
            let all = set.measures(of: images, on: training.device.pool)
            measures = Dictionary(uniqueKeysWithValues: zip(images, all))
          }
          let values = try images.map { image in
            guard let value = measures[image].flatMap(measure) else {
              throw SelectionProblem.noSizes(data: name)
            }
            return value
          }
          met = Set(zip(images, values).filter { range.contains($1) }.map(\.0))
          if let least = values.min(), let most = values.max() {
            let known = measured.firstIndex { $0.name == condition.name }
            let old = known.map { measured.remove(at: $0).range } ?? least...most
            measured.append(
              (condition.name, min(least, old.lowerBound)...max(most, old.upperBound)))
          }
        case .answer(let reference, let isRight):
          let answered = try answered(
            reference, images, of: data, split, on: tasks, isRight: isRight, arguments)
          met = answered.images
          chosen.notes += answered.notes.filter { !chosen.notes.contains($0) }
        }
        images.removeAll { met.contains($0) == condition.isNegated }
      }
      if split == .train { chosen.train = images } else { chosen.test = images }
    }
    guard chosen.train.count + chosen.test.count > 0 else {
      throw SelectionProblem.nothingChosen(
        alone: counts(of: conditions, data), measured: measured)
    }
    return chosen
  }

  /// The images that a model classifies right, or wrong; those of classes that it has not learned are
  /// neither.
  private mutating func answered(
    _ reference: ObjectReference, _ images: [Int], of data: DataSet, _ split: DataSet.Split,
    on tasks: Tasks?, isRight: Bool, _ arguments: Arguments
  ) throws -> (images: Set<Int>, notes: [String]) {
    let model: Model
    let learnedOn: String
    do {
      (model, learnedOn) = try self.model(reference, on: tasks, head: arguments.head)
    } catch let problem as ModelProblem {
      var failure = problem.failure
      failure.parameter =
        isRight ? ImageConditions.right.name : ImageConditions.wrong.name
      throw failure
    }
    let known = Set(model.tasks.tasks.joined())
    let labels = data[split].labels
    let asked = images.filter { known.contains(labels[$0]) }
    var notes = classNamesNote(model, learnedOn: learnedOn, given: data)
    let unknown = Set(images.map { labels[$0] }).subtracting(known).sorted()
    if !unknown.isEmpty {
      notes.append(
        "'\(reference.name)' has not learned \(listed(unknown, "class", "classes")): their images "
          + "are neither right nor wrong")
    }
    guard !asked.isEmpty else { return ([], notes) }
    let answers = try predictions(of: model, data, split: split, images: asked)
    let met = asked.indices.filter { answers[$0].isRight == isRight }.map { asked[$0] }
    return (Set(met), notes)
  }

  /// How many images meet each condition that needs no computing, by itself.
  private func counts(
    of conditions: [ImageCondition], _ data: DataSet
  ) -> [(condition: String, count: Int)] {
    conditions.compactMap { condition in
      guard case .plain(let isMet) = condition.kind else { return nil }
      let count = DataSet.Split.allCases.reduce(0) { sum, split in
        sum + data[split].labels.indices.count { isMet($0, split) != condition.isNegated }
      }
      return (condition.text, count)
    }
  }

  /// What the images of a revised data set were chosen from: a live data set's name; nil if none is.
  func nameOfUnrevised(_ data: DataSet) -> String? {
    session.names.first { name in
      if case .data(let other)? = session[name] { other.source == data.unrevised } else { false }
    }
  }
}
