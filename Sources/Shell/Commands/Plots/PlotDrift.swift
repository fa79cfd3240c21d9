import CommandLanguage
import Datasets
import Inspection
import Learning
import Networks
import PlainText
import Plotting
import Sessions
import Tensors

extension Command<ShellContext> {
  static var plotDrift: ShellCommand {
    let models = Parameter.positional(
      "models", .list(of: .object(.run, .checkpoint, .network), count: 1...12),
      "A run, at the end of each task so far and now; or those to compare: [kd@1, kd@3, kd].")
    let tasks = Parameter.optional(
      "on", .object(.task, .tasks),
      "Whose images: T.2 or T (default: of the run's first task; a network needs it).")
    let count = Parameter.option(
      "n", .integer(2...5000), default: 1000,
      "At most so many images, drawn in proportion to the classes.")
    return ShellCommand(
      "plot drift", "Draws how far features and weights moved from task to task.",
      category: .plots, effect: .looks, searchWords: ["cka", "similarity", "weight_distance"],
      parameters: [models, tasks, ModelImages.split, count] + PlotAppearance.options(of: .panels),
      formats: .tableAndPicture,
      examples: [
        Example("plot drift kd > drift.png", "What became of the first task's features."),
        Example("plot drift [kd@1, kd] on=T.2 > drift.csv", "Two checkpoints, for other programs."),
      ],
      seeAlso: ["plot features", "checkpoints", "matrix", "explain"],
      discussion: """
        Features of the same images are compared by linear CKA: 1 where those of one network are a \
        rotation and scaling of the other's, near 0 where they have nothing in common. Weights are \
        compared by their distance as a share of their size before: 0.5 is half as far as they were \
        long. Of the head only the outputs that both have count. Of images inside the network, means of 4 × 4 \
        parts are compared.
        """
    ) { context, arguments in
      let sources = try context.driftSources(arguments[models])
      let images = try context.featureImages(
        of: try context.firstTask(of: sources, arguments[tasks]), arguments[ModelImages.split],
        atMost: arguments[count])
      let drift = try context.drift(of: sources, images)
      let sheet = DriftSheet(drift, sources.map(\.name), images)
      var notes = [images.note].compactMap(\.self) + context.notes(on: sources)
      if drift.layers.allSatisfy(\.distances.isEmpty) {
        notes.append(
          sources.contains { $0.networks.count > 1 }
            ? "weights are not compared: a new network is added for each task, and the old ones stay as "
              + "they are"
            : "weights are not compared: the networks have other layers")
      }
      var output = CommandOutput(
        table: sheet.table(.neighbouring), warnings: notes,
        figure: .panels(sheet.panels(arguments[PlotAppearance.title])), record: sheet.record)
      output.lines = sheet.lines
      output.tablesOfForms["csv"] = sheet.table(.all)
      return output
    }
  }
}

extension ShellContext {
  /// What is compared: of a single run its states at the ends of tasks, and as it is now.
  fileprivate func driftSources(_ references: [ObjectReference]) throws -> [FeatureSource] {
    var sources = try references.map { try featureSource($0) }
    if references.count == 1, case .run(let object)? = session[references[0].name] {
      let name = references[0].name
      var states = object.checkpoints.states.filter { $0.isBetweenTasks && $0.tasksDone > 0 }
      states.removeAll { $0.place >= object.run.place }
      sources =
        states.map { FeatureSource("\(name)\($0.place)", $0, of: name, data: object.data) }
        + sources
    }
    guard sources.count > 1 else { throw ModelProblem.nothingToCompare(name: sources[0].name) }
    return sources
  }

  fileprivate func firstTask(of sources: [FeatureSource], _ given: ObjectReference?) throws -> Tasks
  {
    if let given { return try tasks(given.name) }
    guard let source = sources.first(where: { $0.run != nil }), let run = source.run,
      let data = source.data
    else { throw ModelProblem.classesUnknown(network: sources[0].name) }
    return Tasks(run.tasks.through(0), of: data)
  }

  fileprivate mutating func drift(
    of sources: [FeatureSource], _ images: FeatureImages
  ) throws -> Drift {
    let pool = training.device.pool
    var drift = Drift()
    let single = sources.compactMap { $0.networks.count == 1 ? $0.networks[0] : nil }
    let architecture = single.first?.architecture
    let isComparable =
      single.count == sources.count
      && single.allSatisfy { architecture?.hasBody(of: $0.architecture) ?? false }
    if let architecture, isComparable {
      let layers = architecture.learnedLayers
      let positions = layers.map(\.position)
      let columns = FeatureReader.columns(of: positions, architecture)
      var outputs: [Tensor] = []
      for source in sources {
        outputs.append(try features(of: images, by: source, at: positions))
      }
      for (layer, columns) in zip(layers, columns) {
        drift.add(layer.name, outputs: outputs.map { $0.columns(columns) }, on: pool)
      }
    }
    var features: [Tensor] = []
    for source in sources { features.append(try self.features(of: images, by: source)) }
    for tensor in features { try ProjectionError.check(tensor.elements, rows: tensor.shape[0]) }
    drift.add(DriftSheet.features, outputs: features, on: pool)
    if isComparable { drift.addWeights(of: single) }
    return drift
  }
}
