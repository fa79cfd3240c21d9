import CommandLanguage
import Datasets
import Inspection
import Learning
import Networks
import PlainText
import Sessions

extension Command<ShellContext> {
  static var showSuspects: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let kind = Parameter.option(
      "kind", .choice(of: SuspectKind.self, \.summary), default: .labels,
      "What to look for: labels that are probably wrong, near-duplicates, or the darkest, brightest, "
        + "palest, most blurred or smallest images.")
    let model = Parameter.optional(
      "with", .object(.network, .run, .checkpoint),
      "For labels: whose features are read (default: histograms of oriented gradients).")
    let order = Parameter.optional(
      "sort", .choice(of: LabelDoubts.Order.self),
      "For labels: the largest losses first, or the widest margins (default: loss).")
    let folds = Parameter.optional(
      "folds", .integer(2...20), "For labels: into how many parts tracks are dealt (default: 5).")
    let least = Parameter.optional(
      "correlation", .fraction(0.5...1),
      "For duplicates: how much the pixels of a pair correlate at least (default: 0.98).")
    let classes = Parameter.optional(
      "class", .classes, "Only images labelled so: 13, Stop, 0..7 or [13, 14].")
    let once = Parameter.option(
      "once", .flag, default: false, "Show only the first image of each track.")
    let split = Parameter.optional(
      "split", .choice(of: DataSet.Split.self),
      "The split to look at (default: train; for duplicates both).")
    let count = Parameter.option(
      "n", .integer(1...1024), default: 16, "How many images to show, or pairs.")
    return ShellCommand(
      "show suspects",
      "Shows images that should be looked at: wrong labels, duplicates, bad pictures.",
      category: .data, effect: .looks,
      searchWords: [
        "mislabels", "mislabeled", "outliers", "cleanlab", "duplicates", "label-errors",
      ],
      parameters: [data, kind, model, order, folds, least, classes, once, split, count]
        + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("show suspects signs n=4", "Labels that are probably wrong."),
        Example("show suspects signs with=kd", "By the features of a run's network."),
        Example(
          "show suspects signs kind=duplicates n=3", "Pairs that are nearly the same picture."),
        Example(
          "show suspects signs kind=blurred > blurred.png", "The least sharp ones, in a file."),
        Example(
          "show suspects signs kind=dark once=on n=4", "The darkest image of each of four tracks."),
      ],
      seeAlso: ["show image", "show track", "show mistakes", "explain"],
      discussion: """
        Labels: every image is judged by a linear classifier that has not seen its track: tracks are \
        dealt into folds, and ridge regression on the other folds is solved in closed form. Test images \
        are judged by all training images. Shown are images of which another class is confidently \
        likelier (confident learning, Northcutt et al. 2021); the loss is -log of the label's \
        probability. Below each stand its number, its label and what it looks like instead.

        Duplicates: all pairs of images, but for those of one track, whose pixels correlate at least \
        so much, whatever their brightness and contrast. Pairs with different labels come first, then \
        pairs of a training and a test image.

        Dark, bright, pale, blurred and tiny images are sorted by what is measured of their luma: its \
        mean, its standard deviation, the variance of its Laplacian over its own variance (Pech-Pacheco \
        et al. 2000), and the shorter side of the file.

        A suspect is a question and no verdict: look at it with 'show image'.
        """
    ) { context, arguments in
      let name = arguments[data].name
      let set = try context.data(name)
      let chosen = arguments[kind]
      let given: [(name: String, isGiven: Bool, kind: SuspectKind)] = [
        (model.name, arguments[model] != nil, .labels),
        (order.name, arguments[order] != nil, .labels),
        (folds.name, arguments[folds] != nil, .labels),
        (least.name, arguments[least] != nil, .duplicates),
      ]
      for option in given where option.isGiven && option.kind != chosen {
        throw SuspectProblem.foreignOption(option.name, kind: option.kind.rawValue)
      }
      let wanted = try arguments[classes].map { Set(try context.classes($0, of: set, at: classes)) }
      var sheet = SuspectSheet(
        name: name, data: set, split: arguments[split] ?? .train, classes: wanted,
        limit: arguments[count], isOncePerTrack: arguments[once])
      switch chosen {
      case .labels:
        let reader = try arguments[model].map { try context.featureReader($0, set, sheet.split) }
        let doubts = try context.labelDoubts(
          reader?.data ?? set, split: sheet.split,
          features: reader.map { .networks($0.networks) } ?? .gradients,
          folds: arguments[folds] ?? 5)
        guard doubts.count > 0 else { throw SuspectProblem.nothingJudged(data: name) }
        sheet.warnings = reader?.notes ?? []
        return sheet.labels(
          doubts, by: arguments[order] ?? .loss, folds: arguments[folds] ?? 5,
          model: arguments[model]?.name)
      case .duplicates:
        let least = arguments[least] ?? 0.98
        let splits = arguments[split].map { [$0] } ?? DataSet.Split.allCases
        let found = try context.nearDuplicates(set, splits: splits, least: least)
        return sheet.duplicates(found.pairs, isCut: found.isCut, least: least, splits: splits)
      case .dark, .bright, .pale, .blurred, .tiny:
        let images = set[sheet.split].indices(of: wanted ?? Set(set.classNames.indices))
        guard !images.isEmpty else { throw DataProblem.noImages }
        if chosen == .tiny, set[sheet.split].sizes.isEmpty {
          throw SuspectProblem.sizesUnknown(data: name)
        }
        return sheet.measured(images, by: chosen, on: context.training.device.pool)
      }
    }
  }
}

extension ShellContext {
  /// The networks that read features of the data set's images, with the transform that they were
  /// trained with.
  fileprivate func featureReader(
    _ reference: ObjectReference, _ data: DataSet, _ split: DataSet.Split
  ) throws -> (networks: [Network], data: DataSet, notes: [String]) {
    let source = try featureSource(reference)
    let prepared = source.prepared(data)
    var notes = staleNotes([source.base])
    if split == .train, let trained = source.data,
      (try? self.data(trained).digest) == data.digest
    {
      notes.append(
        "'\(source.name)' was trained on these labels: where it learned a wrong one by heart, its "
          + "features hide it")
    }
    for network in source.networks { try checkFits(network, prepared, batch: nil) }
    return (source.networks, prepared, notes)
  }
}
