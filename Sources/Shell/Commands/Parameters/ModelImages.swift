import CommandLanguage
import Datasets
import Inspection
import Sessions

/// Which images a model is asked about: `on=` and `split=`.
enum ModelImages {
  static let tasks = Parameter.optional(
    "on", .object(.task, .tasks, .data),
    "Whose images: T.2 or T; of a data set those of all classes learned (default: of the data set "
      + "that was learned; a network needs tasks).")
  static let split = Parameter.option(
    "split", .choice(of: DataSet.Split.self), default: .test, "The split to take images from.")

  /// What a model is asked about.
  struct Asked {
    var model: Model
    var data: DataSet
    var split: DataSet.Split
    /// Positions in the split.
    var images: [Int]
    /// What is to be said of them.
    var notes: [String]
  }
}

extension ShellContext {
  /// The images that the arguments name: those of some tasks' classes, else of all classes that the
  /// model has learned.
  ///
  /// - Parameter split: Where to take them from; the one that the arguments name, if nil.
  func askedImages(
    of reference: ObjectReference, _ arguments: Arguments, split: DataSet.Split? = nil
  ) throws -> ModelImages.Asked {
    let (model, learnedOn, tasks) = try asked(
      reference, on: arguments[ModelImages.tasks], arguments)
    let data = try data(tasks.data)
    let split = split ?? arguments[ModelImages.split]
    let classes = tasks.sequence.tasks.flatMap(\.self)
    let images = data[split].indices(of: classes)
    guard !images.isEmpty else { throw ModelProblem.noImages(split) }
    var notes = classNamesNote(model, learnedOn: learnedOn, given: data)
    let known = Set(model.tasks.tasks.joined())
    let unknown = classes.filter { !known.contains($0) }
    if !unknown.isEmpty {
      notes.append(
        "'\(reference.name)' has no output for \(unknown.count) of these \(classes.count) classes "
          + "yet: all their images are wrong")
    }
    notes += staleNotes([reference.base])
    return ModelImages.Asked(
      model: model, data: data, split: split, images: images, notes: notes)
  }

  /// Has the model answer what it is asked about.
  mutating func predictions(of asked: ModelImages.Asked) throws -> Predictions {
    try predictions(of: asked.model, asked.data, split: asked.split, images: asked.images)
  }
}
