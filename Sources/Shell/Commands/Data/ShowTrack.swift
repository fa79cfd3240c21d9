import CommandLanguage
import Datasets
import Inspection
import PlainText
import Plotting
import Randomness

extension Command<ShellContext> {
  static var showTrack: ShellCommand {
    let data = Parameter.positional("data", .object(.data), "The data set.")
    let track = Parameter.positional(
      "track", .text, "The class and the number of the track in it, from 0: 24/3 or Stop/0.")
    let model = Parameter.optional(
      "with", .object(.run, .checkpoint, .network), "Whose answer to each frame is shown.")
    let split = Parameter.split(default: .train)
    return ShellCommand(
      "show track", "Shows all frames of one sign as it was filmed.", category: .data,
      effect: .looks,
      searchWords: ["frames", "film"],
      parameters: [data, track, model, ModelImages.tasks, split, HeadChoice.parameter]
        + PlotAppearance.options(of: .images),
      formats: .tableAndPicture,
      examples: [
        Example("show track signs 14/0", "The frames of class 14's first track, in order."),
        Example("show track signs 14/0 with=kd", "What a run answers to each of them."),
        Example("show track signs Stop/0 with=kd@1 > stop.png", "Frames and a curve, in a file."),
      ],
      seeAlso: ["plot tracks", "show image", "predict", "explain"],
      discussion: """
        A track is one physical sign, filmed some thirty times while the car comes nearer; in GTSRB its \
        frames grow from some 20 to 100 pixels and more. Below each stand the frame's number and the \
        image's, which 'show image' and 'predict' take.
        """
    ) { context, arguments in
      let (name, split) = (arguments[data].name, arguments[split])
      let set = try context.data(name)
      let found = try set.track(named: arguments[track], of: split, data: name)
      let sizes = found.images.compactMap { set[split].size(at: $0) }
      let growth =
        Set(sizes).count < 2
        ? "" : ", \(sizes[0].text) to \(sizes[sizes.count - 1].text) pixels in their files"
      var output = CommandOutput(
        "track \(found.name) of '\(name)': \(set.numberedName(found.label)), "
          + "\(counted(found.images.count, "frame")) of the \(split.adjective) split\(growth)")
      guard let model = arguments[model] else {
        output.table = frames(found, of: split, answers: nil, set)
        output.figure = .images(grid(found, of: split, set, answers: nil))
        return output
      }
      let tasks = try arguments[ModelImages.tasks].map { try context.tasks($0.name) }
      let (answering, learnedOn) = try context.model(model, on: tasks, head: arguments.head)
      let answers = try context.predictions(
        of: answering, set, split: split, images: found.images)
      let right = (0..<answers.count).count { answers[$0].isRight }
      output.lines.append("\(model.name): \(grouped(right)) of \(grouped(answers.count)) right")
      output.warnings =
        context.classNamesNote(answering, learnedOn: learnedOn, given: set)
        + context.staleNotes([model.base])
      if !Set(answering.tasks.tasks.joined()).contains(found.label) {
        output.warnings.append(
          "'\(model.name)' has not learned class \(found.label): all are wrong")
      }
      output.notes += output.warnings
      output.table = frames(found, of: split, answers: answers, set)
      let images = grid(found, of: split, set, answers: answers)
        .panel(enlarged: ImageGrid.enlargement(of: set))
      let curve = LineChart(answers, named: model.name)
      output.figure = .panels(
        Panels(rows: [
          [images], [.init(.lines(curve), width: max(images.size.width, 640), height: 300)],
        ]))
      return output
    }
  }
}

/// A row for each frame.
private func frames(
  _ track: Track, of split: DataSet.Split, answers: Predictions?, _ data: DataSet
) -> Table {
  let images = data[split]
  let columns: [Table.Column] =
    answers == nil
    ? ["brightness", "contrast", "sharpness"]
    : [
      "right", "answer", "name", Table.Column("percent", key: "probability_percent"),
      Table.Column("true class's percent", key: "true_percent", short: "true's"),
    ]
  let rows = track.images.enumerated().map { frame, image -> [Table.Cell] in
    let measures = images.measures(at: image)
    let place: [Table.Cell] = [
      .integer(frame), .integer(image), measures.size.map { .integer($0.width) } ?? .missing,
      measures.size.map { .integer($0.height) } ?? .missing,
    ]
    guard let answer = answers?[frame] else {
      return place
        + [measures.brightness, measures.contrast, measures.sharpness].map {
          .number($0, decimals: 1)
        }
    }
    return place + [
      .text(answer.isRight ? "yes" : "no"), answer.answer.map { .integer($0) } ?? .missing,
      answer.answer.map { .text(data.className($0)) } ?? .missing,
      .number(100 * answer.probability, decimals: 1),
      answer.ofTruth.map { .number(100 * $0, decimals: 1) } ?? .missing,
    ]
  }
  return Table(["frame", .image(of: split), "width", "height"] + columns, rows: rows)
}

private func grid(
  _ track: Track, of split: DataSet.Split, _ data: DataSet, answers: Predictions?
) -> ImageGrid {
  let tiles = data.tiles(
    track.images, of: split, captions: false, plain: true, RandomStream(seed: 0))
  let captioned = zip(tiles, track.images).enumerated().map { frame, pair in
    let (tile, image) = pair
    guard let answer = answers?[frame] else { return tile.captioned("\(frame): \(image)") }
    let said = answer.isRight ? "right" : "wrong: \(answer.answer.map(String.init) ?? "-")"
    return tile.captioned("\(frame): \(image) \(said) \(fixed(100 * answer.probability, 0)) %")
  }
  return ImageGrid(
    title: "Track \(track.name): \(data.className(track.label))", tiles: captioned)
}

extension LineChart {
  /// How probable the true class is, frame by frame, and the wrong answer where there is one.
  fileprivate init(_ answers: Predictions, named model: String) {
    func points(_ value: (Prediction) -> Double?) -> [Point] {
      (0..<answers.count).map { frame in
        Point(x: Double(frame), y: value(answers[frame]).map { 100 * $0 } ?? .nan)
      }
    }
    self.init(
      title: "What '\(model)' answers", xLabel: "Frame", yLabel: "Probability (%)", yRange: 0...100,
      series: [
        Series(name: "true class", points: points(\.ofTruth)),
        Series(name: "wrong answer", points: points { $0.isRight ? nil : $0.probability }),
      ])
  }
}

extension ImageSize {
  fileprivate var text: String { "\(width)×\(height)" }
}

extension DataSet {
  /// The track that a person names as `24/3` or `Stop/0`.
  fileprivate func track(
    named text: String, of split: Split, data name: String
  ) throws -> Track {
    let all = self[split].tracksByClass
    guard let first = all.first else { throw SuspectProblem.tracksUnknown(data: name, split) }
    guard let (word, number) = Track.parts(of: text) else {
      throw SuspectProblem.notATrack(text, example: first.name)
    }
    guard let label = Int(word) ?? label(named: word) else {
      throw ModelProblem.noClassNamed(
        word, meant: Suggestion.nearest(to: word, among: classNames), parameter: "track")
    }
    guard classNames.indices.contains(label) else {
      throw ModelProblem.noClass(label, count: classNames.count, parameter: "track")
    }
    let own = all.filter { $0.label == label }
    guard !own.isEmpty else { throw SuspectProblem.noTracksOfClass(numberedName(label), split) }
    guard own.indices.contains(number) else {
      throw SuspectProblem.noTrack(
        number, of: numberedName(label), count: own.count, label: label)
    }
    return own[number]
  }
}
