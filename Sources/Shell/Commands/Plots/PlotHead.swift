import CommandLanguage
import Datasets
import Inspection
import Learning
import PlainText
import Plotting
import Sessions

extension Command<ShellContext> {
  static var plotHead: ShellCommand {
    let model = Parameter.positional(
      "model", .object(.run, .checkpoint, .network), "A run, a checkpoint or a network.")
    let tasks = Parameter.optional(
      "on", .object(.task, .tasks), "Which classes a network's outputs stand for: T.1 or T.")
    return ShellCommand(
      "plot head",
      "Draws the length of each class's row of weights in the output layer, and its bias.",
      category: .plots, effect: .looks, searchWords: ["weight_norm", "classifier_bias", "fc"],
      parameters: [model, tasks] + PlotAppearance.options(of: .panels),
      formats: .tableAndPicture,
      examples: [
        Example(
          "plot head kd > head.png", "Whether new classes have longer rows than old ones."),
        Example("plot head kd@1 > head.csv", "As it was after task 1, for other programs."),
      ],
      seeAlso: ["plot features", "explain", "confusion", "compare"],
      discussion: """
        A class's score is w·f + b. Where w is longer or b larger, the score is larger whatever the \
        image shows: rows of new classes grow while they are learned, and old classes lose against \
        them. 'bic' and 'wa' correct just that. Classes stand in the order of the tasks.
        """
    ) { context, arguments in
      let sheet = try context.headSheet(
        of: arguments[model], on: try arguments[tasks].map { try context.tasks($0.name) })
      var output = CommandOutput(
        table: sheet.table, warnings: sheet.notes,
        figure: .panels(sheet.panels(arguments[PlotAppearance.title])),
        record: sheet.record)
      output.lines = sheet.lines
      return output
    }
  }
}

extension ShellContext {
  fileprivate func headSheet(of reference: ObjectReference, on tasks: Tasks?) throws -> HeadSheet {
    let name = reference.name
    if case .network(let network)? = session[name] {
      if let tasks { try checkOutputs(of: network, for: tasks) }
      guard let layer = OutputLayer(network) else { throw ModelProblem.noOutputs(name: name) }
      return HeadSheet(
        name: name, layer, tasks: tasks?.sequence, data: try tasks.map { try data($0.data) },
        notes: [])
    }
    let source = try featureSource(reference)
    guard let run = source.run, let learned = source.learned else {
      throw ModelProblem.nothingLearned(name: name, run: reference.base)
    }
    guard let layer = run.outputLayer else {
      throw ModelProblem.noOutputLayer(name: name, classifiers: run.classifiers)
    }
    return HeadSheet(
      name: name, layer, tasks: learned, data: try? data(source.data ?? ""),
      notes: run.notesOnOutputLayer(name) + staleNotes([source.base]))
  }
}

extension Run {
  /// What happens to scores besides the output layer.
  fileprivate func notesOnOutputLayer(_ name: String) -> [String] {
    var notes: [String] = []
    if let first = classifiers.first, first != .linear {
      notes.append(
        "'\(name)' classifies by its \(first.rawValue) head; this layer is what head=linear shows")
    }
    if let last = corrections.indices.last, last > 0 {
      let correction = corrections[last]
      notes.append(
        "'\(name)' corrects the scores z of task \(last + 1)'s classes behind this layer: "
          + "\(fixed(Double(correction.factor), 2))·z \(correction.offset < 0 ? "−" : "+") "
          + fixed(Double(abs(correction.offset)), 2))
    }
    return notes
  }
}
