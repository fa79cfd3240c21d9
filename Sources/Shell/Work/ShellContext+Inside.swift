import CommandLanguage
import Datasets
import Inspection
import Learning
import Networks
import Sessions

/// What the commands that look into a network have in common.
extension ShellContext {
  /// The most images that are looked at side by side.
  private static let imageLimit = 16

  /// The images that a network is shown, with the transform that it reads them through.
  ///
  /// - Parameters:
  ///   - reference: A network, a run or a checkpoint.
  ///   - tasks: Whose data set photographs are resized to for a network; a run knows its own.
  func shown(
    split: DataSet.Split, to reference: ObjectReference, on tasks: Tasks?, _ arguments: Arguments
  ) throws -> Subject {
    let state = try? state(of: reference)
    let given = arguments[ModelImages.single]
    let named = given.first.flatMap { session.kind(of: $0.spelling) == .data ? $0.spelling : nil }
    let any = given.isEmpty ? names(of: .data).first ?? "signs" : nil
    let known = state?.run.data ?? tasks?.data ?? named ?? any
    if known == nil, let word = given.first, isNumber(word) {
      throw ModelProblem.numbersWithoutData(
        statement: "\(arguments.verb) \(reference.name) \(names(of: .data).first ?? "signs") "
          + given.map(\.spelling).joined(separator: " "))
    }
    // Photographs need a data set to be like.
    guard let like = known else {
      throw ModelProblem.sizeUnknown(network: reference.name)
    }
    var subject = try subject(given, split, learnedOn: like, at: ModelImages.single, arguments)
    try checkCount(of: subject)
    if let run = state?.state { subject.data.transform = run.setup.transform }
    try checkFits(try network(of: reference), subject.data, batch: nil)
    return subject
  }

  func checkCount(of subject: Subject) throws {
    let count = subject.images.count
    guard count <= Self.imageLimit else {
      throw ModelProblem.tooManyImages(
        count, limit: Self.imageLimit, parameter: ModelImages.single.name)
    }
  }

  /// That what is seen of a run is one of several networks.
  func severalNetworksNote(_ reference: ObjectReference) -> [String] {
    guard let run = try? state(of: reference).state, run.backbones.count > 1 else { return [] }
    return [
      "'\(reference.name)' reads \(run.backbones.count) networks together; this is the last of them"
    ]
  }

  /// The falls of a model's scores under a grey square, with a progress bar; Ctrl-C ends it.
  mutating func occlusion(_ start: Occlusion) throws -> Occlusion {
    var occlusion = start
    try carryOut(&occlusion, "covering")
    return occlusion
  }
}

extension ShellContext.Subject {
  /// What an image is called: its number, or its file.
  func name(at position: Int) -> String { files.map { $0[position] } ?? "\(images[position])" }

  /// The same as a table has it.
  func cell(at position: Int) -> Table.Cell {
    files.map { .text($0[position]) } ?? .integer(images[position])
  }

  /// Above the cells.
  var imageColumn: Table.Column { files == nil ? .image(of: split) : "image" }

  /// `17: 14 Stop`, without the class of a photograph.
  func title(at position: Int) -> String {
    guard files == nil else { return name(at: position) }
    return "\(name(at: position)): "
      + data.numberedName(data[split].labels[images[position]])
  }
}
