import CommandLanguage
import Datasets
import Inspection
import Learning
import Networks
import PlainText
import Sessions

extension ShellContext {
  /// The state of a run that a name means: `kd` as it is now, or its checkpoint `kd@2`.
  func state(of reference: ObjectReference) throws -> (run: RunOnData, state: Run) {
    if case .run(let run)? = session[reference.name] { return (run, run.run) }
    return try checkpoint(reference)
  }

  /// The network that a name means: a network's own, or that of a run or checkpoint as it was then.
  func network(of reference: ObjectReference) throws -> Network {
    if case .network(let network)? = session[reference.name] { return network }
    return try state(of: reference).state.network
  }

  /// What classifies under a name, and the data set that it belongs to.
  ///
  /// - Parameters:
  ///   - tasks: Whose classes a network's outputs stand for; a run knows its own.
  ///   - head: By which of a strategy's ways of classifying; the first if nil.
  func model(
    _ reference: ObjectReference, on tasks: Tasks?, head: Classifier? = nil
  ) throws -> (model: Model, data: String) {
    let name = reference.name
    if case .network(let network)? = session[name] {
      guard let tasks else { throw ModelProblem.classesUnknown(network: name) }
      try checkOutputs(of: network, for: tasks)
      return (Model(network, tasks: tasks.sequence), tasks.data)
    }
    let (run, state) = try state(of: reference)
    let head = try HeadChoice.position(of: head, in: state, name)
    guard let model = Model(state, classifier: head) else {
      throw ModelProblem.nothingLearned(name: name, run: reference.base)
    }
    return (model, run.data)
  }

  /// What classifies under a name, the data set that it belongs to, and the tasks that it is asked
  /// about.
  ///
  /// - Parameter named: `T`, `T.1`, or a data set, whose images of all classes that the model has
  ///   learned are meant; the data set that it belongs to if nil.
  func asked(
    _ reference: ObjectReference, on named: ObjectReference?, head: Classifier? = nil
  ) throws -> (model: Model, data: String, tasks: Tasks) {
    let isData = named?.kind == .data
    let tasks = try named.flatMap { isData ? nil : try self.tasks($0.name) }
    let (model, learnedOn) = try model(reference, on: tasks, head: head)
    let other = isData ? named?.name : nil
    return (model, learnedOn, tasks ?? Tasks(model.tasks, of: other ?? learnedOn))
  }

  /// Refuses a network that has fewer outputs than the tasks have classes.
  func checkOutputs(of network: Network, for tasks: Tasks) throws {
    let (outputs, classes) = (network.architecture.outputs, tasks.sequence.tasks.joined().count)
    guard outputs >= classes else {
      throw NetworkProblem.tooFewOutputs(outputs, classes: classes)
    }
  }

  /// Has a model answer images, with a progress bar; Ctrl-C ends it.
  mutating func predictions(
    of model: Model, _ data: DataSet, split: DataSet.Split, images: [Int], isLabelled: Bool = true
  ) throws -> Predictions {
    try checkFits(model.network, model.prepared(data), batch: nil)
    var predictor = Predictor(model, data, split: split, images: images, isLabelled: isLabelled)
    try carryOut(&predictor, "answering")
    return predictor.result
  }

  /// The numbers of classes that were named.
  func classes(
    _ words: [ClassWord], of data: DataSet, at parameter: some AnyParameter
  ) throws -> [Int] {
    try words.map { word in
      switch word {
      case .number(let number):
        guard data.classNames.indices.contains(number) else {
          throw ModelProblem.noClass(
            number, count: data.classNames.count, parameter: parameter.name)
        }
        return number
      case .name(let name):
        guard let label = data.label(named: name) else {
          throw ModelProblem.noClassNamed(
            name, meant: Suggestion.nearest(to: name, among: data.classNames),
            parameter: parameter.name)
        }
        return label
      }
    }
  }

  /// That a data set calls classes otherwise than the one that a run learned; nil if it does not.
  func classNamesNote(_ model: Model, learnedOn name: String, given data: DataSet) -> [String] {
    guard let learned = try? self.data(name) else { return [] }
    let others = model.tasks.tasks.joined().sorted().filter { label in
      learned.className(label) != data.className(label)
    }
    guard let first = others.first else { return [] }
    let more =
      others.count == 1 ? "" : " (and \(counted(others.count - 1, "other class", "other classes")))"
    return [
      "class names differ: class \(first) is '\(learned.className(first))' in '\(name)' and "
        + "'\(data.className(first))' in these images\(more); answers are judged by the number"
    ]
  }
}

extension DataSet {
  /// The class's name, or its number where there is none.
  func className(_ label: Int) -> String {
    classNames.indices.contains(label) ? classNames[label] : "\(label)"
  }

  /// `14 Stop`.
  func numberedName(_ label: Int) -> String {
    classNames.indices.contains(label) ? "\(label) \(classNames[label])" : "\(label)"
  }

  /// The class of this name, whatever the case of its letters; else the only one that begins so.
  func label(named name: String) -> Int? {
    let wanted = name.lowercased()
    let names = classNames.map { $0.lowercased() }
    if let label = names.firstIndex(of: wanted) { return label }
    let begun = names.indices.filter { names[$0].hasPrefix(wanted) }
    return begun.count == 1 ? begun[0] : nil
  }
}
