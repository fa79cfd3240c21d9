import CommandLanguage
import Datasets
import Experiments
import Inspection
import Learning
import Networks
import PlainText
import Plotting
import Sessions

extension Command<ShellContext> {
  static var showNeighbours: ShellCommand {
    let model = Parameter.positional(
      "model", .object(.run, .checkpoint, .network), "A run, a checkpoint or a network.")
    let (subject, split) = (ModelImages.single, ModelImages.numberedSplit)
    let among = Parameter.option(
      "among", .choice(of: NeighbourPool.self) { $0.summary }, default: .train,
      "Where the neighbours are looked for.")
    let tasks = Parameter.optional(
      "on", .object(.task, .tasks),
      "Only among images of these classes: T.2 or T (default: all that were learned; of a network "
        + "all there are).")
    let count = Parameter.option("k", .integer(1...64), default: 8, "How many neighbours.")
    let measure = Parameter.option(
      "distance", .choice(of: Neighbour.Measure.self), default: .euclidean,
      "Between features; of cosine their length does not matter.")
    return ShellCommand(
      "show neighbours", "Shows the images that a network finds most like others.",
      category: .strategies, effect: .looks,
      searchWords: ["neighbors", "show neighbors", "neighbor", "knn", "nearest", "retrieval"],
      parameters: [model, subject, among, count, measure, tasks, split]
        + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("show neighbours kd signs 3 > near.png", "A test image beside its nearest."),
        Example(
          "show neighbours kd signs [3, 9] among=memory k=4 > near.csv",
          "The exemplars nearest to two images."),
      ],
      seeAlso: ["plot features", "predict", "show mistakes", "show memory"],
      discussion: """
        Images are near if the network's features of them are. Below each stand its number in its \
        split, its class and the distance; those of another class than the image have a red frame \
        and a ≠. Of an image that is among them itself, neither it nor the other images of its \
        track count. A mistake whose neighbours are all of the wrong class is one of the features; with \
        neighbours of the right class it is one of the head.
        """
    ) { context, arguments in
      let source = try context.featureSource(arguments[model])
      let pool = try context.neighbourPool(
        arguments[among], of: source, arguments[subject], arguments[tasks])
      let chosen = try context.subject(
        arguments[subject], arguments[split], learnedOn: pool.name, at: subject, arguments)
      let found = try context.neighbours(
        of: chosen, by: source, among: pool, count: arguments[count], arguments[measure])
      let sheet = NeighbourSheet(
        chosen, found, pool.data, pool.split, among: arguments[among])
      var output = CommandOutput(
        table: sheet.table,
        warnings: pool.notes(on: chosen) + chosen.photographNotes
          + context.staleNotes([source.base]),
        figure: .panels(sheet.panels))
      output.lines = sheet.lines
      return output
    }
  }
}

extension ShellContext {
  /// Images among which neighbours are looked for.
  fileprivate struct Pool {
    var name: String
    var data: DataSet
    var split: DataSet.Split
    /// Positions in the split.
    var images: [Int]

    /// Classes asked about of which there is no image, so that all neighbours are of others.
    func notes(on subject: Subject) -> [String] {
      guard subject.files == nil else { return [] }
      let known = Set(images.map { data[split].labels[$0] })
      let asked = Set(subject.images.map { subject.data[subject.split].labels[$0] })
      let missing = asked.subtracting(known).sorted()
      return missing.isEmpty
        ? [] : ["there is no image of \(listed(missing, "class", "classes")) among these"]
    }
  }

  fileprivate func neighbourPool(
    _ kind: NeighbourPool, of source: FeatureSource, _ words: [Operand],
    _ given: ObjectReference?
  ) throws -> Pool {
    let tasks = try given.map { try self.tasks($0.name) }
    // A network does not know what it learned from: the images that are asked about do.
    let named = words.first.map(\.spelling).flatMap { session.kind(of: $0) == .data ? $0 : nil }
    guard let name = tasks?.data ?? source.data ?? named else {
      throw ModelProblem.classesUnknown(network: source.name)
    }
    let (data, split) = (try data(name), kind.split)
    let classes = (tasks?.sequence ?? source.learned).map { Set($0.tasks.joined()) }
    var images = Array(data[split].labels.indices)
    if kind == .memory {
      guard let run = source.run else {
        throw ModelProblem.networkKeepsNoImages(network: source.name)
      }
      images = try memory(of: run, source.name, data).images
    }
    if let classes { images.removeAll { !classes.contains(data[split].labels[$0]) } }
    guard !images.isEmpty else { throw ModelProblem.noImages(split) }
    return Pool(name: name, data: data, split: split, images: images)
  }

  /// The nearest to each of some images, whose features are made piece by piece; Ctrl-C ends it.
  fileprivate mutating func neighbours(
    of subject: Subject, by source: FeatureSource, among pool: Pool, count: Int,
    _ measure: Neighbour.Measure
  ) throws -> [[Neighbour]] {
    let queries = try features(of: subject.images, subject.split, subject.data, by: source)
    let isSame =
      subject.files == nil && subject.split == pool.split
      && subject.data.digest == pool.data.digest
    let tracks = pool.data[pool.split].tracks
    /// Whether an image is the one asked about, or another of its track.
    func isOwn(_ image: Int, of query: Int) -> Bool {
      guard isSame else { return false }
      let own = subject.images[query]
      return image == own || !tracks.isEmpty && tracks[image] == tracks[own]
    }
    var found = subject.images.map { _ in [Neighbour]() }
    let piece = 4096
    for start in stride(from: 0, to: pool.images.count, by: piece) {
      let images = Array(pool.images[start..<min(start + piece, pool.images.count)])
      let rows = try features(of: images, pool.split, pool.data, by: source)
      let most = subject.images.indices.map { query in images.count { isOwn($0, of: query) } }.max()
      let near = try nearestRows(
        count + (most ?? 0), of: rows, to: queries, by: measure, on: training.device.pool)
      for (query, near) in near.enumerated() {
        found[query] += near.map { Neighbour(row: images[$0.row], distance: $0.distance) }
          .filter { !isOwn($0.row, of: query) }
        found[query].sort { ($0.distance, $0.row) < ($1.distance, $1.row) }
        found[query].removeLast(max(0, found[query].count - count))
      }
    }
    return found
  }
}
