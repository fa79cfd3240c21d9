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
  static var plotFeatures: ShellCommand {
    let models = Parameter.positional(
      "models", .list(of: .object(.run, .checkpoint, .network), count: 1...12),
      "Runs, checkpoints or networks: kd or [kd@1, kd@2, kd].")
    let method = Parameter.option(
      "method", .choice(of: ProjectionMethod.self) { $0.summary }, default: .pca,
      "How features come into the plane.")
    let colour = Parameter.optional(
      "color", .choice(of: FeatureColour.self),
      "What points are colored by (default: the class, of more than "
        + "\(FeatureColour.classLimit) classes the task).", searchWords: ["colour"])
    let count = Parameter.option(
      "n", .integer(2...5000), default: 2000,
      "At most so many points in all; the images are drawn in proportion to the classes.")
    let perplexity = Parameter.optional(
      "perplexity", .real(1...1000),
      "About how many neighbours t-SNE looks at (default: 30, or less for few images).")
    let seed = Parameter.optional(
      "seed", .seed, "Draws t-SNE's places at the start (default: PCA's, nothing is random).")
    return ShellCommand(
      "plot features", "Draws a network's features of images as points in the plane.",
      category: .plots, effect: .looks, searchWords: ["embedding", "tsne", "pca", "projection"],
      parameters: [
        models, ModelImages.tasks, ModelImages.split, count, method, colour, perplexity, seed,
      ] + PlotAppearance.options(of: .points),
      formats: .tableAndPicture,
      examples: [
        Example("plot features kd > features.png", "A point for each test image, by class."),
        Example(
          "plot features [kd@1, kd] on=T.1 > drift.png",
          "The same images before and after other tasks, in one projection."),
        Example(
          "plot features kd color=correct method=tsne > points.csv",
          "What is right and wrong, image by image, for other programs."),
      ],
      seeAlso: ["show neighbours", "plot drift", "export features", "show mistakes"],
      discussion: """
        Features are what the network hands to its head. Several models are laid out together: their \
        points lie in the same axes, so that what moved can be seen. At each class's mean stands its \
        number; classes that a checkpoint has not learned yet are pale. Of a run that reads several \
        networks together, features are those of all, side by side.

        Trustworthiness says how far neighbours in the picture are neighbours among the features: 1 is \
        all of them. The table has the mean of each class, its spread there, and how many of each image's \
        \(FeatureSheet.neighbours) nearest images, by all features, are of its class. '> FILE.csv' has \
        a row for each point.
        """
    ) { context, arguments in
      let sources = try arguments[models].map { try context.featureSource($0) }
      let tasks = try context.tasks(of: sources, arguments[ModelImages.tasks])
      let images = try context.featureImages(
        of: tasks, arguments[ModelImages.split], atMost: max(1, arguments[count] / sources.count))
      let colour = arguments[colour] ?? images.standardColour
      var answers: [Predictions?] = sources.map { _ in nil }
      if colour == .correct {
        for (index, reference) in arguments[models].enumerated() {
          let model = try context.model(reference, on: tasks, head: arguments.head).model
          answers[index] = try context.predictions(
            of: model, images.data, split: images.split, images: images.images)
        }
      }
      var features: [Tensor] = []
      for source in sources { features.append(try context.features(of: images, by: source)) }
      let widths = features.map { $0.shape[1] }
      if let other = widths.firstIndex(where: { $0 != widths[0] }) {
        throw ModelProblem.featuresDiffer(
          sources[0].name, widths[0], sources[other].name, widths[other])
      }
      let map = try context.map(
        Tensor([features.count * images.images.count, widths[0]], features.flatMap(\.elements)),
        by: arguments[method], perplexity: arguments[perplexity], seed: arguments[seed])
      let parts = try zip(sources.indices, features).map { index, features in
        let start = index * images.images.count
        let points = map.points.rows(start..<start + images.images.count)
        return FeatureSheet.Part(
          source: sources[index], points: points,
          classes: try ClassPlace.places(
            on: points, of: features, labels: images.labels, tracks: images.tracks,
            neighbours: FeatureSheet.neighbours, on: context.training.device.pool),
          answers: answers[index])
      }
      let sheet = FeatureSheet(map: map, parts: parts, images: images, colour: colour)
      var output = CommandOutput(
        table: sheet.classTable,
        warnings: [map.account, images.note].compactMap(\.self) + context.notes(on: sources),
        figure: sheet.figure(title: arguments[PlotAppearance.title]), record: sheet.record)
      output.lines = sheet.sentences
      output.tablesOfForms["csv"] = sheet.pointTable
      return output
    }
  }
}

extension FeatureImages {
  fileprivate var standardColour: FeatureColour {
    let tasks = tasks.sequence.tasks
    return tasks.count > 1 && tasks.joined().count > FeatureColour.classLimit ? .task : .label
  }
}

extension ShellContext {
  /// The tasks that are named, else those that the source which knows most of them has learned.
  fileprivate func tasks(of sources: [FeatureSource], _ given: ObjectReference?) throws -> Tasks {
    if let given { return try tasks(given.name) }
    let known = sources.compactMap { source in
      source.learned.flatMap { learned in source.data.map { Tasks(learned, of: $0) } }
    }
    if let most = known.max(by: { $0.sequence.count < $1.sequence.count }) { return most }
    let first = sources[0]
    throw first.run == nil
      ? ModelProblem.classesUnknown(network: first.name)
      : .nothingLearned(name: first.name, run: first.base)
  }

  /// That networks which learned apart have no axes in common, and what is stale.
  func notes(on sources: [FeatureSource]) -> [String] {
    let bases = Set(sources.map(\.base)).sorted()
    let apart =
      bases.count > 1
      ? [
        "\(bases.map { "'\($0)'" }.joined(with: "and")) learned apart: their features are other "
          + "quantities, so compare how classes lie, not where"
      ] : []
    return apart + staleNotes(bases)
  }
}
