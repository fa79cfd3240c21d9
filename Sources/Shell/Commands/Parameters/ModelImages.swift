import CommandLanguage
import Datasets
import Inspection
import Sessions

/// Which images a model is asked about: all of some classes by `on=` and `split=`, or single ones.
enum ModelImages {
  static let tasks = Parameter.optional(
    "on", .object(.task, .tasks, .data),
    "Whose images: T.2 or T; of a data set those of all classes learned (default: of the data set "
      + "that was learned; a network needs tasks).")
  static let split = Parameter.option(
    "split", .choice(of: DataSet.Split.self), default: .test, "The split to take images from.")

  /// Single images, with the split that their numbers count in.
  static let single = Parameter.words(
    "images",
    "A data set and numbers of images in a split of it: signs 17, signs 17..20, signs [3, 17]; "
      + "numbers alone, of the data set that was learned; or image files: photo.jpg more.png.",
    shape: .path)
  static let numberedSplit = Parameter.option(
    "split", .choice(of: DataSet.Split.self), default: .test,
    "The split that the numbers count in.")
  /// What single images cannot tell of a network.
  static let outputs = Parameter.optional(
    "on", .object(.task, .tasks), "Which classes a network's outputs stand for: T.1 or T.")

  /// What a model is asked about.
  struct Asked {
    var model: Model
    var data: DataSet
    /// What the data set is called.
    var dataName: String
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
      reference, on: arguments[ModelImages.tasks], head: arguments.head)
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
      model: model, data: data, dataName: tasks.data, split: split, images: images, notes: notes)
  }

  /// Has the model answer what it is asked about.
  mutating func predictions(of asked: ModelImages.Asked) throws -> Predictions {
    try predictions(of: asked.model, asked.data, split: asked.split, images: asked.images)
  }
}
